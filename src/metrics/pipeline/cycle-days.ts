import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Outcome } from '../../dataset/journeys/visits.ts';
import { periodStart } from '../../dataset/values/periods.ts';
import { binomialLimits } from '../../stats/binomial.ts';
import { mean } from '../../stats/mean.ts';
import { quantileOfSorted, sortedCopy } from '../../stats/quantile.ts';
import { closedDays } from '../closing-days.ts';
import { rowsOfOutcome } from '../row-facts.ts';

/** Calendar days from creation to close. */
export interface CycleTimes {
  /** Deals the times rest on. */
  readonly deals: number;
  readonly meanDays: number | null;
  readonly medianDays: number | null;
  /** Of the median, at 95 % or more; null where the deals are too few for one. */
  readonly medianInterval: readonly [number, number] | null;
  readonly p90Days: number | null;
  /** Deals without a creation or close date. */
  readonly uncomputable: number;
  /** Deals closed before they were created, left out. */
  readonly negative: number;
}

/** The won deals of the months created so long ago that most of their deals are decided. */
export interface MaturedCycle {
  /** Day number of the last day of these months. */
  readonly createdUntilDay: number;
  readonly deals: number;
  readonly medianDays: number;
  readonly medianInterval: CycleTimes['medianInterval'];
}

/** Deals with a cycle: their days, and the days they were created on. */
interface CycleDays {
  readonly days: Float64Array;
  readonly created: Float64Array;
  readonly uncomputable: number;
  readonly negative: number;
}

/** Share of the won deals whose cycle a month is given before it counts as matured. */
const MATURED_AT = 0.9;
/** Won deals from which on the matured months have a median worth telling. */
const FEWEST_MATURED = 5;
const TAIL = 0.025;

/** Column that may say when deals were closed: `closed`, or the planned `close` where there is none. */
export function closedFieldOf(dataset: Dataset): 'closed' | 'close' {
  return dataset.columns.has('closed') ? 'closed' : 'close';
}

/** Whether the file says of any deal when it was created, and when it was closed. */
export function hasCycles(dataset: Dataset): boolean {
  const isDated = dataset.columns.get(closedFieldOf(dataset))?.type === 'date';
  return dataset.columns.get('created')?.type === 'date' && (isDated || dataset.journeys !== null);
}

/** Whether closed deals have dates, and all of them were closed before they were created. */
export function areCyclesNegative(dataset: Dataset): boolean {
  const created = dataset.columns.get('created');
  const closed = closedDays(dataset);
  let isAny = false;
  for (let row = 0; row < closed.length; row += 1) {
    const duration = closed[row]! - Math.floor(numberAt(created, row));
    if (duration >= 0) return false;
    isAny ||= duration < 0;
  }
  return isAny;
}

/** Cycles of the deals with an outcome; null without dates. */
export function cycleDays(dataset: Dataset, outcome: Outcome, select: Uint8Array | null): CycleDays | null {
  if (!hasCycles(dataset)) return null;
  const created = dataset.columns.get('created');
  const closed = closedDays(dataset);
  const rows = rowsOfOutcome(dataset, outcome);
  const days = new Float64Array(rows.length);
  const createdOn = new Float64Array(rows.length);
  let size = 0;
  let uncomputable = 0;
  let negative = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!;
    if (select !== null && select[row] !== 1) continue;
    const start = numberAt(created, row);
    const duration = closed[row]! - Math.floor(start);
    if (Number.isNaN(duration)) uncomputable += 1;
    else if (duration < 0) negative += 1;
    else {
      days[size] = duration;
      createdOn[size] = start;
      size += 1;
    }
  }
  return { days: days.subarray(0, size), created: createdOn.subarray(0, size), uncomputable, negative };
}

/**
 * 95 % interval of a median: the l-th smallest and the l-th greatest value, l the 2.5 % quantile of a binomial of as many
 * trials at one half; null where that is 0 (fewer than six values). Source: Conover, Practical Nonparametric Statistics,
 * 3.2.
 */
export function medianInterval(sorted: Float64Array): readonly [number, number] | null {
  const [place] = binomialLimits(sorted.length, 0.5, TAIL);
  return place === 0 ? null : [sorted[place - 1]!, sorted[sorted.length - place]!];
}

/** Mean, median and 90th percentile of cycles. */
export function timesOf({ days, uncomputable, negative }: CycleDays): CycleTimes {
  const sorted = sortedCopy(days);
  return {
    deals: days.length,
    meanDays: mean(days),
    medianDays: quantileOfSorted(sorted, 0.5),
    medianInterval: medianInterval(sorted),
    p90Days: quantileOfSorted(sorted, 0.9),
    uncomputable,
    negative,
  };
}

/**
 * The cycle of the deals of matured months: those that ended so many days ago as 90 % of the won deals took. Of the
 * months after them only the fast deals have closed. Null where these have fewer than five won deals.
 */
export function maturedCycle({ days, created }: CycleDays, asOfDay: number): MaturedCycle | null {
  const maturityDays = quantileOfSorted(sortedCopy(days), MATURED_AT);
  if (maturityDays === null) return null;
  // The month that runs on the day before which deals have had the time; it counts only once all of it has.
  const lastDay = Math.floor(asOfDay - maturityDays);
  const start = periodStart(lastDay + 1, 'month');
  const createdUntilDay = start - 1;
  const matured = days.filter((_, index) => created[index]! <= createdUntilDay);
  if (matured.length < FEWEST_MATURED) return null;
  const sorted = sortedCopy(matured);
  return {
    createdUntilDay,
    deals: sorted.length,
    medianDays: quantileOfSorted(sorted, 0.5)!,
    medianInterval: medianInterval(sorted),
  };
}
