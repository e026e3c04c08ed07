import { quantileOfSorted, sortedCopy } from '../../stats/quantile.ts';
import type { SurvivalCurve } from '../../stats/survival.ts';

/** Ages of the deals now in a stage; not dwell times, as slow deals are over-represented. */
export interface OpenAges {
  readonly deals: number;
  readonly medianDays: number | null;
  readonly p90Days: number | null;
  readonly maxDays: number | null;
  /**
   * The ages one by one, ascending; of more than 200 deals those of 200 at even ranks, the youngest and the oldest among
   * them. Absent in reports saved by earlier versions.
   */
  readonly days?: readonly number[];
}

/** Finished visits alone: biased towards short ones. */
export interface ClosedOnly {
  readonly meanDays: number | null;
  readonly medianDays: number | null;
}

/** Ages that are told one by one. */
const MOST_AGES = 200;

/** Some of the ages, at even ranks, so that they stand for all of them. */
function sampleOfSorted(sorted: Float64Array): number[] {
  if (sorted.length <= MOST_AGES) return Array.from(sorted);
  const step = (sorted.length - 1) / (MOST_AGES - 1);
  return Array.from({ length: MOST_AGES }, (_, index) => sorted[Math.round(index * step)]!);
}

export function agesOf(days: Float64Array): OpenAges {
  const sorted = sortedCopy(days);
  return {
    deals: sorted.length,
    medianDays: quantileOfSorted(sorted, 0.5),
    p90Days: quantileOfSorted(sorted, 0.9),
    maxDays: sorted[sorted.length - 1] ?? null,
    days: sampleOfSorted(sorted),
  };
}

/**
 * Mean and median (type 7) of the visits that ended, out of the curve, whose times are in order already: a second sort
 * of millions of visits would cost as much as the curve.
 */
export function closedOnlyOf({ times, ended }: SurvivalCurve): ClosedOnly {
  let count = 0;
  let sum = 0;
  let compensation = 0;
  for (let index = 0; index < times.length; index += 1) {
    const part = times[index]! * ended[index]!;
    const next = sum + part;
    compensation += Math.abs(sum) >= Math.abs(part) ? sum - next + part : part - next + sum;
    sum = next;
    count += ended[index]!;
  }
  if (count === 0) return { meanDays: null, medianDays: null };
  const low = timeOfRank(times, ended, Math.floor((count - 1) / 2));
  const high = timeOfRank(times, ended, Math.ceil((count - 1) / 2));
  return { meanDays: (sum + compensation) / count, medianDays: (low + high) / 2 };
}

/** The time of the visit that ended as the so many-th, counted from 0. */
function timeOfRank(times: Float64Array, ended: Float64Array, rank: number): number {
  let passed = 0;
  let index = 0;
  while (passed + ended[index]! <= rank) {
    passed += ended[index]!;
    index += 1;
  }
  return times[index]!;
}
