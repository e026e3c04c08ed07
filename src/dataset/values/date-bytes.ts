import { DAY_MILLIS, dayOf } from './calendar.ts';

const DATE_LENGTH = 10;
const MINUTE_LENGTH = 16;
const SECOND_LENGTH = 19;
const ZERO = 48;
const COLON = 58;
/** More than any part of a date is; an integer, which is computed with faster than NaN. */
const NO_PAIR = 1_000_000;

/**
 * The commonest shapes of a date by their bytes, from `start` to before `end`: `2026-05-01`, also with `/` or `.`, and
 * ` 10:22`, `T10:22:33` behind it. Wall clock as epoch milliseconds; NaN for every other text, which then needs
 * `readWrittenDate`.
 */
export function readPlainDate(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length !== DATE_LENGTH && length !== MINUTE_LENGTH && length !== SECOND_LENGTH) return Number.NaN;
  const mark = bytes[start + 4]!;
  if ((mark !== 45 && mark !== 47 && mark !== 46) || bytes[start + 7] !== mark) return Number.NaN;
  const year = pair(bytes, start) * 100 + pair(bytes, start + 2);
  const day = dayOf(year, pair(bytes, start + 5), pair(bytes, start + 8));
  return day * DAY_MILLIS + (length === DATE_LENGTH ? 0 : plainTime(bytes, start + DATE_LENGTH, length));
}

/** Milliseconds since midnight of ` 10:22` or `T10:22:33`, NaN for no such time. */
function plainTime(bytes: Uint8Array, start: number, length: number): number {
  const mark = bytes[start];
  if ((mark !== 32 && mark !== 84) || bytes[start + 3] !== COLON) return Number.NaN;
  const hasSeconds = length === SECOND_LENGTH;
  if (hasSeconds && bytes[start + 6] !== COLON) return Number.NaN;
  const hour = pair(bytes, start + 1);
  const minute = pair(bytes, start + 4);
  const second = hasSeconds ? pair(bytes, start + 7) : 0;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Two digits as a number, `NO_PAIR` where one is none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const units = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : NO_PAIR;
}
