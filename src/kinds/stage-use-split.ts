import { bimodalityCoefficient, lowerGroupSize, UNIFORM_BIMODALITY } from '../stats/bimodality.ts';
import { binomialAtMost } from '../stats/binomial.ts';
import { mean } from '../stats/mean.ts';
import { quantileOfSorted } from '../stats/quantile.ts';
import type { Visits } from './stage-use-visits.ts';

/** A group this small beside the other is a tail, not a second kind of wait. */
const SMALLEST_GROUP = 0.2;
/** Shorter stays were clicked through; that is another rule's matter. */
const INSTANT_DAYS = 60 / 86_400;
/** What a stay of no whole day counts as where the log has dates only. */
const SAME_DAY = 0.5;

/** A gap that is likelier than this by chance is none. */
const CHANCE = 0.01;
/** Median of stays in whole days from which on their shape can be seen. */
const LEAST_WHOLE_DAYS = 3;

/** What shows that a stage holds stays of more than one kind. */
type Split =
  | {
      readonly sign: 'peaks';
      readonly lowerShare: number;
      /** Medians of the two groups, in days. */
      readonly lowerDays: number;
      readonly upperDays: number;
    }
  | {
      readonly sign: 'spread';
      readonly variation: number;
      readonly medianDays: number;
      readonly p90Days: number;
    };

/** Ended stays in ascending order, without those clicked through. */
export function endedDays({ days, ended }: Visits, hasTime: boolean): Float64Array {
  const least = hasTime ? INSTANT_DAYS : 0;
  return days
    .filter((each, visit) => ended[visit] === 1 && each >= least)
    .map((each) => (hasTime ? each : Math.max(SAME_DAY, each)))
    .sort();
}

/** Whether most stays are so short that whole days tell too little of them: 0, 1 and 2 days look like peaks. */
export function areTooShort(sorted: Float64Array): boolean {
  return (quantileOfSorted(sorted, 0.5) ?? 0) < LEAST_WHOLE_DAYS;
}

/**
 * Whether few stays lie between two groups: the middle third of the way from median to median (as logarithms) holds less
 * than half of what it would, were the stays between the medians spread evenly, and fewer than chance explains.
 */
function haveGap(logs: Float64Array, lower: number, upper: number): boolean {
  const third = (upper - lower) / 3;
  let between = 0;
  let middle = 0;
  for (const log of logs) {
    if (log > lower && log < upper) between++;
    if (log > lower + third && log < upper - third) middle++;
  }
  return between === 0 || (middle < between / 6 && binomialAtMost(middle, between, 1 / 3) < CHANCE);
}

function peaksIn(sorted: Float64Array): Split | null {
  // On a logarithmic scale a long tail is no second peak: exponential and lognormal stays have one.
  const logs = sorted.map(Math.log);
  if (!((bimodalityCoefficient(logs) ?? 0) > UNIFORM_BIMODALITY)) return null;
  const size = lowerGroupSize(logs);
  const lowerShare = size / sorted.length;
  if (Math.min(lowerShare, 1 - lowerShare) < SMALLEST_GROUP) return null;
  const lowerDays = quantileOfSorted(sorted.subarray(0, size), 0.5) as number;
  const upperDays = quantileOfSorted(sorted.subarray(size), 0.5) as number;
  if (!haveGap(logs, Math.log(lowerDays), Math.log(upperDays))) return null;
  return { sign: 'peaks', lowerShare, lowerDays, upperDays };
}

/** Standard deviation ÷ mean; null where it cannot be told. */
function variationOf(values: Float64Array): number | null {
  const middle = mean(values);
  if (middle === null || !(middle > 0) || values.length < 2) return null;
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += ((values[index] as number) - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1)) / middle;
}

/**
 * Whether stays (days, ascending, above 0) have two peaks, or differ by more than `mostVariation` (the highest
 * coefficient of variation that is nothing special; 1 is what pure chance gives); null for neither.
 */
export function splitOf(sorted: Float64Array, mostVariation: number): Split | null {
  const peaks = peaksIn(sorted);
  if (peaks !== null) return peaks;
  const variation = variationOf(sorted);
  if (variation === null || variation <= mostVariation) return null;
  const medianDays = quantileOfSorted(sorted, 0.5) as number;
  return { sign: 'spread', variation, medianDays, p90Days: quantileOfSorted(sorted, 0.9) as number };
}
