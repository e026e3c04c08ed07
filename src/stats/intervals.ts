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
 * Newcombe's hybrid score interval of p1 − p2 from the two Wilson intervals, null where a base is empty: lower
 * d − √((p1−l1)² + (u2−p2)²), upper d + √((u1−p1)² + (p2−l2)²). Source: Newcombe, Statistics in Medicine 17 (1998)
 * 873–890, method 10.
 * @throws RangeError unless each count lies between 0 and its base.
 */
export function newcombe(
  first: { readonly count: number; readonly of: number },
  second: { readonly count: number; readonly of: number },
  z: number = NORMAL_975,
): ProportionDifference | null {
  const firstInterval = wilson(first.count, first.of, z);
  const secondInterval = wilson(second.count, second.of, z);
  if (firstInterval === null || secondInterval === null) return null;
  const p1 = first.count / first.of;
  const p2 = second.count / second.of;
  const difference = p1 - p2;
  return {
    difference,
    lower: difference - Math.hypot(p1 - firstInterval[0], secondInterval[1] - p2),
    upper: difference + Math.hypot(firstInterval[1] - p1, p2 - secondInterval[0]),
  };
}
