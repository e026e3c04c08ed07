import type { FormatParts } from '../excel-date.ts';
import { percentText } from '../excel-date.ts';
import { namedFormatParts } from '../named-formats.ts';
import { numberText } from '../workbook/cell-text.ts';

/** A line break of a cell, in the text that is collected of it. */
export const BREAK = '\n';

/** Text as a page has it: what is blank in the source is one blank. */
export function sourceText(text: string): string {
  return text.replace(/[ \t\n\r\f]+/g, ' ');
}

/** Text of a cell as a browser shows it, from what `sourceText` and line breaks gave. */
export function shownText(pieces: readonly string[]): string {
  const joined = pieces.length === 1 ? (pieces[0] as string) : pieces.join('').replace(/ {2,}/g, ' ');
  return joined
    .replace(/ ?\n[ \n]*/g, BREAK)
    .replaceAll('\u00a0', ' ')
    .trim();
}

/** What a cell of a page that Excel saved says of its value. */
export interface CellValue {
  /** Full value of a number, '' where it is what is shown, null for a cell that is none. */
  readonly number: string | null;
  /** Null where it is not known. */
  readonly format: FormatParts | null;
}

const PLAIN: FormatParts = { date: false, time: false, percent: false };
const SHOWN_NUMBER = /^[-+(]*\s*[$€£¥￥]?\s*[-+(]*[\d.,\s]+(?:e[-+]?\d+)?\s*%?\)?\s*$/i;

/** Text of a cell that Excel saved: its full value where that is a number, else as shown. */
export function savedText(shown: string, { number, format }: CellValue, date1904: boolean): string {
  if (number === null || number === '' || shown.length > 100) return shown;
  if (format !== null) return numberText(number, format, date1904) ?? shown;
  if (!SHOWN_NUMBER.test(shown)) return shown;
  if (shown.includes('%')) return Number.isFinite(Number(number)) ? percentText(Number(number)) : shown;
  return numberText(number, PLAIN, date1904) ?? shown;
}

const FORMAT = /mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;]*)/i;
const ESCAPE = /\\(?:([0-9a-f]{1,6}) ?|(.))/gi;
const LONGEST_STYLE = 4096;

/** The number format among style declarations, null when there is none. */
export function styleFormat(style: string): FormatParts | null {
  const written = FORMAT.exec(style.slice(0, LONGEST_STYLE))?.[1]?.trim();
  if (written === undefined) return null;
  const code = written.replace(/^["']|["']$/g, '').replace(ESCAPE, (_, hexadecimal?: string, other?: string) => {
    if (hexadecimal === undefined) return other ?? '';
    const character = Number.parseInt(hexadecimal, 16);
    return character > 0 && character < 0x110000 ? String.fromCodePoint(character) : '';
  });
  return namedFormatParts(code);
}

const LONGEST_STYLES = 2 ** 20;

/** The number formats of the classes in a style sheet. */
export function classFormats(styles: string): ReadonlyMap<string, FormatParts> {
  const formats = new Map<string, FormatParts>();
  for (const rule of styles.slice(0, LONGEST_STYLES).split('}')) {
    const open = rule.indexOf('{');
    const format = open === -1 ? null : styleFormat(rule.slice(open + 1));
    if (format === null) continue;
    const name = /\.([\w-]{1,100})\s*$/.exec(rule.slice(Math.max(0, open - 200), open))?.[1];
    if (name !== undefined) formats.set(name.toLowerCase(), format);
  }
  return formats;
}
