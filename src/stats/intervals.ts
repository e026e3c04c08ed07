import { regularizedBeta } from './beta.ts';
import { differenceInterval } from './compare-estimates.ts';

/** 0.975 quantile of the normal distribution: two-sided 95 %. */
export const NORMAL_975 = 1.959963984540054;

/**
 * Wilson score interval of a proportion, null for an empty base: centre (p + z²/2n)/(1 + z²/n), half-width
 * z·√(p(1−p)/n + z²/4n²)/(1 + z²/n). Source: Wilson, JASA 22 (1927); R's `prop.test(correct = FALSE)`. `of` need not be
 * whole (an effective sample size), and `count` is on the same scale.
 * @throws RangeError unless 0 ≤ count ≤ of.
 */
export function wilson(count: number, of: number, z: number = NORMAL_975): readonly [number, number] | null {
  if (!(count >= 0 && count <= of)) throw new RangeError('a count must lie between 0 and its base');
  if (of === 0) return null;
  const proportion = count / of;
  const share = (z * z) / of;
  const centre = (proportion + share / 2) / (1 + share);
  const halfWidth = (z * Math.sqrt((proportion * (1 - proportion)) / of + share / (4 * of))) / (1 + share);
  // At the ends the limit is exact; the formula misses it by a rounding error.
  const lower = count === 0 ? 0 : Math.max(0, centre - halfWidth);
  const upper = count === of ? 1 : Math.min(1, centre + halfWidth);
  return [Math.min(lower, proportion), Math.max(upper, proportion)];
}

/** Difference of two proportions with its interval. */
export interface ProportionDifference {
  /** First minus second, −1–1. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Newcombe's hybrid score interval of p1 − p2 from the two Wilson intervals (`differenceInterval`), null where
 * a base is empty. Source: Newcombe, Statistics in Medicine 17 (1998)
 * 873–890, method 10.
 * @throws RangeError unless each count lies between 0 and its base.
 */
export function newcombe(
  first: { readonly count: number; readonly of: number },
  second: { readonly count: number; readonly of: number },
  z: number = NORMAL_975,
): ProportionDifference | null {
  const own = { value: first.count / first.of, interval: wilson(first.count, first.of, z) };
  const other = { value: second.count / second.of, interval: wilson(second.count, second.of, z) };
  const interval = differenceInterval(own, other);
  if (interval === null) return null;
  return { difference: own.value - other.value, lower: interval[0], upper: interval[1] };
}

const CONFIDENCE = 0.95;

/**
 * Exact interval of a proportion, which never covers less than it says (and mostly more): null for an empty base.
 * Source: Clopper and Pearson, Biometrika 26 (1934); R's `binom.test`.
 * @throws RangeError unless 0 ≤ count ≤ of.
 */
export function clopperPearson(
  count: number,
  of: number,
  confidence: number = CONFIDENCE,
): readonly [number, number] | null {
  if (!(count >= 0 && count <= of)) throw new RangeError('a count must lie between 0 and its base');
  if (of === 0) return null;
  const tail = (1 - confidence) / 2;
  return [
    count === 0 ? 0 : betaQuantile(tail, count, of - count + 1),
    count === of ? 1 : betaQuantile(1 - tail, count + 1, of - count),
  ];
}

/** The x at which the incomplete beta function I_x(a, b) is as large as wanted, by bisection. */
function betaQuantile(wanted: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (regularizedBeta(middle, a, b) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
