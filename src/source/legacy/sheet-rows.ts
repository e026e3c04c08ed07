import { cellName } from '../cell-name.ts';
import type { GridRow } from '../grid.ts';
import type { Notice } from '../sheet.ts';
import type { MergedCells } from '../workbook/merged-cells.ts';
import { startMergeWalk } from '../workbook/merged-cells.ts';
import { type RowBuilder, startRows } from '../workbook/row-builder.ts';
import { count, sheetNotices, startTallies } from '../workbook/sheet-notices.ts';
import type { Book } from './book.ts';
import { isCell, startCells } from './cells.ts';
import { isStart, needBytes, nextRecord, RECORD, type Records, recordsFrom } from './records.ts';

type MergedRange = MergedCells['ranges'][number];

/** 0-based columns, both within. */
interface HiddenColumns {
  readonly first: number;
  readonly last: number;
}

/** What has to be known of a sheet before its first row is given out. */
export interface SheetFacts {
  readonly inOrder: boolean;
  readonly merges: MergedCells;
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: readonly HiddenColumns[];
}

const LAST_COLUMN = 255;
const IS_HIDDEN = 0x20;
const ROW_FLAGS = 12;
const MOST_RANGES = 500_000;
const ROWS_AT_ONCE = 256;

/** The records of a sheet but those of charts and others within it; the one object is moved from one to the next. */
function* recordsOfSheet(book: Book, at: number): Generator<Records> {
  const records = recordsFrom(book.bytes, at, book.fail);
  nextRecord(records);
  for (let depth = 1; depth > 0; ) {
    nextRecord(records);
    if (isStart(records.type)) depth++;
    else if (records.type === RECORD.eof) depth--;
    else if (depth === 1) yield records;
  }
}

interface Survey {
  readonly ranges: MergedRange[];
  readonly hiddenRows: Set<number>;
  readonly hiddenColumns: HiddenColumns[];
  lastRow: number;
  lastColumn: number;
  inOrder: boolean;
  surplus: number;
}

/** Goes over the records of a sheet once. */
export function surveySheet(book: Book, at: number): SheetFacts {
  const survey: Survey = {
    ranges: [],
    hiddenRows: new Set(),
    hiddenColumns: [],
    lastRow: -1,
    lastColumn: 0,
    inOrder: true,
    surplus: 0,
  };
  for (const records of recordsOfSheet(book, at)) {
    if (isCell(records.type)) surveyCell(survey, records);
    else surveyLooks(survey, records);
  }
  const { ranges, lastColumn, surplus, inOrder, hiddenRows, hiddenColumns } = survey;
  const used = ranges.filter(({ left }) => left <= lastColumn);
  used.sort((one, other) => one.top - other.top || one.left - other.left);
  return { inOrder, merges: { ranges: used, lastColumn, surplus }, hiddenRows, hiddenColumns };
}

function surveyCell(survey: Survey, records: Records): void {
  const { row, column } = readPlace(records);
  if (row < survey.lastRow) survey.inOrder = false;
  survey.lastRow = row;
  if (column > survey.lastColumn) survey.lastColumn = column;
}

function surveyLooks(survey: Survey, records: Records): void {
  const { type, bytes, start } = records;
  if (type === RECORD.row) {
    if (isHiddenRow(records)) survey.hiddenRows.add(bytes.readUInt16LE(start) + 1);
  } else if (type === RECORD.columnInfo) addHiddenColumns(records, survey.hiddenColumns);
  else if (type === RECORD.mergedCells) survey.surplus += addRanges(records, survey.ranges);
}

const SHORTS = 0xbd;

/** Row and last column of a record of cells. */
function readPlace(records: Records): { row: number; column: number } {
  needBytes(records, 7);
  const { bytes, start, type, length, fail } = records;
  const row = bytes.readUInt16LE(start);
  const column = bytes.readUInt16LE(start + 2) + (type === SHORTS ? Math.max(0, Math.floor((length - 6) / 6) - 1) : 0);
  if (column <= LAST_COLUMN) return { row, column };
  const shown = cellName(column, row + 1);
  throw fail({ en: `${shown} is beyond the last cell of a sheet`, zh: `${shown}超出工作表的行列上限` });
}

function isHiddenRow(records: Records): boolean {
  return records.length > ROW_FLAGS && ((records.bytes[records.start + ROW_FLAGS] ?? 0) & IS_HIDDEN) !== 0;
}

function addHiddenColumns(records: Records, hidden: HiddenColumns[]): void {
  needBytes(records, 10);
  const { bytes, start } = records;
  if ((bytes[start + 8] ?? 0) % 2 === 0 || hidden.length > LAST_COLUMN) return;
  hidden.push({ first: bytes.readUInt16LE(start), last: bytes.readUInt16LE(start + 2) });
}

/** Adds the merged ranges of a record; gives back how many are too many. */
function addRanges(records: Records, ranges: MergedRange[]): number {
  const { bytes, start } = records;
  needBytes(records, 2);
  const declared = bytes.readUInt16LE(start);
  needBytes(records, 2 + declared * 8);
  for (let index = 0; index < declared; index++) {
    if (ranges.length >= MOST_RANGES) return declared - index;
    const at = start + 2 + index * 8;
    const [top, bottom] = [bytes.readUInt16LE(at) + 1, bytes.readUInt16LE(at + 2) + 1];
    const [left, right] = [bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)];
    if (top <= bottom && left <= right) ranges.push({ top, left, bottom, right });
  }
  return 0;
}

/**
 * The rows of a sheet from the top, as its records are read; `tell` has what is worth saying of them, when all are
 * read.
 * @throws FunnelintError `file/damaged`
 */
export async function* legacyRows(
  book: Book,
  at: number,
  survey: () => SheetFacts,
  tell: (notice: Notice) => void,
): AsyncGenerator<GridRow> {
  const { inOrder, merges, hiddenRows, hiddenColumns } = survey();
  const tallies = startTallies();
  const rows = startRows(book.fail, tallies, inOrder);
  const walk = startMergeWalk(merges);
  let row = 0;
  let waiting = 0;
  const readCell = startCells(book, tallies, (cellRow, column, text) => {
    if (cellRow !== row) {
      if (row !== 0) rows.closeRow();
      row = cellRow;
      waiting++;
      rows.openRow(row, hiddenRows.has(row));
    }
    rows.addCell(column, text);
  });
  for (const records of recordsOfSheet(book, at)) {
    readCell(records);
    if (waiting < ROWS_AT_ONCE) continue;
    waiting = 0;
    for (const built of rows.take()) yield { ...built, ...walk.place(built.row, built.cells) };
  }
  if (row !== 0) rows.closeRow();
  for (const built of [...rows.take(), ...rows.takeLast()]) yield { ...built, ...walk.place(built.row, built.cells) };
  countHiddenColumns(rows, hiddenColumns, (column) => count(tallies.hiddenColumns, 0, column));
  const notFollowed = walk.notFollowed();
  for (const notice of sheetNotices(tallies)) tell(notice);
  if (notFollowed > 0)
    tell({ code: 'table/merges-not-followed', args: { merges: notFollowed }, line: null, cell: null });
}

/** Hidden columns to the right of all cells hide nothing. */
function countHiddenColumns(rows: RowBuilder, hidden: readonly HiddenColumns[], tell: (column: number) => void): void {
  const used = rows.lastColumn();
  for (const { first, last } of hidden) {
    for (let column = first; column <= Math.min(last, used); column++) tell(column);
  }
}
