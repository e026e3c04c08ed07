import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialAtLeast, binomialAtMost } from '../../src/stats/binomial.ts';
import {
  MOST_EXACT_TRIALS,
  poissonBinomial,
  poissonBinomialAtLeast,
  poissonBinomialAtMost,
} from '../../src/stats/poisson-binomial.ts';
import { expectAllClose, expectClose, fixture } from './reference.ts';

const { p, poissonBinomial: expected } = fixture<{
  twentyDeals: { p: number[]; poissonBinomial: { pmf: number[]; pAtMostActual: number; pAtLeastActual: number } };
}>('calibration.json').twentyDeals;

describe('poissonBinomial', () => {
  it('equals the reference: P(≤ 8) = .3483', () => {
    expectAllClose(poissonBinomial(p), expected.pmf);
    expectClose(poissonBinomialAtMost(p, 8), expected.pAtMostActual);
    expectClose(poissonBinomialAtLeast(p, 8), expected.pAtLeastActual);
    expect(poissonBinomialAtMost(p, 8)).toBeCloseTo(0.3483, 4);
  });

  it('is the plain binomial where all probabilities are one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 19 }), fc.nat(80), (n, twentieth, k) => {
        const chances = new Float64Array(n).fill(twentieth / 20);
        expectClose(poissonBinomialAtMost(chances, k), binomialAtMost(k, n, twentieth / 20));
        expectClose(poissonBinomialAtLeast(chances, k), k <= 0 ? 1 : k > n ? 0 : binomialAtLeast(k, n, twentieth / 20));
      }),
    );
  });

  it('leaves out places far from the mean without changing a digit of the others', () => {
    // 1,500 trials: the chances of no hit, and of all, are too small for a number.
    const chances = Float64Array.from({ length: 1500 }, (_, trial) => (trial % 11) / 10);
    const plain = new Float64Array(chances.length + 1);
    plain[0] = 1;
    for (const [trial, p] of chances.entries()) {
      for (let hits = trial + 1; hits > 0; hits--) plain[hits] = plain[hits]! * (1 - p) + plain[hits - 1]! * p;
      plain[0] = plain[0]! * (1 - p);
    }
    expect([plain[0], plain.at(-1)]).toEqual([0, 0]);
    expect(poissonBinomial(chances)).toEqual(plain);
  });

  it('does not depend on the order of the trials but for the last digits', () => {
    const chances = [0.05, 0.9, 0.4, 1, 0, 0.33];
    expectAllClose(poissonBinomial(chances.toReversed()), poissonBinomial(chances), 1e-14);
  });

  it('goes on beyond the exact range without a step', () => {
    const many = Float64Array.from({ length: MOST_EXACT_TRIALS + 1 }, (_, index) => 0.02 + (index % 10) / 50);
    const fewer = many.subarray(0, MOST_EXACT_TRIALS);
    const mean = many.reduce((sum, chance) => sum + chance, 0);
    for (const away of [-60, -20, 0, 20, 60]) {
      const exact = poissonBinomialAtMost(fewer, mean + away);
      const last = many.at(-1) as number;
      // With one trial more: P(X ≤ k) = (1 − p)·P(X′ ≤ k) + p·P(X′ ≤ k − 1).
      const wanted = (1 - last) * exact + last * poissonBinomialAtMost(fewer, mean + away - 1);
      expect(Math.abs(poissonBinomialAtMost(many, mean + away) - wanted)).toBeLessThan(1e-4);
    }
    const certain = new Float64Array(MOST_EXACT_TRIALS + 1);
    expect(poissonBinomialAtMost(certain, 0)).toBe(1);
  });

  it('holds at its ends, and refuses what is no probability', () => {
    expect([...poissonBinomial([])]).toEqual([1]);
    expect(poissonBinomialAtMost(p, -1)).toBe(0);
    expect(poissonBinomialAtMost(p, 20)).toBe(1);
    expect(poissonBinomialAtLeast(p, 0)).toBe(1);
    expect(poissonBinomialAtLeast(p, 21)).toBe(0);
    expect(() => poissonBinomial([1.5])).toThrow(RangeError);
    expect(() => poissonBinomial([Number.NaN])).toThrow(RangeError);
  });
});
