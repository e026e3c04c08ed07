import { cellName } from '../cell-name.ts';
import type { FormatParts } from '../excel-date.ts';
import { type NumberTexts, startNumberTexts } from '../workbook/cell-text.ts';
import { count, type SheetTallies } from '../workbook/sheet-notices.ts';
import type { Book } from './book.ts';
import { needBytes, nextRecord, type Records } from './records.ts';
import { contentOf, readByteText, readUnicodeText, readWord } from './texts.ts';

/** Receives the cells of a sheet as they stand in the file. */
export type TakeCell = (row: number, column: number, text: string) => void;

/** Records of cells by type; those of version 2 have three bytes of looks where others have the number of a style. */
type CellRecord = 'integer' | 'number' | 'text' | 'boolean' | 'formula' | 'short' | 'shorts' | 'shared';
const CELLS: ReadonlyMap<number, CellRecord> = new Map([
  [0x02, 'integer'],
  [0x03, 'number'],
  [0x203, 'number'],
  [0x04, 'text'],
  [0x204, 'text'],
  [0xd6, 'text'],
  [0x05, 'boolean'],
  [0x205, 'boolean'],
  [0x06, 'formula'],
  [0x206, 'formula'],
  [0x406, 'formula'],
  [0x27e, 'short'],
  [0xbd, 'shorts'],
  [0xfd, 'shared'],
]);
const FORMULA = 0x06;
const RESULT_TEXT = 0x207;
const RESULT_TEXT_2 = 0x07;
/** What may stand between a formula and the text that is its result. */
const FORMULA_PARTS: ReadonlySet<number> = new Set([0x3c, 0x21, 0x221, 0x36, 0x236, 0x37, 0x4bc]);

const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
  [0x2b, '#GETTING_DATA'],
]);

/** True for a record that holds a cell with a value. */
export function isCell(type: number): boolean {
  return CELLS.has(type);
}

interface Cells {
  readonly book: Book;
  readonly tallies: SheetTallies;
  readonly take: TakeCell;
  readonly numbers: NumberTexts;
  row: number;
  column: number;
}

/** Reads the record at hand into cells; false when it is none of cells. */
export type ReadCell = (records: Records) => boolean;

export function startCells(book: Book, tallies: SheetTallies, take: TakeCell): ReadCell {
  const cells: Cells = { book, tallies, take, numbers: startNumberTexts(book.date1904), row: 0, column: 0 };
  return (records) => {
    const kind = CELLS.get(records.type);
    if (kind === undefined) return false;
    needBytes(records, 7);
    const { bytes, start } = records;
    cells.row = bytes.readUInt16LE(start) + 1;
    cells.column = bytes.readUInt16LE(start + 2);
    if (kind === 'shorts') readShorts(cells, records);
    else take(cells.row, cells.column, readValue(cells, records, kind));
    return true;
  };
}

function readValue(cells: Cells, records: Records, kind: Exclude<CellRecord, 'shorts'>): string {
  const { bytes, type, start } = records;
  const { version } = cells.book;
  // Some programs write them into workbooks of later versions too.
  const isOld = type < FORMULA || (type === FORMULA && version === 2);
  const offset = isOld ? 7 : 6;
  if (kind === 'text') return readText(cells, records, offset, isOld);
  needBytes(records, offset + WIDTHS[kind]);
  const at = start + offset;
  if (kind === 'shared') return sharedText(cells, bytes.readUInt32LE(at));
  if (kind === 'boolean') return bytes[at + 1] === 1 ? errorText(cells, bytes[at] as number) : booleanText(bytes[at]);
  const look = (bytes[start + (version === 2 ? 5 : 4)] ?? 0) & 0x3f;
  const style = isOld ? look : bytes.readUInt16LE(start + 4);
  return kind === 'formula'
    ? formulaText(cells, records, at, style)
    : numberText(cells, NUMBERS[kind](bytes, at), style);
}

const NUMBERS: Readonly<Record<'integer' | 'number' | 'short', (bytes: Buffer, at: number) => number>> = {
  integer: (bytes, at) => bytes.readUInt16LE(at),
  number: (bytes, at) => bytes.readDoubleLE(at),
  short: (bytes, at) => shortNumber(bytes.readUInt32LE(at)),
};

