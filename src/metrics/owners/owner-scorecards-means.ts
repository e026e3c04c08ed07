import { regularizedBeta } from '../../stats/beta.ts';

/** The difference of two means with its interval and probability. */
export interface MeanDifference {
  /** First minus second. */
  readonly difference: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** Two-sided p that the means are the same. */
  readonly probability: number;
}

function meanAndVariance(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

/** Two-sided probability of Student's t: I_x(ν/2, 1/2) at x = ν / (ν + t²). */
function outside(t: number, degrees: number): number {
  return regularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The t that is exceeded in either direction with a probability of 5 %. */
function limitOf(degrees: number): number {
  let low = 0;
  let high = 2;
  while (outside(high, degrees) > 0.05) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (outside(middle, degrees) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Compares two means whose variances may differ; null with fewer than two values in a group, or where none of them
 * vary. Source: Welch, Biometrika 34 (1947) 28–35; R's `t.test`.
 */
export function compareMeans(first: readonly number[], second: readonly number[]): MeanDifference | null {
  if (first.length < 2 || second.length < 2) return null;
  const [a, b] = [meanAndVariance(first), meanAndVariance(second)];
  const [shareA, shareB] = [a.variance / first.length, b.variance / second.length];
  const square = shareA + shareB;
  if (!(square > 0)) return null;
  const degrees = square ** 2 / (shareA ** 2 / (first.length - 1) + shareB ** 2 / (second.length - 1));
  const difference = a.mean - b.mean;
  const error = Math.sqrt(square);
  const reach = limitOf(degrees) * error;
  return {
    difference,
    interval: [difference - reach, difference + reach],
    probability: outside(difference / error, degrees),
  };
}
