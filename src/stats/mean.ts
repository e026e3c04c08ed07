import { sum } from 'simple-statistics';

/**
 * Arithmetic mean, null for no values; the sum is compensated, so that small values are kept beside large ones.
 * @throws RangeError on NaN: unknown values are left out and counted by the caller.
 */
export function mean(values: Float64Array | readonly number[]): number | null {
  if (values.length === 0) return null;
  // The package asks for a plain array but only indexes it.
  const total = sum(values as readonly number[]);
  if (Number.isNaN(total)) throw new RangeError('a mean of values that are not all known');
  return total / values.length;
}