const WIDTHS = { integer: 2, number: 8, short: 4, shared: 4, boolean: 2, formula: 8 } as const;

/** Numbers one after another in a row. */
function readShorts(cells: Cells, records: Records): void {
  const { bytes, start, length } = records;
  const numbers = Math.floor((length - 6) / 6);
  for (let index = 0; index < numbers; index++) {
    const at = start + 4 + index * 6;
    const text = numberText(cells, shortNumber(bytes.readUInt32LE(at + 2)), bytes.readUInt16LE(at));
    cells.take(cells.row, cells.column++, text);
  }
}

/** A number in four bytes: the upper half of its eight, or a whole one, and perhaps to be divided by 100. */
function shortNumber(bits: number): number {
  const value = (bits & 2) !== 0 ? bits >> 2 : upperHalf(bits & 0xffff_fffc);
  return (bits & 1) !== 0 ? value / 100 : value;
}

const HALVES = Buffer.alloc(8);

function upperHalf(bits: number): number {
  HALVES.writeInt32LE(bits, 4);
  return HALVES.readDoubleLE(0);
}

function numberText(cells: Cells, value: number, style: number): string {
  const format = formatOf(cells, style);
  const written = String(value);
  const text = cells.numbers(written, format);
  if (text !== null) return text;
  count(cells.tallies.odd, cells.row, cells.column);
  return written;
}

const PLAIN: FormatParts = { date: false, time: false, percent: false };

function formatOf({ book, tallies, row, column }: Cells, style: number): FormatParts {
  const format = book.formatOf(style);
  if (format !== null) return format;
  if (style !== 0) count(tallies.unformatted, row, column);
  return PLAIN;
}

function sharedText({ book, row, column }: Cells, index: number): string {
  const { sharedStrings, fail } = book;
  const text = sharedStrings[index];
  if (text !== undefined) return text;
  const cell = cellName(column, row);
  throw fail({
    en: `cell ${cell} has the shared text ${index}, and there are ${sharedStrings.length}`,
    zh: `${cell} 引用第 ${index} 个共享文本，而总共只有 ${sharedStrings.length} 个`,
  });
}

function readText({ book }: Cells, records: Records, offset: number, isOld: boolean): string {
  needBytes(records, offset + (isOld ? 1 : 2));
  const content = contentOf(records, offset);
  const length = isOld ? (content.bytes[content.at++] as number) : readWord(content);
  return book.version === 8 ? readUnicodeText(content, length) : readByteText(content, length, book.decode);
}

function booleanText(value: number | undefined): string {
  return value === 0 ? 'FALSE' : 'TRUE';
}

function errorText({ tallies, row, column }: Cells, code: number): string {
  const text = ERRORS.get(code);
  if (text !== undefined) return text;
  count(tallies.odd, row, column);
  return `#${code}`;
}

/** The result that is saved with a formula: a number, or what its first bytes tell when its last two are all ones. */
function formulaText(cells: Cells, records: Records, at: number, style: number): string {
  const { bytes } = records;
  if (bytes.readUInt16LE(at + 6) !== 0xffff) return numberText(cells, bytes.readDoubleLE(at), style);
  const [kind, , value = 0] = bytes.subarray(at, at + 3);
  if (kind === 1) return booleanText(value);
  if (kind === 2) return errorText(cells, value);
  return kind === 0 ? resultText(cells, records) : '';
}

function resultText(cells: Cells, records: Records): string {
  const { bytes } = records;
  let type = typeAt(bytes, records.next);
  while (FORMULA_PARTS.has(type)) {
    nextRecord(records);
    type = typeAt(bytes, records.next);
  }
  if (type !== RESULT_TEXT && type !== RESULT_TEXT_2) {
    count(cells.tallies.uncalculated, cells.row, cells.column);
    return '';
  }
  nextRecord(records);
  return readText(cells, records, 0, type === RESULT_TEXT_2);
}

function typeAt(bytes: Buffer, at: number): number {
  return at + 2 <= bytes.length ? bytes.readUInt16LE(at) : -1;
}
