import { hashOfBytes } from '../byte-hash.ts';
import { type CellBatch, emptyCells, NO_TEXT, OWN_TEXT } from '../table/cell-batch.ts';
import { type PlainCellsTest, startPlainCellsTest } from '../table/plain-cells.ts';
import type { PlainShape } from '../table/plain-row.ts';
import type { PlainRows } from '../table/table.ts';
import { type CellsAbove, enterRow, forgetCells, readLikeAbove, rememberCell, startCellsAbove } from './cells-above.ts';
import { distinctTexts } from './distinct-texts.ts';
import { AS_WRITTEN, type FormattedNumbers, NOT_A_TEXT } from './formatted-numbers.ts';
import {
  MOST_CELL_BYTES,
  NOT_PLAIN,
  NOTHING,
  NUMBER,
  type PlainCell,
  readPlainCell,
  SHARED,
  startPlainCell,
} from './plain-cells.ts';
import { hasEscape, isAt } from './plain-texts.ts';
import { behindRowTag, ROW_OPEN, type RowEndings } from './row-endings.ts';
import type { TextStore } from './text-store.ts';

const LETTER_C = 0x63;
const ROW_CLOSE = Buffer.from('</row>');

/** What is known of the rows to take. */
export interface WantedRows {
  /** 1-based row that the first must be, and one that none may be. */
  readonly first: number;
  readonly until: number;
  readonly shape: PlainShape;
}

/** Takes rows whole off the bytes. */
export interface PlainRowTaker {
  /** Takes rows from the one that starts at `start` on, as far as they are plain, and gives them to the table. Returns how many. */
  take(bytes: Buffer, start: number, wanted: WantedRows): number;
  /** Offset behind the rows taken last. */
  readonly end: number;
  /** Of all rows taken: the last column that has a value, 0-based; -1 for none. */
  readonly lastColumn: number;
  /** Cells without a value before such with one, in the rows taken last. */
  readonly gapCells: number;
}

/** What the cells of rows lean on. */
interface Sources {
  /** Path for messages. */
  readonly file: string;
  readonly shared: TextStore;
  readonly numbers: FormattedNumbers;
  readonly endings: RowEndings;
}

interface Rows extends Pick<Sources, 'numbers' | 'endings'> {
  readonly isPlain: PlainCellsTest;
  readonly batch: CellBatch;
  readonly cell: PlainCell;
  readonly above: CellsAbove;
  end: number;
  lastColumn: number;
  gapCells: number;
  /** The same of the row at hand. */
  rowEnd: number;
  rowGaps: number;
}

/** Starts to take the rows of a table whose header has so many cells. */
export function startPlainRows(
  table: PlainRows,
  width: number,
  { file, shared, numbers, endings }: Sources,
): PlainRowTaker {
  const batch = emptyCells(width, { shared, made: numbers.texts, distinct: distinctTexts(file, shared) });
  const isPlain = startPlainCellsTest(table.mayBeHeader);
  const counts = { end: 0, lastColumn: -1, gapCells: 0, rowEnd: -1, rowGaps: 0 };
  const rows: Rows = {
    isPlain,
    batch,
    cell: startPlainCell(),
    above: startCellsAbove(width),
    numbers,
    endings,
    ...counts,
  };
  const take: PlainRowTaker['take'] = (bytes, start, wanted) => {
    batch.bytes = bytes;
    forgetCells(rows.above, bytes);
    rows.end = start;
    rows.gapCells = 0;
    let { first } = wanted;
    for (;;) {
      const count = fillBatch(rows, first, wanted);
      if (count > 0) table.plainCells(batch, count, first);
      first += count;
      if (count < batch.room) return first - wanted.first;
    }
  };
  return Object.assign(rows, { take });
}

/** Puts rows into the batch as far as they are plain and there is room. */
function fillBatch(rows: Rows, first: number, { until, shape }: WantedRows): number {
  const { batch } = rows;
  const last = batch.bytes.length - MOST_CELL_BYTES;
  let count = 0;
  while (count < batch.room && rows.end < last && first + count < until) {
    if (!takeRow(rows, count, first + count, last, shape)) break;
    count++;
  }
  return count;
}

function takeRow(rows: Rows, index: number, row: number, last: number, shape: PlainShape): boolean {
  const { batch, endings } = rows;
  const cells = behindRowTag(endings, batch.bytes, rows.end, row);
  if (cells === NOT_PLAIN) return false;
  rows.rowEnd = -1;
  rows.rowGaps = 0;
  enterRow(rows.above, row, rows.end + ROW_OPEN.length);
  const end = takeCells(rows, index, row, cells, last);
  if (end === NOT_PLAIN || !isAt(batch.bytes, end, ROW_CLOSE) || !rows.isPlain(batch, index, shape)) return false;
  rows.end = end + ROW_CLOSE.length;
  rows.gapCells += rows.rowGaps;
  if (rows.rowEnd > rows.lastColumn) rows.lastColumn = rows.rowEnd;
  return true;
}

/** Puts the cells of a row into the batch and gives the offset behind them. */
function takeCells(rows: Rows, index: number, row: number, start: number, last: number): number {
  const { batch, cell, above } = rows;
  const { bytes, numbers, room, width } = batch;
  let at = start;
  let next = 0;
  while (at < last && bytes[at + 1] === LETTER_C) {
    const end = next < width ? readLikeAbove(cell, above, bytes, at, next) : NOT_PLAIN;
    at = end === NOT_PLAIN ? readFresh(rows, row, at) : end;
    const { column } = cell;
    if (at === NOT_PLAIN || column < next || column >= width) return NOT_PLAIN;
    while (next < column) numbers[next++ * room + index] = NO_TEXT;
    next++;
    if (!putCell(rows, column * room + index)) return NOT_PLAIN;
  }
  while (next < width) numbers[next++ * room + index] = NO_TEXT;
  return at;
}

/** Reads a cell that is written in another way than the one above. */
function readFresh({ batch, cell, above }: Rows, row: number, start: number): number {
  const end = readPlainCell(cell, batch.bytes, start);
  if (end === NOT_PLAIN || cell.row !== row) return NOT_PLAIN;
  if (cell.column < batch.width) rememberCell(above, cell, batch.bytes, start);
  return end;
}

/** Puts the cell read last into its place; false where there is more to say of it. */
function putCell(rows: Rows, place: number): boolean {
  const { batch, cell, numbers } = rows;
  const { kind, column } = cell;
  if (kind === NOTHING) {
    batch.numbers[place] = NO_TEXT;
    return true;
  }
  rows.rowGaps += column - rows.rowEnd - 1;
  rows.rowEnd = column;
  if (kind === SHARED) {
    batch.numbers[place] = cell.number;
    return cell.number < batch.shared.count;
  }
  const { bytes } = batch;
  const { start, end } = cell.text;
  const text = kind === NUMBER ? numbers.numberOf(bytes, start, end, cell.style) : AS_WRITTEN;
  if (text === NOT_A_TEXT || (kind !== NUMBER && hasEscape(bytes, cell.text))) return false;
  if (text === AS_WRITTEN) {
    batch.numbers[place] = OWN_TEXT;
    batch.starts[place] = start;
    batch.ends[place] = end;
    batch.hashes[place] = hashOfBytes(bytes, start, end);
  } else batch.numbers[place] = batch.shared.count + text;
  return true;
}
