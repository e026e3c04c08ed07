import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  dayOf,
  dayOfIso,
  daysInMonth,
  isoOf,
  partsOf,
  weekdayOf,
} from '../../../src/dataset/values/calendar.ts';

const anyDay = fc.integer({ min: dayOf(1, 1, 1), max: dayOf(9999, 12, 31) });

describe('calendar days', () => {
  it('counts from 1970-01-01', () => {
    expect([dayOf(1970, 1, 1), dayOf(1970, 1, 2), dayOf(1969, 12, 31), dayOf(2000, 2, 29)]).toEqual([0, 1, -1, 11_016]);
  });

  it('has no day for a date that does not exist', () => {
    for (const [year, month, day] of [
      [2026, 2, 30],
      [2026, 13, 1],
      [2026, 0, 1],
      [2026, 4, 31],
      [1900, 2, 29],
      [0, 1, 1],
    ]) {
      expect(dayOf(year as number, month as number, day as number)).toBeNaN();
    }
    expect(dayOf(2026, 5, Number.NaN)).toBeNaN();
  });

  it('agrees with the platform calendar and turns round', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { year, month, day: dayOfMonth } = partsOf(day);
        expect(dayOf(year, month, dayOfMonth)).toBe(day);
        expect(dayOfIso(isoOf(day))).toBe(day);
        expect(isoOf(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(weekdayOf(day) % 7).toBe(new Date(day * 86_400_000).getUTCDay());
      }),
    );
  });

  it('adds months and stops at the last day', () => {
    const plus = (iso: string, months: number) => isoOf(addMonths(dayOfIso(iso) as number, months));
    expect(plus('2026-01-31', 1)).toBe('2026-02-28');
    expect(plus('2024-01-31', 1)).toBe('2024-02-29');
    expect(plus('2026-03-15', -3)).toBe('2025-12-15');
    expect(plus('2026-12-01', 1)).toBe('2027-01-01');
    expect(daysInMonth(2026, 0)).toBe(0);
  });

  it('reads only whole ISO days', () => {
    expect([dayOfIso('2026-02-30'), dayOfIso('2026-2-3'), dayOfIso('2026-02'), dayOfIso('x2026-02-03')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
