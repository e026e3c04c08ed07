import type { Dataset } from '../../dataset/dataset.ts';
import { lastChangeOf } from '../../dataset/journeys/last-change.ts';
import { openAgeDays } from '../../dataset/journeys/stage-ages.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { numbersOf } from '../row-facts.ts';

/** What tells when a deal changed last: its stage, amount or close date; else the record; else its creation. */
export const CHANGE_SOURCES = ['change', 'modified', 'created'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

/** Days since something happened, one a deal: NaN where nothing tells. */
export interface Clock {
  readonly days: Float64Array;
  /** One a deal: index into `CHANGE_SOURCES`, -1 where nothing tells. */
  readonly source: Int8Array;
}

/** Day of the last change of the stage, the amount or the close date of each deal, NaN where none is known. */
function lastChangeDays(dataset: Dataset): Float64Array {
  const newest = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (const field of ['stage', 'amount', 'close'] as const) {
    const change = lastChangeOf(dataset, field);
    if (change === null) continue;
    for (let row = 0; row < newest.length; row += 1) {
      // In the first export that shows a deal its values may be of any age.
      if (!Number.isFinite(change.earliest[row]!)) continue;
      const day = Math.floor(change.latest[row]! / DAY_MILLIS);
      if (!(newest[row]! >= day)) newest[row] = day;
    }
  }
  return newest;
}

// Two metrics ask for it; datasets never change once they are built.
const clocks = new WeakMap<Dataset, Clock>();

/**
 * Days since the last meaningful change of each deal: of its stage, amount or close date by the change log or earlier
 * exports, else since the record was modified, else since it was created. Dates after the as-of day are no changes.
 */
export function meaningfulClock(dataset: Dataset): Clock {
  const known = clocks.get(dataset);
  if (known !== undefined) return known;
  const clock = readMeaningfulClock(dataset);
  clocks.set(dataset, clock);
  return clock;
}

function readMeaningfulClock(dataset: Dataset): Clock {
  const { asOfDay, rowCount } = dataset;
  const bySource = [lastChangeDays(dataset), numbersOf(dataset, 'modified'), numbersOf(dataset, 'created')];
  const days = new Float64Array(rowCount).fill(Number.NaN);
  const source = new Int8Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row += 1) {
    for (let index = 0; index < bySource.length && source[row] === -1; index += 1) {
      const day = bySource[index]![row]!;
      if (!(day <= asOfDay)) continue;
      days[row] = asOfDay - day;
      source[row] = index;
    }
  }
  return { days, source };
}

/** Days since the last activity of each deal, NaN where none is known. */
export function activityDays(dataset: Dataset): Float64Array {
  const { asOfDay } = dataset;
  const active = numbersOf(dataset, 'activity');
  const days = new Float64Array(active.length);
  for (let row = 0; row < days.length; row += 1)
    days[row] = active[row]! <= asOfDay ? asOfDay - active[row]! : Number.NaN;
  return days;
}

/** Days each deal has been in its stage, NaN where not known. */
export function stageClock(dataset: Dataset): Float64Array {
  return openAgeDays(dataset);
}
