import { dayOf } from '../dataset/values/calendar.ts';
import { periodStart } from '../dataset/values/periods.ts';
import type { Period } from '../ruleset/expression/expression.ts';

/** The periods that some days lie in. */
export interface DayPeriods {
  /** Their first days, in order of time. */
  readonly starts: readonly number[];
  /** One a day: index into `starts`, -1 for days that are not asked for. */
  readonly indexOf: Int32Array;
}

/** Days that are looked up in a table; the few others there may be take a map. */
export const FIRST_DAY = dayOf(1900, 1, 1);
export const USUAL_DAYS = dayOf(2100, 1, 1) - FIRST_DAY;
const SEEN = 1;

function isUsual(place: number): boolean {
  return place >= 0 && place < USUAL_DAYS && Math.floor(place) === place;
}

/**
 * The period of each day from one on to before another: days repeat, and to tell the period of one takes the calendar.
 * Unknown days (NaN) are in none.
 */
export function periodsOfDays(
  days: Float64Array,
  period: Period,
  fromDay = Number.NEGATIVE_INFINITY,
  untilDay = Number.POSITIVE_INFINITY,
): DayPeriods {
  const numberOf = new Int32Array(USUAL_DAYS);
  const others = new Map<number, number>();
  for (let index = 0; index < days.length; index += 1) {
    const day = days[index]!;
    if (!(day >= fromDay && day < untilDay)) continue;
    if (isUsual(day - FIRST_DAY)) numberOf[day - FIRST_DAY] = SEEN;
    else others.set(day, 0);
  }
  const starts = numberDays(numberOf, others, period);
  const indexOf = new Int32Array(days.length);
  for (let index = 0; index < days.length; index += 1) {
    const day = days[index]!;
    const isAsked = day >= fromDay && day < untilDay;
    if (!isAsked) indexOf[index] = -1;
    else indexOf[index] = isUsual(day - FIRST_DAY) ? numberOf[day - FIRST_DAY]! : others.get(day)!;
  }
  return { starts, indexOf };
}

/** Puts the number of its period in the place of each day that was seen; the first days of the periods in order. */
function numberDays(numberOf: Int32Array, others: Map<number, number>, period: Period): number[] {
  const startOfDay = new Map([...others.keys()].map((day) => [day, periodStart(day, period)]));
  for (let place = numberOf.indexOf(SEEN); place >= 0; place = numberOf.indexOf(SEEN, place + 1)) {
    startOfDay.set(place + FIRST_DAY, periodStart(place + FIRST_DAY, period));
  }
  const starts = [...new Set(startOfDay.values())].sort((a, b) => a - b);
  const numberOfStart = new Map(starts.map((start, number) => [start, number]));
  for (const [day, start] of startOfDay) {
    const number = numberOfStart.get(start)!;
    if (others.has(day)) others.set(day, number);
    else numberOf[day - FIRST_DAY] = number;
  }
  return starts;
}
