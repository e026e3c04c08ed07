import { describe, expect, it } from 'vitest';
import { dayOfIso, isoOf } from '../../../src/dataset/values/calendar.ts';
import { periodName, periodStart, shiftPeriods } from '../../../src/dataset/values/periods.ts';

describe('periods', () => {
  it.each([
    ['2026-06-01', 'week', '2026-06-01', '2026-05-25'],
    ['2026-05-31', 'week', '2026-05-25', '2026-05-18'],
    ['2026-05-31', 'month', '2026-05-01', '2026-04-01'],
    ['2026-01-15', 'month', '2026-01-01', '2025-12-01'],
    ['2026-06-30', 'quarter', '2026-04-01', '2026-01-01'],
    ['2026-02-01', 'quarter', '2026-01-01', '2025-10-01'],
    ['2026-12-31', 'year', '2026-01-01', '2025-01-01'],
  ] as const)('%s is in the %s of %s, before it %s', (day, period, start, before) => {
    const first = periodStart(dayOfIso(day)!, period);
    expect(isoOf(first)).toBe(start);
    expect(isoOf(shiftPeriods(first, period, -1))).toBe(before);
    expect(shiftPeriods(shiftPeriods(first, period, -5), period, 5)).toBe(first);
  });

  it.each([
    ['2026-11-02', 'week', '2026-11-02'],
    ['2026-11-01', 'month', '2026-11'],
    ['2026-01-01', 'quarter', '2026-Q1'],
    ['2026-10-01', 'quarter', '2026-Q4'],
    ['2026-01-01', 'year', '2026'],
  ] as const)('%s begins the %s of the name %s', (day, period, name) => {
    expect(periodName(dayOfIso(day)!, period)).toBe(name);
  });
});
