import { upperGamma } from './gamma.ts';

/** A test statistic with its degrees of freedom and the probability of one at least as large by chance. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly degrees: number;
  /** 0–1. */
  readonly probability: number;
}

/**
 * P(χ² ≥ statistic) for so many degrees of freedom: Q(df/2, x/2).
 * @throws RangeError unless the statistic is at least 0 and there is a degree of freedom.
 */
export function chiSquareAbove(statistic: number, degrees: number): number {
  return upperGamma(degrees / 2, statistic / 2);
}

/**
 * The χ² that is exceeded with a probability, by bisection.
 * @throws RangeError unless the probability lies between 0 and 1.
 */
export function chiSquareExceededBy(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError('a probability must lie between 0 and 1');
  let low = 0;
  let high = degrees + 10;
  while (chiSquareAbove(high, degrees) > probability) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (chiSquareAbove(middle, degrees) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Pearson's test that several groups have one proportion: Σ nᵢ(pᵢ − p̄)² / (p̄(1 − p̄)) with k − 1 degrees of freedom,
 * as R's `prop.test` without correction. Null where it says nothing: fewer than two groups, or all alike (p̄ 0 or 1).
 * Groups without a base are left out.
 */
export function chiSquareOfProportions(
  groups: readonly { readonly count: number; readonly of: number }[],
): ChiSquareTest | null {
  const based = groups.filter(({ of }) => of > 0);
  const total = based.reduce((sum, { of }) => sum + of, 0);
  const pooled = based.reduce((sum, { count }) => sum + count, 0) / total;
  if (based.length < 2 || !(pooled > 0 && pooled < 1)) return null;
  let squares = 0;
  for (const { count, of } of based) squares += of * (count / of - pooled) ** 2;
  const statistic = squares / (pooled * (1 - pooled));
  const degrees = based.length - 1;
  return { statistic, degrees, probability: chiSquareAbove(statistic, degrees) };
}
