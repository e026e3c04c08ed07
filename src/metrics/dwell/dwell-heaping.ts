import { DAY_MILLIS, daysInMonth, partsOf, weekdayOf } from '../../dataset/values/calendar.ts';
import { chiSquareAbove } from '../../stats/chi-square.ts';
import { type Rate, rateOf } from '../rate.ts';

/** Days that have far more changes than their share. */
export interface HeapedDates {
  readonly where: 'weekday' | 'month-end' | 'quarter-end';
  /** ISO: 1 Monday … 7 Sunday; null for the last three days of months or quarters. */
  readonly weekday: number | null;
  /** Changes on these days, bulk edits left out. */
  readonly changes: Rate;
  /** Share they would have if all days were alike. */
  readonly expectedShare: number;
  /** Chi-square, of a share so uneven by chance. */
  readonly pValue: number;
  /** Most changes stand there: the dates say when people update, not when deals move. */
  readonly isMost: boolean;
}

/** Of fewer changes, or a shorter log, nothing is said. */
const LEAST_CHANGES = 50;
const LEAST_DAYS = 60;
const END_DAYS = 3;
const DAYS_OF_YEAR = 365.2425;
const QUARTER_SHARE = (4 * END_DAYS) / DAYS_OF_YEAR;
const OTHER_MONTH_SHARE = (8 * END_DAYS) / DAYS_OF_YEAR;
/** Where fewer changes than this share stand on weekends, the week has five days. */
const WEEKEND_WORKED = 0.1;
const TIMES_EXPECTED = 2;
const CHANCE = 0.001;
const MOST = 0.5;

interface DayCounts {
  readonly changes: number;
  readonly spanDays: number;
  /** From Monday. */
  readonly weekdays: readonly number[];
  readonly quarterEnds: number;
  readonly otherMonthEnds: number;
}

/** Counts runs of one day, as times are in order: the calendar is asked once a day. */
function countDays(times: Float64Array, isLeftOut: (millis: number) => boolean): DayCounts {
  const weekdays = new Array<number>(7).fill(0);
  let [changes, quarterEnds, otherMonthEnds, firstDay, lastDay] = [0, 0, 0, Number.NaN, Number.NaN];
  let isEnd = false;
  let isQuarter = false;
  for (let index = 0; index < times.length; index += 1) {
    if (isLeftOut(times[index]!)) continue;
    const day = Math.floor(times[index]! / DAY_MILLIS);
    if (day !== lastDay) {
      const parts = partsOf(day);
      isEnd = parts.day > daysInMonth(parts.year, parts.month) - END_DAYS;
      isQuarter = parts.month % 3 === 0;
    }
    if (changes === 0) firstDay = day;
    lastDay = day;
    changes += 1;
    weekdays[weekdayOf(day) - 1]! += 1;
    if (isEnd && isQuarter) quarterEnds += 1;
    else if (isEnd) otherMonthEnds += 1;
  }
  return { changes, spanDays: changes === 0 ? 0 : lastDay - firstDay + 1, weekdays, quarterEnds, otherMonthEnds };
}

function heapOf(
  where: HeapedDates['where'],
  weekday: number | null,
  changes: Rate,
  expectedShare: number,
  pValue: number,
): HeapedDates[] {
  const share = changes.value ?? 0;
  if (share < TIMES_EXPECTED * expectedShare || pValue >= CHANCE) return [];
  return [{ where, weekday, changes, expectedShare, pValue, isMost: share >= MOST }];
}

function heapedWeekday({ weekdays, changes }: DayCounts): HeapedDates[] {
  const weekend = weekdays[5]! + weekdays[6]!;
  const days = weekend < WEEKEND_WORKED * changes ? weekdays.slice(0, 5) : weekdays;
  const of = days.reduce((sum, count) => sum + count, 0);
  const even = of / days.length;
  const statistic = days.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
  const most = days.indexOf(Math.max(...days));
  const pValue = chiSquareAbove(statistic, days.length - 1);
  return heapOf('weekday', most + 1, rateOf(days[most]!, of), 1 / days.length, pValue);
}

/** Chi-square of one share against what is expected of it. */
function chanceOf(count: number, of: number, expectedShare: number): number {
  const expected = of * expectedShare;
  return chiSquareAbove((count - expected) ** 2 / (expected * (1 - expectedShare)), 1);
}

/** Month ends, and quarter ends where it is those above all. */
function heapedEnds({ changes, quarterEnds, otherMonthEnds }: DayCounts): HeapedDates[] {
  const monthShare = QUARTER_SHARE + OTHER_MONTH_SHARE;
  const otherShare = OTHER_MONTH_SHARE / (1 - QUARTER_SHARE);
  const others = changes - quarterEnds;
  const isMonthly =
    others > 0 &&
    otherMonthEnds >= TIMES_EXPECTED * otherShare * others &&
    chanceOf(otherMonthEnds, others, otherShare) < CHANCE;
  if (isMonthly) {
    const ends = quarterEnds + otherMonthEnds;
    return heapOf('month-end', null, rateOf(ends, changes), monthShare, chanceOf(ends, changes, monthShare));
  }
  const chance = chanceOf(quarterEnds, changes, QUARTER_SHARE);
  return heapOf('quarter-end', null, rateOf(quarterEnds, changes), QUARTER_SHARE, chance);
}

/**
 * Weekdays and ends of months or quarters with at least twice the changes they would have by an even spread, beyond
 * chance. A short log, or one of few changes, says nothing.
 * @param times of all changes, ascending
 */
export function heapedDates(times: Float64Array, isLeftOut: (millis: number) => boolean): HeapedDates[] {
  const counts = countDays(times, isLeftOut);
  if (counts.changes < LEAST_CHANGES || counts.spanDays < LEAST_DAYS) return [];
  return [...heapedWeekday(counts), ...heapedEnds(counts)];
}
