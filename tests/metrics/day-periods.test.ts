import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodStart } from '../../src/dataset/values/periods.ts';
import { periodsOfDays } from '../../src/metrics/day-periods.ts';

const PERIODS = ['week', 'month', 'quarter', 'year'] as const;
/** Usual days, days long before 1900 and after 2100, times of day, and unknown days. */
const day = fc.oneof(
  fc.integer({ min: 19_000, max: 20_800 }),
  fc.integer({ min: -700_000, max: 2_900_000 }),
  fc.integer({ min: 76_000, max: 84_000 }).map((quarters) => quarters / 4),
  fc.constant(Number.NaN),
);

describe('periodsOfDays', () => {
  it('finds the period of each day from one on to before another', () => {
    fc.assert(
      fc.property(
        fc.array(day),
        fc.constantFrom(...PERIODS),
        fc.integer({ min: 18_000, max: 21_000 }),
        (days, period, from) => {
          const until = from + 900;
          const { starts, indexOf } = periodsOfDays(Float64Array.from(days), period, from, until);
          const expected = days.map((each) => (each >= from && each < until ? periodStart(each, period) : null));
          expect(Array.from(indexOf, (index) => starts[index] ?? null)).toEqual(expected);
          const found = expected.filter((start) => start !== null);
          expect(starts).toEqual([...new Set(found)].toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('takes all known days where no limits are given', () => {
    const { starts, indexOf } = periodsOfDays(Float64Array.of(0, Number.NaN, -1, 40), 'month');
    expect(starts).toEqual([-31, 0, 31]);
    expect(Array.from(indexOf)).toEqual([1, -1, 0, 2]);
  });
});
