import { dayOfIso } from '../../dataset/values/calendar.ts';
import { periodName, shiftPeriods } from '../../dataset/values/periods.ts';
import type { WinRatePeriodsResult } from '../../metrics/win/win-rate-periods.ts';

/** Periods that a chart shows: the latest. */
export const MOST_PERIODS = 36;

type Length = WinRatePeriodsResult['length'];

const QUARTER = /^(\d{4})-Q([1-4])$/;

/** First day of the period of a name, as a day number; null for what is no such name. */
function startOf(name: string, length: Length): number | null {
  const [, year, quarter] = QUARTER.exec(name) ?? [];
  if (year !== undefined && quarter !== undefined) {
    return dayOfIso(`${year}-${String(Number(quarter) * 3 - 2).padStart(2, '0')}-01`);
  }
  if (length === 'year') return dayOfIso(`${name}-01-01`);
  return dayOfIso(length === 'month' ? `${name}-01` : name);
}

/**
 * The periods up to the last of some, those in which nothing happened among them: a gap on the axis would hide them.
 * At most the latest 36; the names themselves where they are no names of periods.
 */
export function periodsUpTo(names: readonly string[], length: Length): readonly string[] {
  const known = [...new Set(names)].sort();
  const first = startOf(known[0] ?? '', length);
  const last = startOf(known.at(-1) ?? '', length);
  if (first === null || last === null) return known.slice(-MOST_PERIODS);
  const periods: string[] = [];
  for (let start = last; start >= first && periods.length < MOST_PERIODS; start = shiftPeriods(start, length, -1)) {
    periods.unshift(periodName(start, length));
  }
  return periods;
}
