import { chiSquareExceededBy, chiSquareOfProportions } from './chi-square.ts';

/** How much the proportions of several groups differ beyond what their sizes explain. */
export interface Dispersion {
  /** All hits of all that were counted. */
  readonly pooled: number;
  /** χ² divided by its degrees of freedom: about 1 where chance alone is at work. */
  readonly phi: number;
  /** Probability of a χ² as large by chance, 0–1. */
  readonly probability: number;
  /** Standard deviation of the true proportions. */
  readonly excess: number;
}

/** Estimates with their variances: the two are of equal length. */
interface Estimates {
  readonly values: readonly number[];
  readonly variances: readonly number[];
}

const HALF_OUTSIDE = 0.025;

/** Σ (yᵢ − μ̂)² / (vᵢ + τ²), with the mean that has these weights: falls as τ² grows. */
function generalizedQ({ values, variances }: Estimates, between: number): number {
  let weights = 0;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = 1 / ((variances[index] as number) + between);
    weights += weight;
    sum += weight * (values[index] as number);
  }
  const mean = sum / weights;
  let q = 0;
  for (let index = 0; index < values.length; index++) {
    q += ((values[index] as number) - mean) ** 2 / ((variances[index] as number) + between);
  }
  return q;
}

/** The τ² at which Q is as large as wanted, 0 where it is smaller throughout. */
function betweenAt(estimates: Estimates, wanted: number): number {
  if (generalizedQ(estimates, 0) <= wanted) return 0;
  let low = 0;
  let high = 1e-6;
  while (generalizedQ(estimates, high) > wanted) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-10 * high; step++) {
    const middle = (low + high) / 2;
    if (generalizedQ(estimates, middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * 95 % interval of the variance τ² between the true values of several estimates: those τ² with which Q lies inside the
 * middle 95 % of its χ² distribution. Source: Viechtbauer, Statistics in Medicine 26 (2007) 37–52, the Q-profile method.
 * @throws RangeError unless there are at least two estimates, each with a variance above 0.
 */
export function varianceBetween(
  values: readonly number[],
  variances: readonly number[],
): readonly [lower: number, upper: number] {
  if (values.length < 2 || values.length !== variances.length || !variances.every((variance) => variance > 0)) {
    throw new RangeError('a variance between estimates wants two of them, each with a variance above 0');
  }
  const estimates = { values, variances };
  const degrees = values.length - 1;
  return [
    betweenAt(estimates, chiSquareExceededBy(HALF_OUTSIDE, degrees)),
    betweenAt(estimates, chiSquareExceededBy(1 - HALF_OUTSIDE, degrees)),
  ];
}

/** Standard deviation of the true values behind several estimates, with its 95 % interval. */
export interface Spread {
  readonly excess: number;
  readonly interval: readonly [number, number];
}

/**
 * What is left of the spread of several estimates when their own uncertainty is taken away: τ² =
 * max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)) with the weights w = 1/v, by moments after DerSimonian and Laird, Controlled
 * Clinical Trials 7 (1986); the interval is a Q-profile.
 * @throws RangeError as `varianceBetween`.
 */
export function spreadOf(values: readonly number[], variances: readonly number[]): Spread {
  const [lower, upper] = varianceBetween(values, variances);
  return { excess: excessOf({ values, variances }), interval: [Math.sqrt(lower), Math.sqrt(upper)] };
}

function excessOf({ values, variances }: Estimates): number {
  const weights = variances.map((variance) => 1 / variance);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  const between = (generalizedQ({ values, variances }, 0) - (values.length - 1)) / (sum - squares / sum);
  return Math.sqrt(Math.max(0, between));
}

/** No proportions are further apart than half of them 0 and half of them 1. */
const WIDEST_SPREAD = 0.5;

type Groups = readonly { readonly count: number; readonly of: number }[];

/** The proportions of the groups with a base, and what chance alone makes them vary where all have the pooled one. */
function estimatesOf(groups: Groups, pooled: number): Estimates {
  const based = groups.filter(({ of }) => of > 0);
  return {
    values: based.map(({ count, of }) => count / of),
    variances: based.map(({ of }) => (pooled * (1 - pooled)) / of),
  };
}

/**
 * Dispersion of the proportions of several groups: φ = χ²/(k − 1) and the excess standard deviation
 * τ = √(max(0, (χ² − (k − 1)) / (N − Σn²/N)) · p̄(1 − p̄)), which is `spreadOf` with the variances p̄(1 − p̄)/n. Null with
 * fewer than two groups, or all alike (p̄ 0 or 1). Groups without a base are left out.
 */
export function dispersionOf(groups: Groups): Dispersion | null {
  const based = groups.filter(({ of }) => of > 0);
  const test = chiSquareOfProportions(based);
  if (test === null) return null;
  const total = based.reduce((sum, { of }) => sum + of, 0);
  const pooled = based.reduce((sum, { count }) => sum + count, 0) / total;
  const excess = excessOf(estimatesOf(based, pooled));
  return { pooled, phi: test.statistic / test.degrees, probability: test.probability, excess };
}

/** The same with the 95 % interval of the excess, which takes far longer. */
export function dispersionWithInterval(groups: Groups): (Dispersion & Spread) | null {
  const dispersion = dispersionOf(groups);
  if (dispersion === null) return null;
  const { values, variances } = estimatesOf(groups, dispersion.pooled);
  const { excess, interval } = spreadOf(values, variances);
  return { ...dispersion, interval: [interval[0], Math.max(excess, Math.min(interval[1], WIDEST_SPREAD))] };
}
