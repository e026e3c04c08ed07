import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regularizedBeta } from '../../src/stats/beta.ts';
import { binomialAtMost, binomialLimits } from '../../src/stats/binomial.ts';
import { chiSquareAbove, chiSquareExceededBy, chiSquareOfProportions } from '../../src/stats/chi-square.ts';
import { logGamma, upperGamma } from '../../src/stats/gamma.ts';
import { expectClose, fixture } from './reference.ts';

interface Tests {
  smokers: { x: number[]; n: number[]; chisq: number; df: number; p: number };
  segmentVsRest: { won: number[]; n: number[]; overallChisq: number; overallP: number };
  special: {
    pchisq_upper: { x: number; df: number; p: number }[];
    pbinom: { k: number; n: number; p: number; v: number }[];
    qbeta: { p: number; a: number; b: number; v: number }[];
  };
}

/** Values of R 4.2.2: `pchisq`, `pbinom`, `qbeta`, `prop.test`. */
const { smokers, segmentVsRest, special } = fixture<Tests>('tests.json');
const groupsOf = (counts: readonly number[], bases: readonly number[]) =>
  counts.map((count, index) => ({ count, of: bases[index] as number }));

describe('the gamma function', () => {
  it('is the factorial, and a half gives √π', () => {
    expectClose(logGamma(1), 0, 1e-13);
    expectClose(logGamma(11), Math.log(3_628_800), 1e-13);
    expectClose(logGamma(0.5), Math.log(Math.PI) / 2, 1e-13);
    expect(() => logGamma(0)).toThrow(RangeError);
  });

  it('has an upper part that is e⁻ˣ for the shape 1, on both sides of its switch', () => {
    for (const x of [0, 0.5, 1.9, 2.1, 30, 700]) expectClose(upperGamma(1, x), Math.exp(-x), 1e-13);
    expect(upperGamma(3, Number.POSITIVE_INFINITY)).toBe(0);
    expect(() => upperGamma(0, 1)).toThrow(RangeError);
  });
});

describe('chi-square', () => {
  it('equals R', () => {
    for (const { x, df, p } of special.pchisq_upper) expectClose(chiSquareAbove(x, df), p);
  });

  it('is undone by its quantile', () => {
    for (const df of [1, 3, 11, 400]) {
      for (const p of [0.975, 0.5, 0.025, 1e-6]) expectClose(chiSquareAbove(chiSquareExceededBy(p, df), df), p, 1e-10);
    }
    expect(() => chiSquareExceededBy(0, 1)).toThrow(RangeError);
  });

  it('tests whether several groups have one proportion', () => {
    const test = chiSquareOfProportions(groupsOf(smokers.x, smokers.n));
    expectClose(test?.statistic ?? null, smokers.chisq);
    expectClose(test?.probability ?? null, smokers.p);
    expect(test?.degrees).toBe(smokers.df);
    const segments = chiSquareOfProportions(groupsOf(segmentVsRest.won, segmentVsRest.n));
    expectClose(segments?.statistic ?? null, segmentVsRest.overallChisq);
    expectClose(segments?.probability ?? null, segmentVsRest.overallP);
  });

  it('says nothing of one group, and of groups that are all alike', () => {
    expect(chiSquareOfProportions([{ count: 1, of: 2 }])).toBeNull();
    expect(chiSquareOfProportions(groupsOf([0, 0], [5, 9]))).toBeNull();
    expect(chiSquareOfProportions(groupsOf([1, 0], [5, 0]))).toBeNull();
  });
});

describe('the binomial distribution', () => {
  it('equals R', () => {
    for (const { k, n, p, v } of special.pbinom) expectClose(binomialAtMost(k, n, p), v);
  });

  it('is the sum of its terms', () => {
    const probability = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(200), probability, (trials, most, p) => {
        let term = (1 - p) ** trials;
        let sum = 0;
        for (let count = 0; count <= Math.min(most, trials); count++) {
          sum += term;
          term *= ((trials - count) / (count + 1)) * (p / (1 - p));
        }
        expectClose(binomialAtMost(most, trials, p), Math.min(1, sum), 1e-9);
      }),
    );
  });

  it('holds at its ends and with many trials', () => {
    expect(binomialAtMost(-1, 5, 0.5)).toBe(0);
    expect(binomialAtMost(5, 5, 0.5)).toBe(1);
    expect(binomialAtMost(0, 5, 1)).toBe(0);
    expectClose(binomialAtMost(0, 5, 0), 1);
    expectClose(binomialAtMost(499_999, 1_000_000, 0.5), 0.5 - 0.000398942, 1e-8);
    expect(() => binomialAtMost(1, 1.5, 0.5)).toThrow(RangeError);
  });

  it('has limits beyond which each side is rarer than the tail', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (trials, p) => {
        const [lowest, highest] = binomialLimits(trials, p, 0.00135);
        expect(binomialAtMost(lowest - 1, trials, p)).toBeLessThan(0.00135);
        expect(1 - binomialAtMost(highest, trials, p)).toBeLessThanOrEqual(0.00135 + 1e-12);
        expect(lowest).toBeLessThanOrEqual(highest);
      }),
    );
  });

  it('rests on an incomplete beta function that equals R', () => {
    for (const { p, a, b, v } of special.qbeta) expectClose(regularizedBeta(v, a, b), p);
    expect(() => regularizedBeta(0.5, 0, 1)).toThrow(RangeError);
  });
});
