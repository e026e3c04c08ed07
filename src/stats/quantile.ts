import { quantileSorted } from 'simple-statistics';
import { sortAscending } from './sort-ascending.ts';

/**
 * A sorted copy, ready for `quantileOfSorted`.
 * @throws RangeError on NaN: unknown values are left out and counted by the caller.
 */
export function sortedCopy(values: Float64Array | readonly number[]): Float64Array {
  const sorted = sortAscending(Float64Array.from(values));
  requireNumbers(sorted);
  return sorted;
}

/**
 * Quantile of ascending values, `probability` in 0–1; null for none. Type 7 of Hyndman and Fan (1996), as in R, NumPy
 * and Excel's PERCENTILE.INC: linear interpolation at (n − 1)·p.
 * @throws RangeError on NaN or a probability outside 0–1.
 */
export function quantileOfSorted(sorted: Float64Array, probability: number): number | null {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError('a probability must lie between 0 and 1');
  if (sorted.length === 0) return null;
  requireNumbers(sorted);
  // The package asks for a plain array but only indexes it; a copy of a million values would cost more than the sort.
  return quantileSorted(sorted as unknown as readonly number[], probability);
}

/** Quantile of values in any order; see `quantileOfSorted`. */
export function quantile(values: Float64Array | readonly number[], probability: number): number | null {
  return quantileOfSorted(sortedCopy(values), probability);
}

/** The 0.5 quantile; null for no values. */
export function median(values: Float64Array | readonly number[]): number | null {
  return quantile(values, 0.5);
}

/** Ascending typed arrays keep NaN at their end. */
function requireNumbers(sorted: Float64Array): void {
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RangeError('a quantile of values that are not all known');
}
