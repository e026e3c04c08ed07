import { type CellPlaces, LAST_COLUMN } from './cell-places.ts';
import { isAt, type PlainText, plainText, readPlainText, startPlainText } from './plain-texts.ts';

type Kind = typeof NUMBER | typeof SHARED | typeof TEXT | typeof INLINE | typeof NOTHING;

export const NUMBER = 0;
export const SHARED = 1;
const TEXT = 2;
const INLINE = 3;
/** A cell without a value. */
export const NOTHING = 4;

/** What a plain cell says: where it is, and the bytes of its value. */
export interface PlainCell {
  /** 0-based; -1 for a cell without a name. */
  column: number;
  /** 1-based. */
  row: number;
  style: number;
  kind: Kind;
  /** Bits of the attributes that were read. */
  seen: number;
  /** What the digits read last stand for: the number of a shared text. */
  number: number;
  /** Where the value stands. */
  readonly text: PlainText;
}

export function startPlainCell(): PlainCell {
  return { column: -1, row: 0, style: 0, kind: NUMBER, seen: 0, number: 0, text: startPlainText() };
}

/** Where the values of plain cells come from and go to. */
export interface PlainCellTarget {
  readonly places: CellPlaces;
  /** Text by number, null when the workbook has none of that number. */
  sharedText(index: number): string | null;
  /** Text of the number that the bytes spell, null when there is more to say of it. */
  numberText(bytes: Buffer, start: number, end: number, style: number): string | null;
  add(column: number, text: string): void;
}

const BLANK = 0x20;
const QUOTE = 0x22;
const SLASH = 0x2f;
const ZERO = 0x30;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const LETTER_A = 0x41;
const LETTER_C = 0x63;
const LETTER_N = 0x6e;
const LETTER_R = 0x72;
const LETTER_S = 0x73;
const LETTER_T = 0x74;
const LETTER_V = 0x76;

/** 1 for the bytes that numbers are written with. */
const IN_NUMBERS = new Uint8Array(256);
for (const character of '0123456789+-.eE') IN_NUMBERS[character.charCodeAt(0)] = 1;

const TEXT_TYPE = Buffer.from('str');
const TEXT_OPEN = Buffer.from('><v>');
const TEXT_CLOSE = Buffer.from('</v></c>');
const INLINE_TYPE = Buffer.from('inlineStr');
const INLINE_OPEN = Buffer.from('><is><t>');
const INLINE_CLOSE = Buffer.from('</t></is></c>');

const NAME_BIT = 1;
const STYLE_BIT = 2;
const TYPE_BIT = 4;

/** Answer of what reads a piece of a cell that is not plain, or not all there. */
export const NOT_PLAIN = -1;

const MOST_LETTERS = 3;
const MOST_ROW_DIGITS = 7;
const MOST_STYLE_DIGITS = 5;
const MOST_INDEX_DIGITS = 9;
const MOST_NUMBER_BYTES = 24;
/** More than the longest plain cell has without its own text. Nearer to the end of the bytes none is taken, so that none is looked for there. */
export const MOST_CELL_BYTES = 128;

/**
 * Takes the cells that nearly all of a sheet are, in the one way that nearly all programs write them, straight off the
 * bytes: `<c r="B2" s="1" t="s"><v>12</v></c>`, with a number, the number of a shared text or a text, or without a
 * value. What differs in a single byte is left to the XML reader, so that nothing is read in two ways.
 * @returns offset behind the last cell taken from `start` on; `start` for none
 */
export type TakePlainCells = (bytes: Buffer, start: number) => number;

export function startPlainCells(target: PlainCellTarget): TakePlainCells {
  const cell = startPlainCell();
  return (bytes, start) => {
    const last = bytes.length - MOST_CELL_BYTES;
    let at = start;
    while (at < last) {
      const next = readPlainCell(cell, bytes, at);
      if (next === NOT_PLAIN || cell.row !== target.places.row || !takeCell(target, cell, bytes)) break;
      at = next;
    }
    return at;
  };
}

/** False for a cell of which there is more to say. */
function takeCell(target: PlainCellTarget, cell: PlainCell, bytes: Buffer): boolean {
  if (cell.kind !== NOTHING) {
    const text = textOf(target, cell, bytes);
    if (text === null) return false;
    target.add(cell.column, text);
  }
  target.places.column = cell.column;
  return true;
}

function textOf(target: PlainCellTarget, { kind, number, text, style }: PlainCell, bytes: Buffer): string | null {
  if (kind === SHARED) return target.sharedText(number);
  return kind === NUMBER ? target.numberText(bytes, text.start, text.end, style) : plainText(bytes, text);
}

/**
 * Reads the plain cell at `start`, at least `MOST_CELL_BYTES` before the end of the bytes.
 * @returns offset behind it, `NOT_PLAIN` where none stands there
 */
export function readPlainCell(cell: PlainCell, bytes: Buffer, start: number): number {
  if (bytes[start] !== LESS || bytes[start + 1] !== LETTER_C) return NOT_PLAIN;
  const tagEnd = readAttributes(cell, bytes, start + 2);
  if (tagEnd === NOT_PLAIN || cell.column < 0) return NOT_PLAIN;
  if (bytes[tagEnd] === SLASH) {
    cell.kind = NOTHING;
    return bytes[tagEnd + 1] === GREATER ? tagEnd + 2 : NOT_PLAIN;
  }
  const { kind } = cell;
  if (kind === TEXT || kind === INLINE) return readText(cell, bytes, tagEnd);
  return startsValue(bytes, tagEnd) ? readValue(cell, bytes, tagEnd + 4) : NOT_PLAIN;
}

