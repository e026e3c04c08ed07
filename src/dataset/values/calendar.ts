/** A calendar day: month 1–12, day 1–31. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Milliseconds of a day. */
export const DAY_MILLIS = 86_400_000;

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days of a common year before each month. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days from the day before 0001-01-01 to 1970-01-01. */
const FIRST_DAY = 719_163;

/** Days in a month of the Gregorian calendar; 0 for a month outside 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return MONTH_LENGTHS[month - 1] ?? 0;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * Days from 1970-01-01 to a day of the proleptic Gregorian calendar, NaN for a day that does not exist (2026-02-30) or
 * a year outside 1–9999.
 */
export function dayOf(year: number, month: number, day: number): number {
  if (!(year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN;
  const leapYear = month <= 2 ? year - 1 : year;
  // Cut off and not rounded down: integers are divided faster than fractions.
  const leapDays = ((leapYear / 4) | 0) - ((leapYear / 100) | 0) + ((leapYear / 400) | 0);
  return (year - 1) * 365 + leapDays + DAYS_BEFORE[month - 1]! + day - FIRST_DAY;
}

/**
 * The calendar day of a day number. Formula: Howard Hinnant, chrono-compatible low-level date algorithms,
 * `civil_from_days`.
 */
export function partsOf(day: number): CalendarDay {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** `2026-05-01`, or `2026-05-01 16:04` where the day number has a time of day as its fraction. */
export function dateTextOf(day: number): string {
  const whole = Math.floor(day);
  const minutes = Math.floor(Math.round((day - whole) * DAY_MILLIS) / 60_000);
  if (minutes === 0) return isoOf(whole);
  return `${isoOf(whole)} ${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** `2026-05-01`. */
export function isoOf(day: number): string {
  const { year, month, day: dayOfMonth } = partsOf(day);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** Day number of `2026-05-01`; null for any other text and for a day that does not exist. */
export function dayOfIso(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return Number.isNaN(day) ? null : day;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The same day some months later or earlier; the last of the month where that day does not exist there. */
export function addMonths(day: number, months: number): number {
  const parts = partsOf(day);
  const index = parts.year * 12 + (parts.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return dayOf(year, month, Math.min(parts.day, daysInMonth(year, month)));
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
