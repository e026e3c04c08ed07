import { type ChiSquareTest, chiSquareAbove } from './chi-square.ts';
import { countAt, countAtRisk, distinctOf, riskSetOf } from './risk-set.ts';
import { sortAscending } from './sort-ascending.ts';

/** Times of one group, as `kaplanMeier` takes them. */
export interface TimedGroup {
  readonly durations: Float64Array;
  /** 1 ended, 0 still going on. */
  readonly events: Uint8Array;
  readonly entries?: Float64Array | null;
}

export interface LogRankTest extends ChiSquareTest {
  /** One a group: how many ended. */
  readonly observed: readonly number[];
  /** One a group: how many would have, if all groups were alike. */
  readonly expected: readonly number[];
}

/** A pivot smaller than this share of the largest variance is a group without information. */
const SINGULAR = 1e-10;

/**
 * Log-rank test that several groups last equally long: at each end the groups share it as they share those at risk; the
 * differences from what was seen, weighed by their covariance, are a χ² with one degree less than groups that were ever
 * at risk of an end. Null where there are fewer than two of those. Time grows with the ends times the square of the
 * groups. Source: Mantel (1966); Peto and Peto (1972); R's `survdiff`.
 * @throws RangeError as `kaplanMeier`.
 */
export function logRank(groups: readonly TimedGroup[]): LogRankTest | null {
  const risks = groups.map(({ durations, events, entries }) => riskSetOf(durations, events, entries ?? null, 1));
  const times = distinctOf(sortAscending(concatenate(risks.map(({ ended }) => ended[0] as Float64Array))));
  const atRisk = risks.map((risk) => countAtRisk(risk, times));
  const ended = risks.map((risk) => countAt(risk.ended[0] as Float64Array, times));
  const size = groups.length;
  const observed = ended.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const expected = new Array<number>(size).fill(0);
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  const shares = new Float64Array(size);
  for (let index = 0; index < times.length; index++) {
    let n = 0;
    let d = 0;
    for (let group = 0; group < size; group++) {
      n += atRisk[group]?.[index] as number;
      d += ended[group]?.[index] as number;
    }
    for (let group = 0; group < size; group++) shares[group] = (atRisk[group]?.[index] as number) / n;
    for (let group = 0; group < size; group++) expected[group] = (expected[group] as number) + d * shares[group]!;
    if (n > 1) addCovariance(covariance, shares, (d * (n - d)) / (n - 1));
  }
  return testOf(observed, expected, covariance);
}

function concatenate(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((length, list) => length + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/** Adds one end: hypergeometric variance and covariance of how the groups share it. */
function addCovariance(covariance: readonly Float64Array[], shares: Float64Array, factor: number): void {
  for (let row = 0; row < shares.length; row++) {
    const share = shares[row] as number;
    if (share === 0) continue;
    const line = covariance[row] as Float64Array;
    for (let column = 0; column < shares.length; column++) line[column]! -= factor * share * (shares[column] as number);
    line[row]! += factor * share;
  }
}

function testOf(
  observed: readonly number[],
  expected: readonly number[],
  covariance: readonly Float64Array[],
): LogRankTest | null {
  const informed = expected.flatMap((each, group) => (each > 0 ? [group] : []));
  if (informed.length < 2) return null;
  // The differences add up to 0: one of the groups says nothing that the others do not.
  const kept = informed.slice(1);
  const matrix = kept.map((row) => [
    ...kept.map((column) => covariance[row]?.[column] as number),
    (observed[row] as number) - (expected[row] as number),
  ]);
  const statistic = quadraticForm(matrix);
  if (statistic === null) return null;
  const degrees = kept.length;
  return { statistic, degrees, probability: chiSquareAbove(statistic, degrees), observed, expected };
}

/** uᵀV⁻¹u of the matrix [V | u], by elimination: the sum of squares over pivots; null where V says nothing. */
function quadraticForm(matrix: number[][]): number | null {
  const size = matrix.length;
  const largest = Math.max(...matrix.map((line, index) => line[index] as number));
  if (!(largest > 0)) return null;
  let sum = 0;
  for (let pivot = 0; pivot < size; pivot++) {
    const line = matrix[pivot] as number[];
    const diagonal = line[pivot] as number;
    if (diagonal <= largest * SINGULAR) continue;
    sum += (line[size] as number) ** 2 / diagonal;
    for (const below of matrix.slice(pivot + 1)) {
      const factor = (below[pivot] as number) / diagonal;
      for (let column = pivot; column <= size; column++) below[column]! -= factor * (line[column] as number);
    }
  }
  return sum;
}
