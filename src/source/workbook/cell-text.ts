import { type FormatParts, percentText, serialDateText } from '../excel-date.ts';
import { type DateTexts, startDateTexts } from './date-texts.ts';
import { isoDateText } from './iso-date.ts';

/** Day after 9999-12-31 in the 1900 and the 1904 system. */
const END_OF_DAYS_1900 = 2_958_466;
const END_OF_DAYS_1904 = 2_957_004;

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
/** A number of at most 15 digits that is written as JavaScript writes it; nothing has to be computed for most cells. */
const SHORTEST = /^-?(?:[1-9]\d{0,14}|0(?=\.0{0,4}[1-9])|0$)(?:\.\d{0,13}[1-9])?$/;
const LONGEST_SHORTEST = 16;

/**
 * Text of a number as its CSV would have it: the shortest decimal, `60%`, `$5` or an ISO date or time.
 * Null for what is no number, and for a date before the first or after the last that a workbook can show.
 */
export function numberText(
  text: string,
  format: FormatParts,
  date1904: boolean,
  dateText: DateTexts = serialDateText,
): string | null {
  const { date, time, percent, currency } = format;
  if (isPlain(format) && text.length <= LONGEST_SHORTEST && text !== '-0' && SHORTEST.test(text)) return text;
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!Number.isFinite(value)) return null;
  if (date || time) {
    const isDate = value >= 0 && value < (date1904 ? END_OF_DAYS_1904 : END_OF_DAYS_1900);
    return isDate ? dateText(value, date1904, format) : null;
  }
  if (percent) return percentText(value);
  return currency === undefined ? String(value) : moneyText(value, currency);
}

/** `$1000`, `-€5`, `USD 12.5`: as people write it, so that it is read as an amount of that currency. */
function moneyText(value: number, currency: string): string {
  const sign = value < 0 ? '-' : '';
  const gap = /[A-Z]$/.test(currency) ? ' ' : '';
  return `${sign}${currency}${gap}${Math.abs(value)}`;
}

/** Text of a boolean, null for what is none. */
function booleanText(text: string): string | null {
  const value = text.trim().toLowerCase();
  if (value === '1' || value === 'true') return 'TRUE';
  return value === '0' || value === 'false' ? 'FALSE' : null;
}

/** Text of a value of type `b`, `d` or `e`, null for one that is not of its type, or of no known type. */
export function otherText(type: string, value: string, format: FormatParts): string | null {
  if (type === 'b') return booleanText(value);
  if (type === 'd') return isoDateText(value, format);
  return type === 'e' ? value : null;
}

/** The same as `numberText`, for one workbook. */
export type NumberTexts = (text: string, format: FormatParts) => string | null;

/** Percentages and times of a sheet are few and computed at some cost. */
const MOST_KNOWN_TEXTS = 10_000;

export function startNumberTexts(date1904: boolean): NumberTexts {
  const known = new Map<FormatParts, Map<string, string | null>>();
  const dateText = startDateTexts();
  return (text, format) => {
    if (isPlain(format) || format.date) return numberText(text, format, date1904, dateText);
    const texts = known.get(format) ?? new Map<string, string | null>();
    known.set(format, texts);
    const found = texts.get(text);
    if (found !== undefined) return found;
    const made = numberText(text, format, date1904);
    if (texts.size < MOST_KNOWN_TEXTS) texts.set(text, made);
    return made;
  };
}

function isPlain({ date, time, percent, currency }: FormatParts): boolean {
  return !date && !time && !percent && currency === undefined;
}
