import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../src/stats/sort-order.ts';

function byComparing(values: Float64Array): number[] {
  return [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b);
}

describe('orderOf', () => {
  it('puts the indexes in order of the values, the first of equal ones first', () => {
    expect([...orderOf(Float64Array.of(3, 1, 2, 1))]).toEqual([1, 3, 2, 0]);
    expect([...orderOf(new Float64Array(0))]).toEqual([]);
  });

  it.each([
    ['few values', 20, 5],
    ['many values of a few kinds', 2000, 3],
    ['many values', 3000, 1_000_000],
  ])('agrees with sorting: %s', (_, length, most) => {
    const values = fc.array(fc.integer({ min: -most, max: most }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(values, fc.constantFrom(1, 0.37, 1e-9), (list, scale) => {
        const array = Float64Array.from(list, (value) => value * scale);
        expect([...orderOf(array)]).toEqual(byComparing(array));
      }),
      { numRuns: 20 },
    );
  });

  it('agrees where most values are crowded at one end', () => {
    const array = Float64Array.from({ length: 4000 }, (_, index) =>
      index % 7 === 0 ? 1e9 - index : (index * 31) % 100,
    );
    expect([...orderOf(array)]).toEqual(byComparing(array));
  });

  it('agrees where each crowd has a crowd of its own', () => {
    const exponents = fc.array(fc.integer({ min: -320, max: 9 }), { minLength: 600, maxLength: 900 });
    fc.assert(
      fc.property(exponents, fc.constantFrom(1, -1), (list, sign) => {
        const array = Float64Array.from(list, (exponent, index) => sign * ((index % 3) + 1) * 10 ** exponent);
        expect([...orderOf(array)]).toEqual(byComparing(array));
      }),
      { numRuns: 20 },
    );
  });

  it('agrees where values are closer together than a quotient can tell', () => {
    const array = Float64Array.from({ length: 700 }, (_, index) => ((index * 31) % 90) * Number.MIN_VALUE);
    expect([...orderOf(array)]).toEqual(byComparing(array));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => orderOf(Float64Array.of(1, value))).toThrow(RangeError);
  });

  it('knows values further apart than a number can tell', () => {
    const array = Float64Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? -1.7e308 : 1.7e308));
    expect([...orderOf(array)]).toEqual(byComparing(array));
  });
});
