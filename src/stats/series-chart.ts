import { MOVING_RANGE_SCALE } from './control-chart.ts';
import { mean } from './mean.ts';

/** One point of a chart with the limits chance keeps it within. */
export interface ChartPoint {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly isOut: boolean;
}

/** A chart of single values (XmR), for amounts and counts; rates with changing bases want `controlChart`. */
export interface IndividualsChart {
  readonly mean: number;
  /** Mean distance of values that follow each other. */
  readonly meanMovingRange: number;
  /** What a single step may be at most: 3.267 mean moving ranges. */
  readonly movingRangeLimit: number;
  readonly points: readonly ChartPoint[];
}

/** Upper limit of a moving range in mean moving ranges: D₄ for two values. */
const MOVING_RANGE_LIMIT = 3.267;
/** Limits are so many standard deviations away. */
const LIMIT_SIGMAS = 3;

function requireNumbers(values: readonly number[]): void {
  if (!values.every(Number.isFinite)) throw new RangeError('a chart of values that are not all known');
}

/**
 * Individuals chart: mean ± 3 mean moving ranges / 1.128 (which is 2.66 of them). Null with fewer than two values.
 * Source: Shewhart; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.
 * @throws RangeError on values that are not finite.
 */
export function individualsChart(values: readonly number[]): IndividualsChart | null {
  requireNumbers(values);
  const centre = mean(values);
  const meanMovingRange = mean(values.slice(1).map((value, index) => Math.abs(value - (values[index] as number))));
  if (centre === null || meanMovingRange === null) return null;
  const half = (LIMIT_SIGMAS * meanMovingRange) / MOVING_RANGE_SCALE;
  const [lower, upper] = [centre - half, centre + half];
  return {
    mean: centre,
    meanMovingRange,
    movingRangeLimit: MOVING_RANGE_LIMIT * meanMovingRange,
    points: values.map((value) => ({ value, lower, upper, isOut: value < lower || value > upper })),
  };
}

export interface EwmaOptions {
  /** Weight of the newest value, above 0 and at most 1. */
  readonly lambda: number;
  /** What the values are expected to be. */
  readonly target: number;
  /** Standard deviation of a single value. */
  readonly sigma: number;
}

/**
 * Exponentially weighted moving average, which finds slow drifts: Eₜ = λxₜ + (1 − λ)Eₜ₋₁ from the target on, with limits
 * target ± 3σ√(λ/(2 − λ)·(1 − (1 − λ)²ᵗ)) that widen towards their final width. Source: Roberts, Technometrics 1 (1959);
 * NIST/SEMATECH e-Handbook, 6.3.2.4.
 * @throws RangeError on values that are not finite, λ outside 0–1 or a negative σ.
 */
export function ewmaChart(values: readonly number[], { lambda, target, sigma }: EwmaOptions): readonly ChartPoint[] {
  requireNumbers([...values, target]);
  if (!(lambda > 0 && lambda <= 1 && sigma >= 0 && sigma < Number.POSITIVE_INFINITY)) {
    throw new RangeError('a moving average out of its range');
  }
  const finalHalf = ewmaHalfWidth(lambda, sigma);
  let average = target;
  return values.map((value, index) => {
    average = lambda * value + (1 - lambda) * average;
    const half = finalHalf * Math.sqrt(1 - (1 - lambda) ** (2 * (index + 1)));
    return { value: average, lower: target - half, upper: target + half, isOut: Math.abs(average - target) > half };
  });
}

/** Half the width of the limits of `ewmaChart` that a long series comes to: 3σ√(λ/(2 − λ)). */
export function ewmaHalfWidth(lambda: number, sigma: number): number {
  return LIMIT_SIGMAS * sigma * Math.sqrt(lambda / (2 - lambda));
}
