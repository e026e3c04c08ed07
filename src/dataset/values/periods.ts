import type { Period } from '../../ruleset/expression/expression.ts';
import { addMonths, dayOf, partsOf, weekdayOf } from './calendar.ts';

const MONTHS: Readonly<Record<Exclude<Period, 'week'>, number>> = { month: 1, quarter: 3, year: 12 };

/** First day of the period a day belongs to: weeks begin on Monday, quarters and years with the calendar. */
export function periodStart(day: number, period: Period): number {
  if (period === 'week') return day - weekdayOf(day) + 1;
  const { year, month } = partsOf(day);
  return dayOf(year, month - ((month - 1) % MONTHS[period]), 1);
}

/** First day of the period some periods later (earlier, if negative) than the one that begins on `start`. */
export function shiftPeriods(start: number, period: Period, periods: number): number {
  return period === 'week' ? start + 7 * periods : addMonths(start, MONTHS[period] * periods);
}
