/** Counts whose probabilities differ by less than this share are equally likely, as in R's `fisher.test`. */
const TIE = 1 + 1e-7;

/** Probability of each count within the fixed margins, as a multiple of the likeliest one's. */
interface Weights {
  readonly lowest: number;
  readonly values: Float64Array;
}

/**
 * The hypergeometric distribution by its recurrence, from its mode outwards: no factorial is ever computed, so nothing
 * overflows, and what is too small to be held counts as 0.
 */
function weightsOf(firstOf: number, secondOf: number, hits: number): Weights {
  const lowest = Math.max(0, hits - secondOf);
  const highest = Math.min(hits, firstOf);
  const values = new Float64Array(highest - lowest + 1);
  const mode = Math.min(highest, Math.max(lowest, Math.floor(((hits + 1) * (firstOf + 1)) / (firstOf + secondOf + 2))));
  const ratioUp = (count: number): number =>
    ((firstOf - count) * (hits - count)) / ((count + 1) * (secondOf - hits + count + 1));
  values[mode - lowest] = 1;
  for (let count = mode; count < highest && values[count - lowest] !== 0; count++) {
    values[count + 1 - lowest] = (values[count - lowest] as number) * ratioUp(count);
  }
  for (let count = mode; count > lowest && values[count - lowest] !== 0; count--) {
    values[count - 1 - lowest] = (values[count - lowest] as number) / ratioUp(count - 1);
  }
  return { lowest, values };
}

/**
 * Two-sided p of Fisher's exact test that two groups have one proportion: the probability of all tables with the same
 * margins that are no likelier than the one seen. Source: Fisher, Journal of the Royal Statistical Society 98 (1935);
 * R's `fisher.test`. 1 where a group is empty. Time and memory grow with the smaller of the groups and the hits.
 * @throws RangeError unless the counts are whole and lie between 0 and their bases.
 */
export function fisherExact(
  first: { readonly count: number; readonly of: number },
  second: { readonly count: number; readonly of: number },
): number {
  for (const { count, of } of [first, second]) {
    if (!(Number.isInteger(count) && Number.isInteger(of) && count >= 0 && count <= of)) {
      throw new RangeError('a count must be whole and lie between 0 and its base');
    }
  }
  const { lowest, values } = weightsOf(first.of, second.of, first.count + second.count);
  const limit = (values[first.count - lowest] as number) * TIE;
  let all = 0;
  let unlikely = 0;
  for (const weight of values) {
    all += weight;
    if (weight <= limit) unlikely += weight;
  }
  return Math.min(1, unlikely / all);
}
