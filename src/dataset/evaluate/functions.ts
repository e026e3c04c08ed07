import type { FunctionName } from '../../ruleset/expression/expression.ts';
import { partsOf } from '../values/calendar.ts';

function roundHalfAwayFromZero(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

/** Mondays to Fridays from a day up to another, without the first. */
export function weekdaysBetween(from: number, to: number): number {
  return weekdaysUpTo(to) - weekdaysUpTo(from);
}

/** Mondays to Fridays from a fixed Monday up to and with the day. Day 0, 1970-01-01, was a Thursday. */
function weekdaysUpTo(day: number): number {
  const sinceMonday = day + 4;
  const weeks = Math.floor(sinceMonday / 7);
  return weeks * 5 + Math.min(sinceMonday - weeks * 7, 5);
}

/** Functions of one number; each yields NaN for NaN. */
export const NUMBER_FUNCTIONS: Readonly<Partial<Record<FunctionName, (value: number) => number>>> = {
  abs: Math.abs,
  round: roundHalfAwayFromZero,
  days: (duration) => duration,
  month: (day) => partsOf(day).month,
  quarter: (day) => Math.floor((partsOf(day).month + 2) / 3),
  year: (day) => partsOf(day).year,
};

/** Functions of one text. */
export const TEXT_FUNCTIONS: Readonly<Partial<Record<FunctionName, (text: string) => string>>> = {
  lower: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
};

/** Characters of a text; one outside the basic plane counts once. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let unit = 0; unit < text.length; unit += 1) {
    const code = text.charCodeAt(unit);
    const isSecondHalf = code >= 0xdc00 && code <= 0xdfff;
    if (!isSecondHalf) length += 1;
  }
  return length;
}
