import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concordance, spearman } from '../../src/stats/rank.ts';
import { expectClose } from './reference.ts';

const numbers = (values: readonly number[]) => Float64Array.from(values);

/** The definition: each pair counts 1, 0.5 for a tie, 0. */
function concordanceByPairs(hits: readonly number[], misses: readonly number[]): number {
  let sum = 0;
  for (const hit of hits) for (const miss of misses) sum += hit > miss ? 1 : hit === miss ? 0.5 : 0;
  return sum / (hits.length * misses.length);
}

/** Pearson's correlation of the mean rank of each value, counted one by one. */
function spearmanByCounting(first: readonly number[], second: readonly number[]): number {
  const ranks = (list: readonly number[]) =>
    list.map(
      (value) => list.filter((other) => other < value).length + (list.filter((o) => o === value).length + 1) / 2,
    );
  const [a, b] = [ranks(first), ranks(second)];
  const mean = (first.length + 1) / 2;
  const products = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + (value - mean) * ((y[index] as number) - mean), 0);
  return products(a, b) / Math.sqrt(products(a, a) * products(b, b));
}

describe('spearman', () => {
  it('gives the textbook value for hours of TV and IQ', () => {
    const iq = numbers([106, 100, 86, 101, 99, 103, 97, 113, 112, 110]);
    const hours = numbers([7, 27, 2, 50, 28, 29, 20, 12, 6, 17]);
    // 1 − 6·194 / (10·99)
    expectClose(spearman(iq, hours)?.value ?? null, 1 - 1164 / 990, 1e-12);
  });

  it('is the correlation of ranks, ties included', () => {
    const pair = fc.tuple(fc.nat(6), fc.nat(6));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 4, maxLength: 30 }), (pairs) => {
        const first = pairs.map(([a]) => a);
        const second = pairs.map(([, b]) => b);
        const result = spearman(numbers(first), numbers(second));
        if (new Set(first).size === 1 || new Set(second).size === 1) {
          expect(result).toBeNull();
          return;
        }
        expectClose(result?.value ?? null, spearmanByCounting(first, second), 1e-12);
        const [low, high] = result?.interval ?? [0, 0];
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(result?.value ?? 0);
        expect(high).toBeGreaterThanOrEqual(result?.value ?? 0);
      }),
    );
  });

  it('has the interval of Bonett and Wright', () => {
    // r 0.5 over 5 pairs: z 0.549306 ± 1.959964·√(1.125 / 2).
    const result = spearman(numbers([1, 2, 3, 4, 5]), numbers([3, 1, 2, 5, 4]));
    expectClose(result?.value ?? null, 0.6, 1e-12);
    const half = 1.959963984540054 * Math.sqrt((1 + 0.18) / 2);
    expectClose(result?.interval?.[0] ?? null, Math.tanh(Math.atanh(0.6) - half), 1e-12);
    expectClose(result?.interval?.[1] ?? null, Math.tanh(Math.atanh(0.6) + half), 1e-12);
  });

  it('knows nothing of too few or unchanging values', () => {
    expect(spearman(numbers([1, 2]), numbers([1, 2]))).toBeNull();
    expect(spearman(numbers([1, 1, 1, 1]), numbers([1, 2, 3, 4]))).toBeNull();
    expect(spearman(numbers([1, 2, 3]), numbers([1, 2, 3]))).toEqual({ value: 1, interval: null });
    expect(() => spearman(numbers([1, Number.NaN]), numbers([1, 2]))).toThrow(RangeError);
  });
});

describe('concordance', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    const list = fc.array(fc.nat(8), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(list, list, (hits, misses) => {
        const result = concordance(numbers(hits), numbers(misses));
        expectClose(result?.value ?? null, concordanceByPairs(hits, misses), 1e-12);
        const [low, high] = result?.interval ?? [0, 0];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual((result?.value ?? 0) + 1e-12);
        expect(high).toBeGreaterThanOrEqual((result?.value ?? 0) - 1e-12);
      }),
    );
  });

  it('has an interval that is as far from the value as its own chance reaches, and mirrors', () => {
    const hits = numbers([3, 4, 5, 6, 7, 9]);
    const misses = numbers([1, 2, 3, 4, 5, 8]);
    const there = concordance(hits, misses);
    const back = concordance(misses, hits);
    expectClose(there?.interval?.[0] ?? null, 1 - (back?.interval?.[1] ?? 0), 1e-12);
    const low = there?.interval?.[0] ?? 0;
    const shape = 1 + (5 * (1 - low)) / (2 - low) + (5 * low) / (1 + low);
    const reach = 1.959963984540054 * Math.sqrt((low * (1 - low) * shape) / 36);
    expectClose((there?.value ?? 0) - low, reach, 1e-9);
  });

  it('is never sure of itself with three deals on each side', () => {
    const perfect = concordance(numbers([4, 5, 6]), numbers([1, 2, 3]));
    expect(perfect?.value).toBe(1);
    expect(perfect?.interval?.[1]).toBe(1);
    expect(perfect?.interval?.[0]).toBeLessThan(0.6);
  });

  it('knows nothing without both', () => {
    expect(concordance(numbers([1]), numbers([]))).toBeNull();
    expect(() => concordance(numbers([Number.NaN]), numbers([1]))).toThrow(RangeError);
  });

  it('ranks a million values in a moment', () => {
    const half = 500_000;
    const hits = Float64Array.from({ length: half }, (_, index) => (index * 7919) % 1000);
    const misses = Float64Array.from({ length: half }, (_, index) => (index * 104_729) % 1000);
    expect(concordance(hits, misses)?.value).toBeCloseTo(0.5, 2);
  });
});
