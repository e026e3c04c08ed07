import type { FormatParts } from '../excel-date.ts';

const ISO = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:(?:^|[T ])(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/**
 * Text of a cell that holds its date as ISO text, in the parts that its format shows, or all it has when the format
 * shows none. The time is the one written down, in whatever zone. Null for what is no date or time.
 */
export function isoDateText(text: string, { date, time }: FormatParts): string | null {
  const [, year, month, day, hours, minutes, seconds = '00'] = ISO.exec(text.trim()) ?? [];
  if (year === undefined && hours === undefined) return null;
  if (year !== undefined && !isDay(Number(year), Number(month), Number(day))) return null;
  if (hours !== undefined && !isTime(Number(hours), Number(minutes), Number(seconds))) return null;
  const clock = hours === undefined ? '00:00:00' : `${hours}:${minutes}:${seconds}`;
  if (year === undefined) return clock;
  const any = date || time;
  const showsTime = any ? time : hours !== undefined;
  if (any && !date) return clock;
  return showsTime ? `${year}-${month}-${day}T${clock}` : `${year}-${month}-${day}`;
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isTime(hours: number, minutes: number, seconds: number): boolean {
  return hours < 24 && minutes < 60 && seconds < 60;
}
