import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg.ts';
import { fisherExact } from '../../src/stats/fisher-exact.ts';
import { newcombe } from '../../src/stats/intervals.ts';
import { expectAllClose, expectClose, fixture } from './reference.ts';

interface Tests {
  bh1995: { p: number[]; BH: number[] };
  segmentVsRest: {
    won: number[];
    n: number[];
    fisherP: number[];
    fisherBH: number[];
    lower: number[];
    upper: number[];
  };
  fisherTea: { pTwoSided: number };
  fisherCases: { table: [number, number, number, number]; p: number }[];
}

/** Values of R 4.2.2: `p.adjust`, `fisher.test`. */
const tests = fixture<Tests>('tests.json');
const { won, n, fisherP, fisherBH, lower, upper } = tests.segmentVsRest;
const allWon = won.reduce((sum, value) => sum + value, 0);
const all = n.reduce((sum, value) => sum + value, 0);
const pairs = won.map((count, index) => {
  const of = n[index] as number;
  return [
    { count, of },
    { count: allWon - count, of: all - of },
  ] as const;
});

/** ln n!, summed up term by term. */
function logFactorial(value: number): number {
  let sum = 0;
  for (let factor = 2; factor <= value; factor++) sum += Math.log(factor);
  return sum;
}

/** The definition itself: probabilities of all tables with the same margins, from factorials. */
function fisherByDefinition(a: number, of: number, b: number, restOf: number): number {
  const choose = (from: number, taken: number) => logFactorial(from) - logFactorial(taken) - logFactorial(from - taken);
  const hits = a + b;
  const at = (count: number) => Math.exp(choose(of, count) + choose(restOf, hits - count) - choose(of + restOf, hits));
  let sum = 0;
  for (let count = Math.max(0, hits - restOf); count <= Math.min(hits, of); count++) {
    if (at(count) <= at(a) * (1 + 1e-7)) sum += at(count);
  }
  return Math.min(1, sum);
}

describe('newcombe', () => {
  it('equals the reference for each segment against the rest', () => {
    const intervals = pairs.map(([own, rest]) => newcombe(own, rest));
    expectAllClose(
      intervals.map((interval) => interval?.lower ?? Number.NaN),
      lower,
    );
    expectAllClose(
      intervals.map((interval) => interval?.upper ?? Number.NaN),
      upper,
    );
  });
});

describe('fisherExact', () => {
  it('equals R for each segment against the rest', () => {
    expectAllClose(
      pairs.map(([own, rest]) => fisherExact(own, rest)),
      fisherP,
    );
  });

  it('equals R for the lady tasting tea and other small tables', () => {
    expectClose(fisherExact({ count: 3, of: 4 }, { count: 1, of: 4 }), tests.fisherTea.pTwoSided);
    for (const { table, p } of tests.fisherCases) {
      const [a, b, c, d] = table;
      expectClose(fisherExact({ count: a, of: a + b }, { count: c, of: c + d }), p);
    }
  });

  it('is the sum over tables that its definition says', () => {
    const group = fc.tuple(fc.nat(60), fc.nat(60)).map(([count, others]) => ({ count, of: count + others }));
    fc.assert(
      fc.property(group, group, (a, b) => {
        expectClose(fisherExact(a, b), fisherByDefinition(a.count, a.of, b.count, b.of), 1e-9);
      }),
    );
  });

  it('neither overflows nor loses itself with a million deals', () => {
    const p = fisherExact({ count: 100_500, of: 500_000 }, { count: 100_000, of: 500_000 });
    // Two-sided normal approximation with continuity correction: 0.2123.
    expect(p).toBeGreaterThan(0.2118);
    expect(p).toBeLessThan(0.2128);
    expect(fisherExact({ count: 400_000, of: 500_000 }, { count: 100_000, of: 500_000 })).toBe(0);
  });

  it('is 1 without a rest, and refuses counts that are none', () => {
    expect(fisherExact({ count: 3, of: 5 }, { count: 0, of: 0 })).toBe(1);
    expect(() => fisherExact({ count: 6, of: 5 }, { count: 0, of: 1 })).toThrow(RangeError);
    expect(() => fisherExact({ count: 0.5, of: 5 }, { count: 0, of: 1 })).toThrow(RangeError);
  });
});

describe('benjaminiHochberg', () => {
  it('equals R, also for the segments that must not be accused', () => {
    expectAllClose(benjaminiHochberg(tests.bh1995.p), tests.bh1995.BH, 1e-12);
    const adjusted = benjaminiHochberg(fisherP);
    expectAllClose(adjusted, fisherBH, 1e-12);
    expect(Math.min(...adjusted)).toBeGreaterThan(0.1);
  });

  it('keeps the order of the tests, whatever order they are in', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        const forth = [...benjaminiHochberg(values)];
        const back = [...benjaminiHochberg(values.toReversed())].toReversed();
        expect(forth).toEqual(back);
        for (const [index, value] of values.entries()) expect(forth[index]).toBeGreaterThanOrEqual(value - 1e-15);
      }),
    );
    expect([...benjaminiHochberg([])]).toEqual([]);
    expect(() => benjaminiHochberg([Number.NaN])).toThrow(RangeError);
  });
});
