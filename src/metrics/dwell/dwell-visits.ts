import { type Dataset, type Journeys, PRESENT } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { stayDays } from '../../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { type WorkingDayCount, workingDayCount } from '../../dataset/working-days.ts';
import { orderOf } from '../../stats/sort-order.ts';

/** Visits to one open stage, as parallel arrays, in order of deal and time. */
export interface StageVisits {
  /** Length of the visit; for one that lasts, its age on the as-of day. */
  readonly days: Float64Array;
  /** 1 where the visit has ended. */
  readonly ended: Uint8Array;
  readonly deal: Int32Array;
}

function emptyVisits(size: number): StageVisits {
  return { days: new Float64Array(size), ended: new Uint8Array(size), deal: new Int32Array(size) };
}

/** How stays are measured (`report:` of the rules file). */
export interface StayMeasure {
  /** Null where all days count. */
  readonly workingDays: WorkingDayCount | null;
  /** All visits of a deal to a stage count as one, as long as they are together. */
  readonly isTotal: boolean;
}

/** Each visit by itself, in calendar days. */
export const PLAIN_STAYS: StayMeasure = { workingDays: null, isTotal: false };

export function stayMeasureOf({ ruleset }: Dataset): StayMeasure {
  const { dwell, workingDays } = ruleset.report;
  return { workingDays: workingDays === null ? null : workingDayCount(workingDays), isTotal: dwell === 'stage-total' };
}

/** Visits by open stage, in funnel order, of the deals a mask selects. */
export function collectVisits(
  dataset: Dataset,
  journeys: Journeys,
  select: Uint8Array | null,
  measure: StayMeasure = PLAIN_STAYS,
): StageVisits[] {
  const openIndex = openStageIndexes(dataset.stages);
  const openStageCount = dataset.stages.filter((stage) => stage.kind === 'open').length;
  const visits = Array.from(countVisits(dataset, journeys, select, openIndex, openStageCount), emptyVisits);
  const next = new Int32Array(openStageCount);
  const daysOf = stayDaysBy(dataset, journeys, measure);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (select !== null && select[deal] !== 1) continue;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const openStage = openIndex[journeys.stage[stay]!]!;
      if (openStage < 0) continue;
      const target = visits[openStage]!;
      const at = next[openStage]!;
      target.days[at] = daysOf(stay);
      target.ended[at] = Number.isNaN(journeys.end[stay]!) ? 0 : 1;
      target.deal[at] = deal;
      next[openStage] = at + 1;
    }
  }
  return measure.isTotal ? visits.map(totalsOf) : visits;
}

// Segments, the heat map and the curves of all visits go through them by length; datasets never change once they are built.
const byLength = new WeakMap<Dataset, readonly StageVisits[]>();

function inOrderOfLength({ days, ended, deal }: StageVisits): StageVisits {
  const order = orderOf(days);
  const sorted = emptyVisits(days.length);
  const [sortedDays, sortedEnded, sortedDeals] = [sorted.days, sorted.ended, sorted.deal];
  // One list after the other: reads far apart overlap in small loops.
  for (let at = 0; at < order.length; at += 1) sortedDays[at] = days[order[at]!]!;
  for (let at = 0; at < order.length; at += 1) sortedEnded[at] = ended[order[at]!]!;
  for (let at = 0; at < order.length; at += 1) sortedDeals[at] = deal[order[at]!]!;
  return sorted;
}

/** All visits by open stage, measured as the rules file says, the shortest first. */
export function visitsByLength(dataset: Dataset, journeys: Journeys): readonly StageVisits[] {
  const known = byLength.get(dataset);
  if (known !== undefined) return known;
  const sorted = collectVisits(dataset, journeys, null, stayMeasureOf(dataset)).map(inOrderOfLength);
  byLength.set(dataset, sorted);
  return sorted;
}

function countVisits(
  { rowCount }: Dataset,
  { offsets, stage }: Journeys,
  select: Uint8Array | null,
  openIndex: Int16Array,
  openStageCount: number,
): Int32Array {
  const sizes = new Int32Array(openStageCount);
  for (let deal = 0; deal < rowCount; deal += 1) {
    if (select !== null && select[deal] !== 1) continue;
    for (let stay = offsets[deal]!; stay < offsets[deal + 1]!; stay += 1) {
      const openStage = openIndex[stage[stay]!]!;
      if (openStage >= 0) sizes[openStage]! += 1;
    }
  }
  return sizes;
}

