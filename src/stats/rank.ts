import { NORMAL_975 } from './intervals.ts';

/** A measure of order with its 95 % interval, null where there are too few values for one. */
export interface OrderMeasure {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number];
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let place = start; place < end; place++) ranks[order[place] as number] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Correlation of ranks, whose mean is known; null where one of them never changes. */
function correlationOfRanks(first: Float64Array, second: Float64Array): number | null {
  const mean = (first.length + 1) / 2;
  let products = 0;
  let firstSquares = 0;
  let secondSquares = 0;
  for (let index = 0; index < first.length; index++) {
    const a = (first[index] as number) - mean;
    const b = (second[index] as number) - mean;
    products += a * b;
    firstSquares += a * a;
    secondSquares += b * b;
  }
  if (firstSquares === 0 || secondSquares === 0) return null;
  return Math.max(-1, Math.min(1, products / Math.sqrt(firstSquares * secondSquares)));
}

/**
 * Spearman's correlation of two lists of equal length, ties sharing their mean rank; null where one of them never
 * changes or there are fewer than three pairs. The interval is Fisher's z with the standard error
 * √((1 + r²/2) / (n − 3)) of Bonett and Wright, Psychometrika 65 (2000) 23–28.
 * @throws RangeError on unequal lengths or NaN: unknown values are left out by the caller.
 */
export function spearman(first: Float64Array, second: Float64Array): OrderMeasure | null {
  if (first.length !== second.length || first.some(Number.isNaN) || second.some(Number.isNaN)) {
    throw new RangeError('a correlation of values that are not all known');
  }
  const pairs = first.length;
  if (pairs < 3) return null;
  const value = correlationOfRanks(ranksOf(first), ranksOf(second));
  if (value === null || pairs < 4) return value === null ? null : { value, interval: null };
  const error = NORMAL_975 * Math.sqrt((1 + value ** 2 / 2) / (pairs - 3));
  // An exact agreement has no finite z; the last representable value below it has.
  const z = Math.atanh(Math.max(-1 + Number.EPSILON, Math.min(1 - Number.EPSILON, value)));
  return { value, interval: [Math.min(value, Math.tanh(z - error)), Math.max(value, Math.tanh(z + error))] };
}

/** Variance of a concordance θ for such numbers of hits and misses, after Hanley and McNeil. */
function concordanceVariance(theta: number, hits: number, misses: number): number {
  const more = (hits + misses) / 2 - 1;
  const shape = 1 + (more * (1 - theta)) / (2 - theta) + (more * theta) / (1 + theta);
  return (theta * (1 - theta) * shape) / (hits * misses);
}

/** The θ between the value and an end of 0–1 that is just as far from the value as chance reaches. */
function concordanceLimit(value: number, end: 0 | 1, hits: number, misses: number): number {
  let inside = value;
  let outside: number = end;
  for (let step = 0; step < 60; step++) {
    const middle = (inside + outside) / 2;
    const reach = NORMAL_975 * Math.sqrt(concordanceVariance(middle, hits, misses));
    if (Math.abs(value - middle) < reach) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}

/**
 * Probability that a value of the first list exceeds one of the second, ties counting half: the area under the ROC
 * curve, 0.5 where the lists do not differ; null where a list is empty. Computed from ranks (Mann and Whitney 1947), the
 * interval from the variance of Hanley and McNeil, Radiology 143 (1982), turned into limits that stay inside 0–1:
 * Newcombe, Statistics in Medicine 25 (2006) 559–573, method 5.
 * @throws RangeError on NaN: unknown values are left out by the caller.
 */
export function concordance(hits: Float64Array, misses: Float64Array): OrderMeasure | null {
  const all = new Float64Array(hits.length + misses.length);
  all.set(hits);
  all.set(misses, hits.length);
  if (all.some(Number.isNaN)) throw new RangeError('a concordance of values that are not all known');
  if (hits.length === 0 || misses.length === 0) return null;
  const ranks = ranksOf(all);
  let sum = 0;
  for (let index = 0; index < hits.length; index++) sum += ranks[index] as number;
  const value = (sum - (hits.length * (hits.length + 1)) / 2) / (hits.length * misses.length);
  const limit = (end: 0 | 1): number => concordanceLimit(value, end, hits.length, misses.length);
  return { value, interval: [limit(0), limit(1)] };
}
