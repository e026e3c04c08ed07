import { isoOf, partsOf } from '../../dataset/values/calendar.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Period } from '../../ruleset/expression/expression.ts';

/** The month, quarter or year that is running on the as-of day. */
export interface RunningPeriod {
  /** ISO dates of its first and last day. */
  readonly from: string;
  readonly until: string;
  /** `2024-04`, `2024-Q2`, `2024`. */
  readonly label: string;
}

/** A running period with its days as numbers. */
export interface RunningDays {
  readonly period: RunningPeriod;
  readonly fromDay: number;
  readonly untilDay: number;
}

/** Name of the period that begins on a day: `2024-04`, `2024-Q2`, `2024`; weeks by their Monday, `2024-04-01`. */
export function periodLabel(day: number, length: Period): string {
  const { year, month } = partsOf(day);
  if (length === 'week') return isoOf(day);
  if (length === 'year') return String(year);
  return length === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : `${year}-${String(month).padStart(2, '0')}`;
}

/** The running period that forecasts look to the end of: what is forecast by weeks is forecast for the month. */
export function runningPeriod(asOfDay: number, asked: Period): RunningDays {
  const length = asked === 'week' ? 'month' : asked;
  const fromDay = periodStart(asOfDay, length);
  const untilDay = shiftPeriods(fromDay, length, 1) - 1;
  return {
    period: { from: isoOf(fromDay), until: isoOf(untilDay), label: periodLabel(fromDay, length) },
    fromDay,
    untilDay,
  };
}
