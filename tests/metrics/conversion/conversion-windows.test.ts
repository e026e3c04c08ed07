import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualWindow } from '../../../src/metrics/conversion/cohort-rates.ts';
import { CAUSE } from '../../../src/metrics/conversion/conversion-cohorts.ts';
import { inOrderOfDays, quantileOfMany } from '../../../src/metrics/conversion/day-buckets.ts';
import { quantile } from '../../../src/stats/quantile.ts';

const SIZE = 6_000;
const durations = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
    whole: fc.boolean(),
    spread: fc.integer({ min: 1, max: 400 }),
  })
  .map(({ seed, whole, spread }) => {
    let state = seed;
    return Float64Array.from({ length: SIZE }, () => {
      // Park and Miller's generator: the values depend on the seed alone.
      state = (state * 48_271) % 2_147_483_647;
      const days = (state / 2_147_483_647) ** 3 * spread;
      return whole ? Math.floor(days) : days;
    });
  });

describe('durations by day', () => {
  it('have the quantiles that sorting all of them gives', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (days, probability) => {
        expect(quantileOfMany(days, probability)).toBe(quantile(days, probability));
        expect(quantileOfMany(days, 0.9)).toBe(quantile(days, 0.9));
      }),
      { numRuns: 40 },
    );
  });

  it('keep each duration with its cause', () => {
    fc.assert(
      fc.property(durations, (days) => {
        const causes = Uint8Array.from(days, (value) => Math.floor(value * 7) % 3);
        const ordered = inOrderOfDays(days, causes);
        expect(Float64Array.from(ordered.days).sort()).toEqual(Float64Array.from(days).sort());
        for (let index = 0; index < SIZE; index += 1) {
          if (ordered.causes[index] !== Math.floor(ordered.days[index]! * 7) % 3) throw new Error('a cause has moved');
          if (index > 0 && Math.floor(ordered.days[index]!) < Math.floor(ordered.days[index - 1]!)) {
            throw new Error('a day is out of order');
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('the usual window', () => {
  const cohortOf = (days: readonly number[], causes: readonly number[]) => ({
    deal: Int32Array.from(days.keys()),
    eventDays: Float64Array.from(days),
    cause: Uint8Array.from(causes),
    followUpDays: Float64Array.from(days),
  });

  it('is the 90th percentile of the days to advance, rounded up, whatever the others took', () => {
    // Of 1, 2, … 11 the 90th percentile of type 7 is the tenth value; the lost deal is no part of it.
    const days = [...Array.from({ length: 11 }, (_, index) => index + 1), 400];
    const causes = [...Array.from({ length: 11 }, () => CAUSE.advanced), CAUSE.lost];
    expect(usualWindow(cohortOf(days, causes))).toBe(10);
  });

  it('is unknown where no deal ever advanced', () => {
    expect(usualWindow(cohortOf([5, 9], [CAUSE.lost, CAUSE.pending]))).toBeNull();
  });

  it('is the same for ten thousand deals as the percentile says', () => {
    const days = Array.from({ length: 10_001 }, (_, index) => index / 100);
    expect(
      usualWindow(
        cohortOf(
          days,
          Array.from(days, () => CAUSE.advanced),
        ),
      ),
    ).toBe(90);
  });
});
