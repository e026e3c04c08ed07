import type { Text } from '../../i18n/text.ts';
import type { Notice } from '../../source/sheet.ts';
import { millisOfRows } from '../cells.ts';
import type { Column } from '../dataset.ts';
import { PRESENT } from '../dataset.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import type { StageColumn } from './stage-dates.ts';
import type { StageMeasure } from './stage-headers.ts';

/** Measures that are lengths of time. */
const LENGTHS = ['time', 'cumulative', 'latest'] as const satisfies readonly StageMeasure[];

const UNITS: readonly (readonly [name: Text, millis: number])[] = [
  [{ en: 'milliseconds', zh: '毫秒' }, 1],
  [{ en: 'seconds', zh: '秒' }, 1000],
  [{ en: 'minutes', zh: '分钟' }, 60_000],
  [{ en: 'hours', zh: '小时' }, 3_600_000],
  [{ en: 'days', zh: '天' }, DAY_MILLIS],
];

/** A unit further off than by this factor is none that the dates speak for. */
const FARTHEST = 3;

/** Longer than the dates tell by more than this is a stay that the dates hide. */
const CLEARLY_LONGER = 1.1;
const HOUR_MILLIS = 3_600_000;

/** Stays with the dates of both ends, as parallel arrays: the deal, the stage, and the milliseconds between. */
interface DatedStays {
  readonly row: number[];
  readonly stage: number[];
  readonly millis: number[];
}

function byStage(columns: readonly StageColumn[], measure: StageMeasure): ReadonlyMap<number, Column> {
  return new Map(columns.filter((each) => each.measure === measure).map(({ stage, column }) => [stage, column]));
}

/** The first date after `from` that one of the other stages was entered, NaN for none. */
function nextEntry(entries: readonly Float64Array[], row: number, from: number): number {
  let next = Number.NaN;
  for (const entered of entries) {
    const at = entered[row] as number;
    if (at > from && !(at >= next)) next = at;
  }
  return next;
}

/** Every stay that has both ends: entered, and exited or else followed by the entry to another stage. */
function datedStays(columns: readonly StageColumn[], rowCount: number): DatedStays {
  const exits = byStage(columns, 'exited');
  const timed = new Set(columns.filter(({ measure }) => LENGTHS.includes(measure as never)).map(({ stage }) => stage));
  const entries = new Map([...byStage(columns, 'entered')].map(([stage, column]) => [stage, millisOfRows(column)]));
  const stays: DatedStays = { row: [], stage: [], millis: [] };
  for (const [stage, entered] of entries) {
    if (!timed.has(stage)) continue;
    const exitColumn = exits.get(stage);
    const exited = exitColumn === undefined ? null : millisOfRows(exitColumn);
    const others = [...entries.values()].filter((each) => each !== entered);
    for (let row = 0; row < rowCount; row++) {
      const from = entered[row] as number;
      const exit = exited?.[row] ?? Number.NaN;
      const to = exit > from ? exit : nextEntry(others, row, from);
      if (!(to > from)) continue;
      stays.row.push(row);
      stays.stage.push(stage);
      stays.millis.push(to - from);
    }
  }
  return stays;
}

function lengthAt(column: Column | undefined, row: number): number {
  if (column === undefined) return Number.NaN;
  const code = column.codes[row] as number;
  return column.state[code] === PRESENT ? (column.numbers[code] as number) : Number.NaN;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

interface Unit {
  readonly name: Text;
  readonly millis: number;
  /** Deals that the unit was decided by. */
  readonly deals: number;
}

/** One a stay: its length as the column has it, NaN where it has none. */
function lengthsOf(columns: ReadonlyMap<number, Column>, { row, stage }: DatedStays): Float64Array {
  const lengths = new Float64Array(row.length);
  for (let stay = 0; stay < lengths.length; stay++) {
    lengths[stay] = lengthAt(columns.get(stage[stay] as number), row[stay] as number);
  }
  return lengths;
}

/** Deals that have a stay that is marked. */
function countDeals({ row }: DatedStays, marked: Uint8Array): number {
  const deals = new Set<number>();
  for (let stay = 0; stay < marked.length; stay++) if (marked[stay] === 1) deals.add(row[stay] as number);
  return deals.size;
}

/** The unit in which the lengths are nearest to what the dates say, null where none is near or nothing can be compared. */
function unitOf(lengths: Float64Array, stays: DatedStays): Unit | null {
  const compared = lengths.map((length) => (length > 0 ? 1 : 0));
  const ratios = lengths.map((length, stay) => length / (stays.millis[stay] as number)).filter((ratio) => ratio > 0);
  if (ratios.length === 0) return null;
  const middle = median(ratios);
  const distance = (millis: number): number => Math.abs(Math.log(middle * millis));
  const [name, millis] = UNITS.reduce((best, unit) => (distance(unit[1]) < distance(best[1]) ? unit : best));
  if (distance(millis) > Math.log(FARTHEST)) return null;
  return { name, millis, deals: countDeals(stays, Uint8Array.from(compared)) };
}

function hiddenReEntries(lengths: Float64Array, unit: Unit, stays: DatedStays, slackMillis: number): number {
  const longer = new Uint8Array(lengths.length);
  for (let stay = 0; stay < longer.length; stay++) {
    const dated = stays.millis[stay] as number;
    if ((lengths[stay] as number) * unit.millis > dated * CLEARLY_LONGER + slackMillis) longer[stay] = 1;
  }
  return countDeals(stays, longer);
}

function notice(code: string, args: Notice['args']): Notice {
  return { code, args, line: null, cell: null };
}

/**
 * What the columns of time in stage tell beside the dates: the unit each kind of them is in, and how many deals were in
 * a stage more than once, which the dates hide, since entering a stage again overwrites them.
 */
export function stageTimeNotices(columns: readonly StageColumn[], rowCount: number): readonly Notice[] {
  if (columns.every(({ measure }) => !LENGTHS.includes(measure as never))) return [];
  const stays = datedStays(columns, rowCount);
  const hasTime = columns.some(({ measure, column }) => measure === 'entered' && column.millis !== null);
  return LENGTHS.flatMap((measure): Notice[] => {
    const lengthColumns = byStage(columns, measure);
    if (lengthColumns.size === 0) return [];
    const header = [...lengthColumns.values()][0]?.header ?? '';
    const lengths = lengthsOf(lengthColumns, stays);
    const unit = unitOf(lengths, stays);
    if (unit === null) return [notice('stage-dates/time-unit-unknown', { header })];
    const found = notice('stage-dates/time-unit', { header, unit: { text: unit.name }, deals: unit.deals });
    if (measure !== 'cumulative') return [found];
    const deals = hiddenReEntries(lengths, unit, stays, hasTime ? HOUR_MILLIS : DAY_MILLIS);
    return deals === 0 ? [found] : [found, notice('stage-dates/hidden-re-entries', { deals })];
  });
}
