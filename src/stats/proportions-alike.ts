import { type ChiSquareTest, chiSquareAbove, chiSquareOfProportions } from './chi-square.ts';
import { fisherExact } from './fisher-exact.ts';
import { logGamma, upperGamma } from './gamma.ts';

type Group = { readonly count: number; readonly of: number };

/** A test that several groups have one proportion. */
export interface AlikeTest extends ChiSquareTest {
  /** Whether the probability is exact, of Pearson's χ², or of a distribution with the exact mean and variance of χ². */
  readonly method: 'exact' | 'chiSquare' | 'moments';
}

/** With fewer hits, or misses, expected in one group the χ² distribution is no guide. */
const FEWEST_EXPECTED = 5;
/** Tables gone through one by one; of larger ones only the mean and variance are exact. */
const MOST_TABLES = 50_000;
/** Probabilities that differ by less than this share are equal, as in R's `fisher.test`. */
const TIE = 1 + 1e-7;

/**
 * That several groups have one proportion, given all hits: Fisher's exact test of two groups, and that of Freeman and
 * Halton (Biometrika 38, 1951; R's `fisher.test`) of more while there are few tables to go through; else Pearson's χ²,
 * or where some group has few hits or misses expected a gamma distribution with the exact mean and variance that χ² has
 * under fixed margins (Dawson, Biometrika 41, 1954). Groups without a base are left out; null with fewer than two, or
 * where all hit, or none.
 */
export function proportionsAlike(groups: readonly Group[]): AlikeTest | null {
  // The order of the groups must not show in the last digit of a sum.
  const based = groups.filter(({ of }) => of > 0).toSorted((a, b) => a.of - b.of || a.count - b.count);
  const test = chiSquareOfProportions(based);
  if (test === null) return null;
  const [first, second] = based;
  if (based.length === 2 && first !== undefined && second !== undefined) {
    return { ...test, probability: fisherExact(first, second), method: 'exact' };
  }
  const all = sumOf(based);
  const rarer = Math.min(all.count, all.of - all.count) / all.of;
  if (based.every(({ of }) => of * rarer >= FEWEST_EXPECTED)) return { ...test, method: 'chiSquare' };
  const exact = freemanHalton(based, all);
  if (exact !== null) return { ...test, probability: exact, method: 'exact' };
  return { ...test, probability: byMoments(test, based, all), method: 'moments' };
}

function sumOf(groups: readonly Group[]): Group {
  return groups.reduce((sum, { count, of }) => ({ count: sum.count + count, of: sum.of + of }), { count: 0, of: 0 });
}

function logWays(of: number, count: number): number {
  return logGamma(of + 1) - logGamma(count + 1) - logGamma(of - count + 1);
}

/** Share of the tables, weighed by their ways, that are no likelier than the one seen; null where there are too many. */
function freemanHalton(groups: readonly Group[], all: Group): number | null {
  // The largest group takes what the others leave over, so that its size does not count.
  const [largest, ...others] = groups.toSorted((a, b) => b.of - a.of);
  if (largest === undefined) return null;
  let tables = 1;
  for (const { of } of others) {
    tables *= Math.min(of, all.count) + 1;
    if (tables > MOST_TABLES) return null;
  }
  const ways = others.map(({ of }) => Float64Array.from({ length: of + 1 }, (_, count) => logWays(of, count)));
  const total = logWays(all.of, all.count);
  const seen = groups.reduce((sum, { of, count }) => sum + logWays(of, count), 0) - total;
  const limit = Math.exp(seen) * TIE;
  const below = (index: number, left: number, logSum: number): number => {
    const own = ways[index];
    if (own === undefined) {
      if (left > largest.of) return 0;
      const probability = Math.exp(logSum + logWays(largest.of, left) - total);
      return probability <= limit ? probability : 0;
    }
    let sum = 0;
    for (let count = 0; count < own.length && count <= left; count++) {
      sum += below(index + 1, left - count, logSum + (own[count] as number));
    }
    return sum;
  };
  return Math.min(1, below(0, all.count, 0));
}

/** Mean and variance of χ² over all tables with the same margins. */
export function momentsOfChiSquare(groups: readonly Group[]): { readonly mean: number; readonly variance: number } {
  const { count, of } = sumOf(groups);
  const ofMargin = (sizes: readonly number[]): readonly [number, number] => [
    ((sizes.length - 1) * (of - sizes.length)) / (of - 1),
    (sizes.reduce((sum, size) => sum + of / size, 0) - sizes.length ** 2) / (of - 2),
  ];
  const [spread, skew] = ofMargin(groups.map((group) => group.of));
  const [otherSpread, otherSkew] = ofMargin([count, of - count]);
  return {
    mean: (of * (groups.length - 1)) / (of - 1),
    variance:
      ((2 * of) / (of - 3)) * (spread - skew) * (otherSpread - otherSkew) + (of ** 2 / (of - 1)) * skew * otherSkew,
  };
}

function byMoments({ statistic, degrees }: ChiSquareTest, groups: readonly Group[], all: Group): number {
  if (all.of < FEWEST_EXPECTED) return 1;
  const { mean, variance } = momentsOfChiSquare(groups);
  // With every group of one deal the statistic is the same whatever happens.
  if (!(variance > 1e-9 * mean)) return 1;
  const shape = mean ** 2 / variance;
  return Number.isFinite(shape) ? upperGamma(shape, (statistic * mean) / variance) : chiSquareAbove(statistic, degrees);
}
