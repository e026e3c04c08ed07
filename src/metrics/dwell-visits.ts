import { type Dataset, type Journeys, PRESENT } from '../dataset/dataset.ts';
import { openStageIndexes } from '../dataset/journeys/journeys.ts';
import { stayDays } from '../dataset/journeys/visits.ts';

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

/** Visits by open stage, in funnel order, of the deals a mask selects. */
export function collectVisits(dataset: Dataset, journeys: Journeys, select: Uint8Array | null): StageVisits[] {
  const openIndex = openStageIndexes(dataset.stages);
  const openStageCount = dataset.stages.filter((stage) => stage.kind === 'open').length;
  const sizes = new Int32Array(openStageCount);
  forEachVisit(dataset, journeys, select, openIndex, (openStage) => {
    sizes[openStage]! += 1;
  });
  const visits = Array.from(sizes, emptyVisits);
  sizes.fill(0);
  forEachVisit(dataset, journeys, select, openIndex, (openStage, stay, deal) => {
    const target = visits[openStage]!;
    const at = sizes[openStage]!;
    target.days[at] = stayDays(journeys, stay, dataset.asOfDay);
    target.ended[at] = Number.isNaN(journeys.end[stay]!) ? 0 : 1;
    target.deal[at] = deal;
    sizes[openStage] = at + 1;
  });
  return visits;
}

function forEachVisit(
  dataset: Dataset,
  journeys: Journeys,
  select: Uint8Array | null,
  openIndex: Int16Array,
  visit: (openStage: number, stay: number, deal: number) => void,
): void {
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (select !== null && select[deal] !== 1) continue;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const openStage = openIndex[journeys.stage[stay]!]!;
      if (openStage >= 0) visit(openStage, stay, deal);
    }
  }
}

/** Days of the visits that have ended, or of those that last. */
export function daysWhere(visits: StageVisits, ended: 0 | 1): Float64Array {
  return visits.days.filter((_, visit) => visits.ended[visit] === ended);
}

/** Ages of open deals by stage, out of the date they entered it. */
export interface EnteredAges {
  /** By open stage, in funnel order. */
  readonly ages: readonly Float64Array[];
  /** Open deals without a readable date, and with one after the as-of day. */
  readonly unknown: number;
}

/** Null where the table has no column `stage_entered`. */
export function enteredAges(dataset: Dataset): EnteredAges | null {
  const column = dataset.columns.get('stage_entered');
  if (column?.type !== 'date') return null;
  const openIndex = openStageIndexes(dataset.stages);
  const ages: number[][] = dataset.stages.flatMap((stage) => (stage.kind === 'open' ? [[]] : []));
  let unknown = 0;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const stage = dataset.stage[row]!;
    const openStage = stage < 0 ? -1 : openIndex[stage]!;
    if (openStage < 0) continue;
    const code = column.codes[row]!;
    const age = column.state[code] === PRESENT ? dataset.asOfDay - column.numbers[code]! : Number.NaN;
    if (age >= 0) ages[openStage]!.push(age);
    else unknown += 1;
  }
  return { ages: ages.map((list) => Float64Array.from(list)), unknown };
}
