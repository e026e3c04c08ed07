import { type ByteDictionary, codeOfBytes, startByteDictionary } from '../byte-dictionary.ts';
import { textHash } from '../byte-hash.ts';
import type { FormatParts } from '../excel-date.ts';
import type { NumberTexts } from './cell-text.ts';
import type { CellFormats } from './number-formats.ts';
import { addText, startTextStore, type TextStore } from './text-store.ts';
import { wholeNumber } from './xml-token.ts';

/** There is more to say of the cell, or there are more different numbers than are worth to be remembered. */
export const NOT_A_TEXT = -1;
/** The number is its own text, as it is written. */
export const AS_WRITTEN = -2;

/** The numbers of a sheet that do not stand in it as they are shown, each with a text that is made once. */
export interface FormattedNumbers {
  readonly texts: TextStore;
  /** Number of the text among `texts` of what the bytes spell, or one of the answers above. */
  numberOf(bytes: Buffer, start: number, end: number, style: number): number;
}

/** What is known of the numbers of styles that show the same. */
interface Style {
  readonly format: FormatParts;
  readonly isGeneral: boolean;
  /** By day, for dates without a time: one more than the number of its text, 0 where it has not come yet. */
  readonly days: Int32Array;
  readonly written: ByteDictionary;
  /** Number of the text by code of what is written. */
  readonly texts: number[];
}

const MOST_NUMBERS = 1 << 20;
/** Days up to the year 2173. */
const DAYS = 100_000;

/** @param file path for messages */
export function startFormattedNumbers(file: string, formats: CellFormats, numbers: NumberTexts): FormattedNumbers {
  const styles: (Style | null | undefined)[] = [];
  // A workbook may have thousands of styles, of which hardly any differ in what they show of a number.
  const byParts = new Map<string, Style>();
  const styleOf = (format: FormatParts | null): Style | null => {
    if (format === null) return null;
    const { date, time, percent, currency } = format;
    const key = JSON.stringify([date, time, percent, currency]);
    const style = byParts.get(key) ?? startStyle(file, format);
    byParts.set(key, style);
    return style;
  };
  const texts = startTextStore();
  const add = (bytes: Buffer, start: number, end: number, { format }: Style): number => {
    const text = numbers(bytes.toString('latin1', start, end), format);
    if (text === null) return NOT_A_TEXT;
    addText(texts, text);
    return texts.count - 1;
  };
  const numberOfWritten = (bytes: Buffer, start: number, end: number, style: Style): number => {
    if (texts.count >= MOST_NUMBERS) return NOT_A_TEXT;
    const hash = textHash(bytes, start, end);
    const code = codeOfBytes(style.written, bytes, start, end, hash);
    if (code === style.texts.length) style.texts.push(add(bytes, start, end, style));
    return style.texts[code]!;
  };
  return {
    texts,
    numberOf(bytes, start, end, style) {
      while (styles.length <= style) styles.push(undefined);
      if (styles[style] === undefined) styles[style] = styleOf(formats.of(style));
      const known = styles[style]!;
      if (known === null) return NOT_A_TEXT;
      if (known.isGeneral && isShortest(bytes, start, end)) return AS_WRITTEN;
      const day = known.days.length > 0 ? wholeDay(bytes, start, end) : NO_DAY;
      if (day === NO_DAY) return numberOfWritten(bytes, start, end, known);
      if (known.days[day] === 0) known.days[day] = numberOfWritten(bytes, start, end, known) + 1;
      return known.days[day]! - 1;
    },
  };
}

function startStyle(file: string, format: FormatParts): Style {
  const { date, time, percent, currency } = format;
  return {
    format,
    isGeneral: !date && !time && !percent && currency === undefined,
    days: new Int32Array(date && !time ? DAYS : 0),
    written: startByteDictionary(file),
    texts: [],
  };
}

const NO_DAY = -1;
const MOST_DAY_DIGITS = 5;
/** Half a second before midnight is 0.999994. */
const MOST_NINES = 4;

/** The day of a point in time that surely is on it: not right before midnight, which counts as the next one. */
function wholeDay(bytes: Buffer, start: number, end: number): number {
  const point = endOfDigits(bytes, start, end);
  if (point === start || point - start > MOST_DAY_DIGITS) return NO_DAY;
  if (point < end && !isFraction(bytes, point, end)) return NO_DAY;
  let nines = point + 1;
  while (nines < end && bytes[nines] === NINE) nines++;
  return nines - point > MOST_NINES ? NO_DAY : wholeNumber(bytes, start, point);
}

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** Fewer digits than a number holds for sure. */
const MOST_BYTES = 16;

/** True for what is surely written as JavaScript writes it: `12`, `0`, `-0.5`, `1200.75`. */
function isShortest(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] === MINUS ? start + 1 : start;
  const point = endOfDigits(bytes, first, end);
  if (end - start >= MOST_BYTES || point === first) return false;
  const isWhole = point === end;
  if (!isWhole && !isFraction(bytes, point, end)) return false;
  if (bytes[first] !== ZERO) return true;
  // Small fractions are written with an exponent, and zero without a sign.
  return isWhole ? end - start === 1 : point === first + 1 && bytes[point + 1] !== ZERO;
}

/** True for a point with digits behind it, of which the last one counts. */
function isFraction(bytes: Buffer, point: number, end: number): boolean {
  const first = point + 1;
  return bytes[point] === POINT && first < end && endOfDigits(bytes, first, end) === end && bytes[end - 1] !== ZERO;
}

function endOfDigits(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
  return at;
}
