import { PRESENT } from '../dataset.ts';
import type { StageMatch } from '../stage-match.ts';
import { readBooleans } from '../values/booleans.ts';
import { DAY_MILLIS, dayOf } from '../values/calendar.ts';
import { type DateOrder, type DateReading, readDates } from '../values/dates.ts';
import { readNumbers, scanNumbers } from '../values/numbers.ts';
import { type ColumnProfile, rowsWhere } from './column-profile.ts';

/** The texts of a profile, read in every way that a field could want; shares are of its rows. */
export interface ColumnContents {
  readonly profile: ColumnProfile;
  /** One a text, NaN for no number; a percent sign does not make it none. */
  readonly numbers: Float64Array;
  readonly numberShare: number;
  /** Numbers with a currency, thousands separators or a unit such as 万. */
  readonly moneyShare: number;
  readonly percentShare: number;
  /** Day numbers, one a text; null where the texts are no dates. */
  readonly days: Float64Array | null;
  /** Epoch milliseconds, one a text; null where the texts are no dates. */
  readonly millis: Float64Array | null;
  readonly dateShare: number;
  /** Day and month cannot be told apart: to take the column for a date would stop the audit. */
  readonly unordered: boolean;
  readonly booleanShare: number;
  /** One a text: index of its stage, -1 for none. */
  readonly stages: Int16Array;
}

export interface ReadingSettings {
  readonly matchStage: (text: string) => StageMatch;
  readonly orderOfDates: DateOrder | null;
  readonly timezone: string | null;
}

const HAS_DIGIT = /\d|[０-９]/u;
const DIGITS = /^\d+$/;
const SERIAL = /^\d{5}$/;
const PLAIN_NUMBER = /^[-+]?\d+(?:\.\d+)?$/;
const SERIALS_FROM = dayOf(2000, 1, 1);
const SERIALS_TO = dayOf(2050, 1, 1);
/** Above this share of round numbers, five digits are sums of money rather than days since 1900. */
const ROUND_SHARE = 0.3;

type DateContents = Pick<ColumnContents, 'days' | 'millis' | 'dateShare' | 'unordered'>;

const NO_DATES: DateContents = { days: null, millis: null, dateShare: 0, unordered: false };

function allPresent(texts: readonly string[]): Uint8Array {
  return new Uint8Array(texts.length).fill(PRESENT);
}

/** Bare digits are dates only if all of them are of one shape that dates have, and not round. */
function digitsMayBeDates(profile: ColumnProfile, days: Float64Array): boolean {
  const { texts, filled } = profile;
  if (!texts.every((text) => DIGITS.test(text))) return true;
  const serials = rowsWhere(profile, (text) => SERIAL.test(text));
  if (serials === 0) return new Set(texts.map(({ length }) => length)).size === 1;
  const round = rowsWhere(profile, (text) => text.endsWith('0'));
  const near = days.every((day) => day >= SERIALS_FROM && day <= SERIALS_TO);
  return serials === filled && near && round <= filled * ROUND_SHARE;
}

function readDateContents(profile: ColumnProfile, { orderOfDates, timezone }: ReadingSettings): DateContents {
  const { texts, filled } = profile;
  if (filled === 0 || rowsWhere(profile, (text) => HAS_DIGIT.test(text)) < filled / 2) return NO_DATES;
  const read = readDates(texts, allPresent(texts), { order: orderOfDates, timezone });
  if (!('ambiguous' in read)) return settledDates(profile, read, false);
  const assumed = readDates(texts, allPresent(texts), { order: 'DMY', timezone });
  return 'ambiguous' in assumed ? NO_DATES : settledDates(profile, assumed, true);
}

function settledDates(profile: ColumnProfile, { days, millis }: DateReading, unordered: boolean): DateContents {
  const rows = rowsWhere(profile, (_, at) => !Number.isNaN(days[at]));
  if (rows === 0 || !digitsMayBeDates(profile, days)) return NO_DATES;
  return { days, millis: millis ?? days.map((day) => day * DAY_MILLIS), dateShare: rows / profile.filled, unordered };
}

/** Reads the texts of a profile with the readers of cells. */
export function readContents(profile: ColumnProfile, settings: ReadingSettings): ColumnContents {
  const { texts, filled } = profile;
  const scanned = scanNumbers(texts, allPresent(texts));
  const { numbers } = readNumbers(texts, allPresent(texts), 'number');
  const share = (holds: (text: string, at: number) => boolean): number =>
    filled === 0 ? 0 : rowsWhere(profile, holds) / filled;
  const read = Float64Array.from(scanned.percent, (sign, at) =>
    sign === 1 ? (scanned.values[at] as number) : (numbers[at] as number),
  );
  const isNumber = (at: number): boolean => !Number.isNaN(read[at]);
  const booleans = readBooleans(texts, allPresent(texts)).numbers;
  return {
    profile,
    numbers: read,
    numberShare: share((_, at) => isNumber(at)),
    moneyShare: share((text, at) => isNumber(at) && scanned.percent[at] === 0 && !PLAIN_NUMBER.test(text)),
    percentShare: share((_, at) => isNumber(at) && scanned.percent[at] === 1),
    ...readDateContents(profile, settings),
    booleanShare: share((_, at) => !Number.isNaN(booleans[at])),
    stages: Int16Array.from(texts, (text) => settings.matchStage(text).index),
  };
}
