import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/stats/mean.ts';
import { median, quantile, quantileOfSorted, sortedCopy } from '../../src/stats/quantile.ts';
import { expectClose, fixture, listOf } from './reference.ts';

type Vectors = Record<string, { x: number | number[]; median: number; mean: number; type7: number[] }>;

const { probs, ...vectors } = fixture<Vectors & { probs: number[] }>('quantiles.json');

describe('quantile', () => {
  it.each(Object.entries(vectors as Vectors))('is R type 7 on %s', (_, vector) => {
    const sorted = sortedCopy(listOf(vector.x));
    for (const [index, probability] of (probs as number[]).entries()) {
      expectClose(quantileOfSorted(sorted, probability), vector.type7[index] ?? null, 1e-12);
    }
    expectClose(median(listOf(vector.x)), vector.median, 1e-12);
    expectClose(mean(listOf(vector.x)), vector.mean, 1e-12);
  });

  it('needs no order and leaves its input alone', () => {
    const values = [20, 3, 10, 6];
    expect(quantile(values, 0.5)).toBe(8);
    expect(values).toEqual([20, 3, 10, 6]);
  });

  it('is null for nothing and refuses what is not known', () => {
    expect(median([])).toBeNull();
    expect(mean([])).toBeNull();
    expect(() => median([1, Number.NaN, 3])).toThrow(RangeError);
    expect(() => mean([1, Number.NaN, 3])).toThrow(RangeError);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
  });

  it('lies within the values and grows with the probability', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const at = quantile(values, p) as number;
        expect(at).toBeGreaterThanOrEqual(Math.min(...values));
        expect(at).toBeLessThanOrEqual(quantile(values, (1 + p) / 2) as number);
      }),
    );
  });
});

describe('mean', () => {
  it('keeps small values beside large ones', () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
  });
});
