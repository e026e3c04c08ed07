import type { WorkingDays } from '../ruleset/ruleset.ts';
import { weekdayOf } from './values/calendar.ts';

const DAYS_OF_WEEK = 7;
const WORKED_OF_WEEK = 5;
/** 1970-01-05, a Monday: whole weeks are counted from here. */
const FIRST_MONDAY = 4;

/** Working days before an instant, given as a day number with the time of day as its fraction. */
export type WorkingDayCount = (day: number) => number;

/** How many of the ascending days are before `day`. */
function countBefore(days: Float64Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as number) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ascending(days: ReadonlySet<number>): Float64Array {
  return Float64Array.from(days).sort();
}

/**
 * Counts working days, Monday to Friday but for the days listed, from one fixed Monday: a stay has as many as the count
 * at its end is higher than at its start, of a day worked in part that part. A day that is listed both as off and as
 * worked is worked. By formula and two binary searches, so that dates any distance apart cost the same.
 */
export function workingDayCount({ holidays, workdays }: WorkingDays): WorkingDayCount {
  const isWeekend = (day: number): boolean => weekdayOf(day) > WORKED_OF_WEEK;
  const worked = new Set(workdays);
  const off = ascending(new Set(holidays.filter((day) => !isWeekend(day) && !worked.has(day))));
  const added = ascending(new Set(workdays.filter(isWeekend)));
  const before = (day: number): number => {
    const weeks = Math.floor((day - FIRST_MONDAY) / DAYS_OF_WEEK);
    const rest = day - FIRST_MONDAY - weeks * DAYS_OF_WEEK;
    const usual = weeks * WORKED_OF_WEEK + Math.min(rest, WORKED_OF_WEEK);
    return usual - countBefore(off, day) + countBefore(added, day);
  };
  return (instant) => {
    const day = Math.floor(instant);
    const count = before(day);
    // Exact zeros and whole numbers, where a difference of sums would leave its rounding behind.
    return day === instant ? count : count + (before(day + 1) - count) * (instant - day);
  };
}
