import { DAY_MILLIS, dayOf } from './calendar.ts';

/**
 * Makes a function from epoch milliseconds to the wall clock of a time zone, given as epoch milliseconds too, as if the
 * clock showed UTC. With `null` the clock is UTC.
 * @throws RangeError for an unknown time zone.
 */
export function wallClockOf(timezone: string | null): (utcMillis: number) => number {
  if (timezone === null) return (utcMillis) => utcMillis;
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  const offsetAtStartOf = (day: number): number => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const offset = offsetAt(format, day * DAY_MILLIS);
    offsets.set(day, offset);
    return offset;
  };
  return (utcMillis) => {
    const day = Math.floor(utcMillis / DAY_MILLIS);
    const offset = offsetAtStartOf(day);
    // A day with the same offset at both ends has no clock change inside, so formatting each instant is not needed.
    return utcMillis + (offset === offsetAtStartOf(day + 1) ? offset : offsetAt(format, utcMillis));
  };
}

function offsetAt(format: Intl.DateTimeFormat, utcMillis: number): number {
  const seconds = Math.floor(utcMillis / 1000) * 1000;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(seconds)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return dayOf(year, month, day) * DAY_MILLIS + ((hour * 60 + minute) * 60 + second) * 1000 - seconds;
}
