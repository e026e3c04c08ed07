/**
 * Arithmetic mean, null for no values. The sum is compensated: Neumaier, “Rundungsfehleranalyse einiger Verfahren zur
 * Summation endlicher Summen”, ZAMM 54 (1974).
 * @throws RangeError on NaN: unknown values are left out and counted by the caller.
 */
export function mean(values: Float64Array | readonly number[]): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  let compensation = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  if (Number.isNaN(sum)) throw new RangeError('a mean of values that are not all known');
  return (sum + compensation) / values.length;
}
