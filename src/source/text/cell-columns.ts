import type { Dialect } from './dialect.ts';

/** Cells of a delimited text as parallel columns, in order of line. */
export interface WantedCells {
  /** 1-based physical line on which the record starts. */
  readonly lines: Int32Array;
  /** 0-based place among the cells of the record. */
  readonly positions: Int32Array;
}

/** How the text is cut into cells, as it was when the table was read. */
export type CellCut = Pick<Dialect, 'delimiter' | 'returnsEndRecords' | 'blanksBeforeQuotes'>;

/** Answer for a cell that does not begin on its line. */
export const NOT_ON_LINE = 0;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;

/** The physical lines of some bytes, one after the other. */
interface LineWalk {
  bytes: Buffer;
  /** Where the line starts, ends (without its line break), and where the next one starts. */
  from: number;
  to: number;
  next: number;
  /** The next line feed and carriage return from here on, the number of bytes where there is none. */
  feed: number;
  carriage: number;
}

interface Cut {
  readonly delimiter: Buffer;
  readonly blanksBeforeQuotes: boolean;
}

/**
 * Where cells begin in their physical lines: 1-based, in UTF-16 code units, at the quote of a quoted cell, behind the
 * blanks that stand before quotes. `NOT_ON_LINE`
 * where a line break in an earlier cell comes first, or the record is too short.
 * @param chunks UTF-8 without byte order mark
 */
export async function cellColumns(
  chunks: AsyncIterable<Buffer>,
  { delimiter, returnsEndRecords, blanksBeforeQuotes }: CellCut,
  { lines, positions }: WantedCells,
): Promise<Int32Array> {
  const columns = new Int32Array(lines.length);
  const cut: Cut = { delimiter: Buffer.from(delimiter), blanksBeforeQuotes };
  let line = 1;
  let wanted = 0;
  const take = (walk: LineWalk, atEnd: boolean): void => {
    while (wanted < lines.length && findLine(walk, !returnsEndRecords, atEnd)) {
      for (; lines[wanted] === line; wanted++) {
        const start = cellStart(walk, positions[wanted] as number, cut);
        columns[wanted] = start === -1 ? NOT_ON_LINE : 1 + codeUnits(walk.bytes, walk.from, start);
      }
      walk.from = walk.next;
      line++;
    }
  };
  let walk = walkOf(Buffer.alloc(0));
  for await (const chunk of chunks) {
    const rest = walk.bytes.subarray(walk.from);
    walk = walkOf(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
    take(walk, false);
    if (wanted === lines.length) return columns;
  }
  take(walk, true);
  return columns;
}

function walkOf(bytes: Buffer): LineWalk {
  return { bytes, from: 0, to: 0, next: 0, feed: -1, carriage: -1 };
}

function indexFrom(bytes: Buffer, byte: number, from: number): number {
  const found = bytes.indexOf(byte, from);
  return found === -1 ? bytes.length : found;
}

/**
 * Finds the end of the line that starts at `walk.from`; false where the bytes end before it does, or there is no line.
 * @param doubleReturns two carriage returns before a line feed are one line break, as they are to the reader of records
 */
function findLine(walk: LineWalk, doubleReturns: boolean, atEnd: boolean): boolean {
  const { bytes, from } = walk;
  if (from >= bytes.length) return false;
  if (walk.feed < from) walk.feed = indexFrom(bytes, LF, from);
  if (walk.carriage < from) walk.carriage = indexFrom(bytes, CR, from);
  walk.to = Math.min(walk.feed, walk.carriage);
  if (walk.to === walk.feed) {
    walk.next = walk.to + 1;
    return walk.to < bytes.length || atEnd;
  }
  if (walk.to + 2 >= bytes.length && !atEnd) return false;
  walk.next = walk.to + 1;
  if (bytes[walk.next] === LF) walk.next += 1;
  else if (doubleReturns && bytes[walk.next] === CR && bytes[walk.next + 1] === LF) walk.next += 2;
  return true;
}

/** Offset of a cell of the line, -1 where the line ends before it. */
function cellStart({ bytes, from, to }: LineWalk, position: number, cut: Cut): number {
  let at = from;
  for (let left = position; left > 0; left--) {
    at = cellEnd(bytes, at, to, cut);
    if (at === to) return -1;
    at += cut.delimiter.length;
  }
  return cut.blanksBeforeQuotes ? behindBlanks(bytes, at, to, cut.delimiter) : at;
}

/** Offset of the delimiter behind the cell, `to` where none follows on the line. */
function cellEnd(bytes: Buffer, start: number, to: number, cut: Cut): number {
  const quote = cut.blanksBeforeQuotes ? behindBlanks(bytes, start, to, cut.delimiter) : start;
  let at = bytes[quote] === QUOTE && quote < to ? behindQuotes(bytes, quote + 1, to) : start;
  while (at < to && !isAt(bytes, at, cut.delimiter)) at++;
  return at;
}

function behindBlanks(bytes: Buffer, start: number, to: number, delimiter: Buffer): number {
  let at = start;
  while (at < to && (bytes[at] === SPACE || bytes[at] === TAB) && !isAt(bytes, at, delimiter)) at++;
  return at;
}

/** Offset behind the quote that closes a cell, `to` where it stays open to the end of the line. */
function behindQuotes(bytes: Buffer, start: number, to: number): number {
  for (let at = start; at < to; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE || at + 1 >= to) return at + 1;
    at++;
  }
  return to;
}

function isAt(bytes: Buffer, at: number, delimiter: Buffer): boolean {
  for (let index = 0; index < delimiter.length; index++) {
    if (bytes[at + index] !== delimiter[index]) return false;
  }
  return true;
}

/** UTF-16 code units of valid UTF-8: two for a character of four bytes, one for any other. */
function codeUnits(bytes: Buffer, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}
