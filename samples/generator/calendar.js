/** Points in time are epoch milliseconds that read as the wall clock of the CRM; no clock is ever asked. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The day the samples are audited as of, a Sunday. */
export const AS_OF = '2026-11-01';
export const AS_OF_MILLIS = Date.UTC(2026, 10, 1);
/** When the files were exported: the evening of the last working day before. */
export const EXPORTED = Date.UTC(2026, 9, 30, 18, 5, 22);

const two = (number) => String(number).padStart(2, '0');

/** Start of the day of a point in time. */
export const dayOf = (millis) => Math.floor(millis / DAY) * DAY;

/** 0 is Sunday. */
const weekday = (millis) => new Date(millis).getUTCDay();

/** `2026-05-01` */
export function isoDay(millis) {
  const date = new Date(millis);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** `2026-05-01 14:03` */
export function isoMinute(millis) {
  const date = new Date(millis);
  return `${isoDay(millis)} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `2026-05-01 14:03:27` */
export const isoSecond = (millis) => `${isoMinute(millis)}:${two(new Date(millis).getUTCSeconds())}`;

/** `5/1/2026` */
export function usDay(millis) {
  const date = new Date(millis);
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
}

/** `2026年5月1日` */
export function chineseDay(millis) {
  const date = new Date(millis);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

/** `2026Q2` */
export function quarterOf(millis) {
  const date = new Date(millis);
  return `${date.getUTCFullYear()}Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/** A time within working hours on the same day, or on the Monday after a weekend. */
export function workingTime(millis, chance) {
  let day = dayOf(millis);
  if (weekday(day) === 6) day += 2 * DAY;
  else if (weekday(day) === 0) day += DAY;
  return day + chance.integer(8 * 60 + 30, 17 * 60 + 45) * MINUTE + chance.integer(0, 59) * 1000;
}

/** The last working day of the quarter when it is near, since that is when deals get signed; else the time itself. */
export function pulledToQuarterEnd(millis, days) {
  const date = new Date(millis);
  const nextQuarter = Date.UTC(date.getUTCFullYear(), (Math.floor(date.getUTCMonth() / 3) + 1) * 3, 1);
  let last = nextQuarter - DAY;
  while (weekday(last) === 0 || weekday(last) === 6) last -= DAY;
  return last > millis && last - millis <= days * DAY ? last + (millis % DAY) : millis;
}
