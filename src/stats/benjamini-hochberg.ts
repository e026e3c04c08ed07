/**
 * p values adjusted for the number of tests made, in the order given: among the tests with an adjusted p below q, at
 * most a share q is expected to be chance. Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57
 * (1995) 289–300; R's `p.adjust(method = "BH")`.
 * @throws RangeError unless each p lies in 0–1.
 */
export function benjaminiHochberg(probabilities: Float64Array | readonly number[]): Float64Array {
  const values = Float64Array.from(probabilities);
  for (const value of values) {
    if (!(value >= 0 && value <= 1)) throw new RangeError('a probability must lie between 0 and 1');
  }
  const largestFirst = Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number));
  const adjusted = new Float64Array(values.length);
  let smallest = 1;
  for (const [place, index] of largestFirst.entries()) {
    const rank = values.length - place;
    smallest = Math.min(smallest, ((values[index] as number) * values.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}