/** Length of a stay, or its age on the as-of day, in the days that are wanted. */
export function stayDaysBy(
  { asOfDay }: Dataset,
  journeys: Journeys,
  { workingDays }: StayMeasure,
): (stay: number) => number {
  if (workingDays === null) return (stay) => stayDays(journeys, stay, asOfDay);
  const { start, end, hasTime } = journeys;
  const instant = (millis: number): number => (hasTime ? millis / DAY_MILLIS : Math.floor(millis / DAY_MILLIS));
  return (stay) => {
    const until = Number.isNaN(end[stay]!) ? asOfDay : instant(end[stay]!);
    const days = Math.max(0, workingDays(until) - workingDays(instant(start[stay]!)));
    // To the millisecond, as stays of one length must not differ by the rounding of a difference.
    return hasTime ? Math.round(days * DAY_MILLIS) / DAY_MILLIS : days;
  };
}

/** The visits of a deal to a stage as one: their days added up, over unless the deal is there now. */
function totalsOf({ days, ended, deal }: StageVisits): StageVisits {
  let kept = -1;
  for (let visit = 0; visit < days.length; visit += 1) {
    if (kept >= 0 && deal[kept] === deal[visit]) {
      days[kept]! += days[visit]!;
      ended[kept]! &= ended[visit]!;
      continue;
    }
    kept += 1;
    days[kept] = days[visit]!;
    ended[kept] = ended[visit]!;
    deal[kept] = deal[visit]!;
  }
  return { days: days.slice(0, kept + 1), ended: ended.slice(0, kept + 1), deal: deal.slice(0, kept + 1) };
}

/** The visits by which deals came to the stage for the first time. */
export function firstVisits(visits: StageVisits): StageVisits {
  const { deal } = visits;
  return visitsWhere(visits, (visit) => visit === 0 || deal[visit] !== deal[visit - 1]);
}

/** The visits that last. */
export function openVisits(visits: StageVisits): StageVisits {
  return visitsWhere(visits, (visit) => visits.ended[visit] === 0);
}

function visitsWhere({ days, ended, deal }: StageVisits, isWanted: (visit: number) => boolean): StageVisits {
  let count = 0;
  for (let visit = 0; visit < deal.length; visit += 1) if (isWanted(visit)) count += 1;
  const wanted = emptyVisits(count);
  let at = 0;
  for (let visit = 0; at < count; visit += 1) {
    if (!isWanted(visit)) continue;
    wanted.days[at] = days[visit]!;
    wanted.ended[at] = ended[visit]!;
    wanted.deal[at] = deal[visit]!;
    at += 1;
  }
  return wanted;
}

/** Ages of open deals by stage, out of the date they entered it. */
export interface EnteredAges {
  /** By open stage, in funnel order. */
  readonly ages: readonly Float64Array[];
  /** The deals of these ages. */
  readonly deals: readonly Int32Array[];
  /** Open deals without a readable date, and with one after the as-of day. */
  readonly unknown: number;
}

/** Null where the table has no column `stage_entered`. */
export function enteredAges(dataset: Dataset, { workingDays }: StayMeasure = PLAIN_STAYS): EnteredAges | null {
  const column = dataset.columns.get('stage_entered');
  if (column?.type !== 'date') return null;
  const openIndex = openStageIndexes(dataset.stages);
  const ages: number[][] = dataset.stages.flatMap((stage) => (stage.kind === 'open' ? [[]] : []));
  const deals: number[][] = ages.map(() => []);
  let unknown = 0;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const stage = dataset.stage[row]!;
    const openStage = stage < 0 ? -1 : openIndex[stage]!;
    if (openStage < 0) continue;
    const code = column.codes[row]!;
    const entered = column.state[code] === PRESENT ? column.numbers[code]! : Number.NaN;
    if (!(entered <= dataset.asOfDay)) {
      unknown += 1;
      continue;
    }
    const age = workingDays === null ? dataset.asOfDay - entered : workingDays(dataset.asOfDay) - workingDays(entered);
    ages[openStage]!.push(age);
    deals[openStage]!.push(row);
  }
  return {
    ages: ages.map((list) => Float64Array.from(list)),
    deals: deals.map((list) => Int32Array.from(list)),
    unknown,
  };
}
