import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regularizedBeta } from '../../src/stats/beta.ts';
import { binomialAtLeast, binomialAtMost, binomialLimits, binomialTest } from '../../src/stats/binomial.ts';
import { chiSquareAbove, chiSquareExceededBy, chiSquareOfProportions } from '../../src/stats/chi-square.ts';
import { logGamma, upperGamma } from '../../src/stats/gamma.ts';
import { normalAbove, normalQuantile } from '../../src/stats/normal.ts';
import { expectClose, fixture } from './reference.ts';

interface Tests {
  smokers: { x: number[]; n: number[]; chisq: number; df: number; p: number };
  segmentVsRest: { won: number[]; n: number[]; overallChisq: number; overallP: number };
  special: {
    qnorm: { p: number[]; z: number[] };
    pchisq_upper: { x: number; df: number; p: number }[];
    pbinom: { k: number; n: number; p: number; v: number }[];
    qbeta: { p: number; a: number; b: number; v: number }[];
  };
}

interface Months {
  won: number[];
  n: number[];
  pBar: number;
  binomTestP: number[];
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

describe('the normal distribution', () => {
  it('has the quantiles of R', () => {
    for (const [index, p] of special.qnorm.p.entries()) expectClose(normalQuantile(p), special.qnorm.z[index] ?? null);
    expectClose(normalQuantile(0.025), -1.959963984540054);
    expect(normalQuantile(0.5)).toBe(0);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });

  it('is undone by its quantile, far out as well', () => {
    for (const z of [-6, -1, 0, 0.3, 2, 4]) expectClose(normalQuantile(1 - normalAbove(z)), z, 1e-7);
    expectClose(normalAbove(10), 7.619853024160583e-24, 1e-36);
    expectClose(normalAbove(Math.log(1.5)), 0.34256783051484585);
  });
});

describe('the binomial distribution', () => {
  it('has a small tail without a loss of digits', () => {
    expectClose(binomialAtLeast(60, 60, 0.5) / 0.5 ** 60, 1);
    expectClose(binomialAtLeast(3, 10, 0.3), 1 - binomialAtMost(2, 10, 0.3));
    expect(binomialAtLeast(0, 5, 0.2)).toBe(1);
    expect(binomialAtLeast(6, 5, 0.2)).toBe(0);
  });

  it('has the two-sided test of R', () => {
    const charts = fixture<Record<'pStableSmall' | 'pRealShift' | 'pOverdispersed', Months>>('control-charts.json');
    for (const { won, n, pBar, binomTestP } of [charts.pStableSmall, charts.pRealShift, charts.pOverdispersed]) {
      for (const [index, count] of won.entries()) {
        expectClose(binomialTest(count, n[index] as number, pBar), binomTestP[index] ?? null);
      }
    }
    expect(binomialTest(5, 10, 0.5)).toBe(1);
    expectClose(binomialTest(0, 3, 0.5), 0.25);
    expectClose(binomialTest(499_000, 1_000_000, 0.5), 2 * binomialAtMost(499_000, 1_000_000, 0.5));
  });

  it('adds up all counts that are no likelier', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.integer({ min: 1, max: 19 }),
        (trials, hits, part) => {
          const p = part / 20;
          const count = Math.min(hits, trials);
          const chance = (k: number) => binomialAtMost(k, trials, p) - binomialAtMost(k - 1, trials, p);
          let sum = 0;
          for (let k = 0; k <= trials; k++) if (chance(k) <= chance(count) * (1 + 1e-7) + 1e-15) sum += chance(k);
          expectClose(binomialTest(count, trials, p), Math.min(1, sum), 1e-8);
        },
      ),
    );
  });

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
