import { areUnitsOf, hashOfAscii } from '../text/code-units.ts';
import type { NumberTexts } from './cell-text.ts';
import type { CellFormats } from './number-formats.ts';

/**
 * Text of the number that ASCII bytes spell in a cell of a style; null when there is something to tell of the cell.
 */
export type NumberCells = (bytes: Buffer, start: number, end: number, style: number) => string | null;

/** A power of two. Dates, percentages and small numbers come again and again, sums of money do not. */
const SLOTS = 16_384;
const STYLE_FACTOR = 0x9e3779b1;

/** Numbers of a sheet seen last, as they are written and as text. */
export function startNumberCells(formats: CellFormats, numbers: NumberTexts): NumberCells {
  const written = new Array<string>(SLOTS).fill('');
  const styles = new Int32Array(SLOTS);
  const texts = new Array<string>(SLOTS).fill('');
  return (bytes, start, end, style) => {
    const slot = (hashOfAscii(bytes, start, end) ^ Math.imul(style, STYLE_FACTOR)) & (SLOTS - 1);
    if (styles[slot] === style && areUnitsOf(written[slot]!, bytes, start, end)) return texts[slot]!;
    const format = formats.of(style);
    if (format === null) return null;
    const value = bytes.toString('latin1', start, end);
    const text = numbers(value, format);
    if (text === null) return null;
    written[slot] = value;
    styles[slot] = style;
    texts[slot] = text;
    return text;
  };
}
