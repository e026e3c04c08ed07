import { DAY_MILLIS, dayOf } from './calendar.ts';
import { readPlainDate } from './date-bytes.ts';
import { plainText } from './placeholder.ts';
import { writeAscii } from './text-cursor.ts';
import { readTimeOfDay, type TimeOfDay } from './time-of-day.ts';

/** A date as one text has it. */
export type WrittenDate =
  /** One calendar day, whatever the column says. */
  | { readonly kind: 'day'; readonly day: number; readonly time: TimeOfDay | null }
  /** An instant, from an epoch number. */
  | { readonly kind: 'instant'; readonly utcMillis: number }
  /** Day and month in an order that only the column can tell: `3/5/2026`, `5.3.26`. */
  | {
      readonly kind: 'order';
      readonly first: number;
      readonly second: number;
      readonly third: number;
      readonly shortYear: boolean;
      readonly time: TimeOfDay | null;
    };

const LONGEST = 64;
/** The beginning of a text, `2026-05-01T10:22:33`. */
const HEAD = Buffer.alloc(19);
const EXCEL_EPOCH = -25_569;
const SERIAL_FROM = 20_000;
const SERIAL_TO = 80_000;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');

const SERIAL = /^\d{5}(?:\.\d+)?$/;
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号](.*)$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(.*)$/;
const COMPACT_TIME = /^(\d{8})(\d{2})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(.*)$/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? /;
const DAY_NAME_YEAR = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})(.*)$/;
const NAME_DAY_YEAR = /^([a-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4}|\d{2})(.*)$/;
const YEAR_NAME_DAY = /^(\d{4})[ -]([a-z]{3,9})[ -](\d{1,2})(.*)$/;
const REST = /^(?:,? |t|,)(.+)$/;

/**
 * Reads one date, with or without a time, in any of the usual shapes; null for anything else, for days that do not
 * exist (2026-02-30) and for a mere month (`2026-05`), which names no day.
 */
export function readWrittenDate(text: string): WrittenDate | null {
  if (text.length > LONGEST) return null;
  const iso = text.length > HEAD.length ? readPlainDate(HEAD, 0, writeAscii(text, HEAD)) : Number.NaN;
  const isoTime = Number.isNaN(iso) ? null : readTimeOfDay(text.slice(11).trim().toLowerCase());
  if (isoTime !== null) return { kind: 'day', day: Math.floor(iso / DAY_MILLIS), time: isoTime };
  return readShape(text);
}

function readShape(text: string): WrittenDate | null {
  const plain = plainText(text).toLowerCase().replace(/\s+/g, ' ');
  if (!/^\d/.test(plain)) return readNamedMonth(plain.replace(WEEKDAY, ''));
  return readNumeric(plain) ?? readDigitsOnly(plain) ?? readYearFirst(plain) ?? readNamedMonth(plain);
}

function readDigitsOnly(plain: string): WrittenDate | null {
  if (SERIAL.test(plain)) return readSerial(Number(plain));
  if (!/^\d+$/.test(plain)) return null;
  if (plain.length === 10) return { kind: 'instant', utcMillis: Number(plain) * 1000 };
  if (plain.length === 13) return { kind: 'instant', utcMillis: Number(plain) };
  const match = COMPACT_TIME.exec(plain);
  return match === null ? null : readYearFirst(`${match[1]} ${match[2]}:${match[3]}:${match[4]}`);
}

/** Excel's 1900 date system; the fraction is the time of day, to the second. */
function readSerial(serial: number): WrittenDate | null {
  if (serial < SERIAL_FROM || serial > SERIAL_TO) return null;
  const seconds = Math.round(serial * 86_400);
  const day = Math.floor(seconds / 86_400);
  return {
    kind: 'day',
    day: day + EXCEL_EPOCH,
    time: { millis: (seconds - day * 86_400) * 1000, offsetMinutes: null },
  };
}

function readYearFirst(plain: string): WrittenDate | null {
  const chinese = CHINESE.exec(plain);
  const match = chinese ?? COMPACT.exec(plain);
  if (match === null) return null;
  const [, year, month, day, rest = ''] = match;
  const separated = chinese !== null && rest !== '' && !REST.test(rest) ? ` ${rest}` : rest;
  return dayAndTime(Number(year), Number(month), Number(day), separated);
}

function readNumeric(plain: string): WrittenDate | null {
  const match = NUMERIC.exec(plain);
  if (match === null) return null;
  const [, first = '', , second = '', third = '', rest = ''] = match;
  if (first.length === 4 && third.length <= 2) return dayAndTime(Number(first), Number(second), Number(third), rest);
  if (first.length > 2 || third.length === 1) return null;
  const time = readRest(rest);
  if (time === undefined) return null;
  const shortYear = third.length === 2;
  return { kind: 'order', first: Number(first), second: Number(second), third: Number(third), shortYear, time };
}

function readNamedMonth(plain: string): WrittenDate | null {
  const dayFirst = DAY_NAME_YEAR.exec(plain);
  if (dayFirst !== null) return namedDay(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst[4]);
  const nameFirst = NAME_DAY_YEAR.exec(plain);
  if (nameFirst !== null) return namedDay(nameFirst[3], nameFirst[1], nameFirst[2], nameFirst[4]);
  const yearFirst = YEAR_NAME_DAY.exec(plain);
  return yearFirst === null ? null : namedDay(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst[4]);
}

function namedDay(year = '', name = '', day = '', rest = ''): WrittenDate | null {
  const month = MONTHS.findIndex((full) => full.startsWith(name)) + 1;
  return dayAndTime(year.length === 2 ? fullYear(Number(year)) : Number(year), month, Number(day), rest);
}

function dayAndTime(year: number, month: number, dayOfMonth: number, rest: string): WrittenDate | null {
  const day = dayOf(year, month, dayOfMonth);
  const time = readRest(rest);
  return Number.isNaN(day) || time === undefined ? null : { kind: 'day', day, time };
}

/** What follows the date: null for nothing, undefined for anything that is no time. */
function readRest(rest: string): TimeOfDay | null | undefined {
  if (rest === '') return null;
  const match = REST.exec(rest);
  return match === null ? undefined : (readTimeOfDay((match[1] as string).trim()) ?? undefined);
}

/** Two-digit years: 00–68 are 2000–2068, 69–99 are 1969–1999, as in POSIX. */
export function fullYear(shortYear: number): number {
  return shortYear + (shortYear <= 68 ? 2000 : 1900);
}
