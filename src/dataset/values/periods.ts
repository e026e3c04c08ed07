import type { Period } from '../../ruleset/expression/expression.ts';
import { addMonths, dayOf, isoOf, partsOf, weekdayOf } from './calendar.ts';

const MONTHS: Readonly<Record<Exclude<Period, 'week'>, number>> = { month: 1, quarter: 3, year: 12 };

/** First day of the period a day belongs to: weeks begin on Monday, quarters and years with the calendar. */
export function periodStart(day: number, period: Period): number {
  if (period === 'week') return day - weekdayOf(day) + 1;
  const { year, month } = partsOf(day);
  return dayOf(year, month - ((month - 1) % MONTHS[period]), 1);
}

/** Name of the period that begins on a day: `2026-11`, `2026-Q4`, `2026`, and of a week its first day, `2026-11-02`. */
export function periodName(startDay: number, period: Period): string {
  if (period === 'week') return isoOf(startDay);
  const { year, month } = partsOf(startDay);
  if (period === 'year') return String(year);
  return period === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : `${year}-${String(month).padStart(2, '0')}`;
}

/** First day of the period some periods later (earlier, if negative) than the one that begins on `start`. */
export function shiftPeriods(start: number, period: Period, periods: number): number {
  return period === 'week' ? start + 7 * periods : addMonths(start, MONTHS[period] * periods);
}