/** Reads the number, or that of a shared text, which stands at `start` behind `<v>`. As `readPlainCell`. */
export function readValue(cell: PlainCell, bytes: Buffer, start: number): number {
  const { kind, text } = cell;
  text.start = start;
  text.end = kind === SHARED ? readDigits(cell, bytes, start, MOST_INDEX_DIGITS) : endOfNumber(bytes, start);
  return text.end === NOT_PLAIN || !endsValue(bytes, text.end) ? NOT_PLAIN : text.end + 8;
}

/** Reads the text of a cell whose tag ends at `tagEnd`. An empty one is left to the XML reader. */
function readText({ kind, text }: PlainCell, bytes: Buffer, tagEnd: number): number {
  const open = kind === TEXT ? TEXT_OPEN : INLINE_OPEN;
  const close = kind === TEXT ? TEXT_CLOSE : INLINE_CLOSE;
  if (!isAt(bytes, tagEnd, open)) return NOT_PLAIN;
  const start = tagEnd + open.length;
  const end = readPlainText(bytes, start, text);
  return end === start || !isAt(bytes, end, close) ? NOT_PLAIN : end + close.length;
}

/** Offset behind the attributes, each behind one blank and in double quotes. */
function readAttributes(cell: PlainCell, bytes: Buffer, start: number): number {
  cell.column = -1;
  cell.style = 0;
  cell.kind = NUMBER;
  cell.seen = 0;
  let at = start;
  while (bytes[at] === BLANK) {
    if (bytes[at + 2] !== EQUALS || bytes[at + 3] !== QUOTE) return NOT_PLAIN;
    at = readAttribute(cell, bytes, bytes[at + 1]!, at + 4);
    if (at === NOT_PLAIN || bytes[at] !== QUOTE) return NOT_PLAIN;
    at++;
  }
  return at;
}

/** Offset behind the value at `start`. */
function readAttribute(cell: PlainCell, bytes: Buffer, name: number, start: number): number {
  if (name === LETTER_R && isNew(cell, NAME_BIT)) return readName(cell, bytes, start);
  if (name === LETTER_S && isNew(cell, STYLE_BIT)) return readStyle(cell, bytes, start);
  return name === LETTER_T && isNew(cell, TYPE_BIT) ? readType(cell, bytes, start) : NOT_PLAIN;
}

function readType(cell: PlainCell, bytes: Buffer, start: number): number {
  if (bytes[start + 1] === QUOTE) {
    cell.kind = bytes[start] === LETTER_S ? SHARED : NUMBER;
    return cell.kind === SHARED || bytes[start] === LETTER_N ? start + 1 : NOT_PLAIN;
  }
  cell.kind = isAt(bytes, start, TEXT_TYPE) ? TEXT : INLINE;
  if (cell.kind === TEXT) return start + TEXT_TYPE.length;
  return isAt(bytes, start, INLINE_TYPE) ? start + INLINE_TYPE.length : NOT_PLAIN;
}

function isNew(cell: PlainCell, bit: number): boolean {
  const isFirst = (cell.seen & bit) === 0;
  cell.seen |= bit;
  return isFirst;
}

function readName(cell: PlainCell, bytes: Buffer, start: number): number {
  const most = start + MOST_LETTERS;
  let at = start;
  let column = 0;
  for (; at < most; at++) {
    const letter = bytes[at]! - LETTER_A;
    if (letter < 0 || letter > 25) break;
    column = column * 26 + letter + 1;
  }
  const end = readDigits(cell, bytes, at, MOST_ROW_DIGITS);
  if (column > LAST_COLUMN + 1) return NOT_PLAIN;
  cell.column = column - 1;
  cell.row = cell.number;
  return end;
}

function readStyle(cell: PlainCell, bytes: Buffer, start: number): number {
  const end = readDigits(cell, bytes, start, MOST_STYLE_DIGITS);
  cell.style = cell.number;
  return end;
}

/** Offset behind digits, whose number is then in the cell. */
function readDigits(cell: PlainCell, bytes: Buffer, start: number, most: number): number {
  const last = start + most;
  let at = start;
  let number = 0;
  for (; at < last; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    number = number * 10 + digit;
  }
  cell.number = number;
  return at === start ? NOT_PLAIN : at;
}

/** Offset behind bytes that numbers are written with, and nothing of XML. */
function endOfNumber(bytes: Buffer, start: number): number {
  const most = start + MOST_NUMBER_BYTES;
  let at = start;
  while (at < most && IN_NUMBERS[bytes[at]!] === 1) at++;
  return at === start ? NOT_PLAIN : at;
}

/** True for `><v>`. */
function startsValue(bytes: Buffer, at: number): boolean {
  return bytes[at] === GREATER && bytes[at + 1] === LESS && bytes[at + 2] === LETTER_V && bytes[at + 3] === GREATER;
}

/** True for `</v></c>`. */
function endsValue(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === LESS &&
    bytes[at + 1] === SLASH &&
    bytes[at + 2] === LETTER_V &&
    bytes[at + 3] === GREATER &&
    bytes[at + 4] === LESS &&
    bytes[at + 5] === SLASH &&
    bytes[at + 6] === LETTER_C &&
    bytes[at + 7] === GREATER
  );
}
