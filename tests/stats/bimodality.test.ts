import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bimodalityCoefficient, lowerGroupSize, UNIFORM_BIMODALITY } from '../../src/stats/bimodality.ts';

describe("Sarle's bimodality coefficient", () => {
  it('is 56/99 for five zeros and five ones', () => {
    // By hand: skewness 0; Σz⁴ = 10 · 0.9² = 8.1; k + correction = 110 ÷ 504 · 8.1 = 99 ÷ 56.
    const values = Float64Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    expect(bimodalityCoefficient(values)).toBeCloseTo(56 / 99, 12);
  });

  it('counts skewness towards two peaks', () => {
    // By hand, 0 0 0 4: mean 1, s² = 4, z = −½ −½ −½ 3⁄2; skewness 4 ÷ 6 · 3 = 2; Σz⁴ = 5.25, of which 20 ÷ 6 is 17.5.
    expect(bimodalityCoefficient(Float64Array.of(0, 0, 0, 4))).toBeCloseTo(5 / 17.5, 12);
  });

  it('is unknown for few values, and for values that are all alike', () => {
    expect(bimodalityCoefficient(Float64Array.of(1, 2, 9))).toBeNull();
    expect(bimodalityCoefficient(new Float64Array(50).fill(3))).toBeNull();
  });

  it('does not change with the unit', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 90 }), (sample, factor) => {
        const coefficient = bimodalityCoefficient(Float64Array.from(sample));
        const scaled = bimodalityCoefficient(Float64Array.from(sample, (value) => value * factor + 7));
        if (coefficient === null) expect(scaled).toBeNull();
        else expect(scaled).toBeCloseTo(coefficient, 6);
      }),
    );
  });

  it('tells one heap of durations from two, on a logarithmic scale', () => {
    // A fixed sequence: Lehmer's generator, Box and Muller.
    let seed = 20_260_601;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const shareFound = (draw: () => number): number => {
      const rounds = 300;
      let found = 0;
      for (let round = 0; round < rounds; round++) {
        const logs = Float64Array.from({ length: 100 }, () => Math.log(draw()));
        if ((bimodalityCoefficient(logs) ?? 0) > UNIFORM_BIMODALITY) found++;
      }
      return found / rounds;
    };
    expect(shareFound(() => -10 * Math.log(random()))).toBeLessThan(0.08);
    expect(shareFound(() => 10 * Math.exp(normal()))).toBeLessThan(0.02);
    expect(shareFound(() => (random() < 0.5 ? 2 : 20) * Math.exp(0.5 * normal()))).toBeGreaterThan(0.85);
  });
});

describe('two groups', () => {
  it('part where the values lie nearest to the means of their groups', () => {
    expect(lowerGroupSize(Float64Array.of(1, 2, 3, 28, 31))).toBe(3);
    expect(lowerGroupSize(Float64Array.of(1, 50, 51, 52))).toBe(1);
    expect(lowerGroupSize(Float64Array.of(5, 5, 5))).toBe(0);
    expect(lowerGroupSize(new Float64Array(0))).toBe(0);
  });

  it('leave no less within the groups than any other cut', () => {
    const within = (values: readonly number[]): number => {
      const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    };
    const sample = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(sample, (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        const size = lowerGroupSize(Float64Array.from(sorted));
        // Values that are all alike make one group.
        expect(size === 0).toBe(new Set(sorted).size === 1);
        const cut = (at: number): number => within(sorted.slice(0, at)) + within(sorted.slice(at));
        for (let at = 1; size > 0 && at < sorted.length; at++) expect(cut(size)).toBeLessThanOrEqual(cut(at) + 1e-6);
      }),
      { examples: [[[100, 100]]] },
    );
  });
});
