import type { Fail } from './archive.ts';
import { count, type SheetTallies } from './sheet-notices.ts';

/** A row as it is put together. */
export interface BuiltRow {
  /** 1-based. */
  readonly row: number;
  readonly cells: string[];
}

/** Puts cells into rows and gives the rows out from the top. */
export interface RowBuilder {
  openRow(row: number, hidden: boolean): void;
  /** A cell with a value, which may be an empty text. */
  addCell(column: number, text: string): void;
  closeRow(): void;
  /** Counts rows that were read elsewhere, up to one and up to a column, with so many blanks before cells. */
  skipRows(lastRow: number, lastColumn: number, gapCells: number): void;
  /** Rows that are whole since the last call; none when they have to be sorted first. */
  take(): readonly BuiltRow[];
  /** The same before all of some bytes is read. */
  takeSome(): readonly BuiltRow[];
  takeLast(): readonly BuiltRow[];
  /** The last column that has a value, 0-based; -1 for none. */
  lastColumn(): number;
}

/** Rows out of order have to be held; an honest sheet that has them is small. */
const MOST_HELD_CELLS = 5_000_000;
/** Blanks before cells cost time, and memory until their rows are taken, though the file has nothing there. */
const MOST_GAP_CELLS = 1_000_000_000;
/** Within the bytes of one chunk, which are a megabyte. */
const MOST_GAP_CELLS_AT_ONCE = 40_000_000;

const NO_ROW: BuiltRow = { row: 0, cells: [] };

interface Build {
  readonly fail: Fail;
  readonly tallies: SheetTallies;
  /** Rows by number where they come in any order, else null. */
  readonly held: Map<number, BuiltRow> | null;
  row: BuiltRow;
  hidden: boolean;
  hasValue: boolean;
  lastRow: number;
  lastColumn: number;
  gapCells: number;
  /** Since all rows were taken last. */
  newGapCells: number;
  heldCells: number;
  done: BuiltRow[];
}

/** @param inOrder true when row numbers rise; when they do not after all, the sheet is refused */
export function startRows(fail: Fail, tallies: SheetTallies, inOrder: boolean): RowBuilder {
  const build: Build = {
    fail,
    tallies,
    held: inOrder ? null : new Map(),
    row: NO_ROW,
    hidden: false,
    hasValue: false,
    lastRow: 0,
    lastColumn: -1,
    gapCells: 0,
    newGapCells: 0,
    heldCells: 0,
    done: [],
  };
  return {
    openRow: (row, hidden) => openRow(build, row, hidden),
    addCell: (column, text) => addCell(build, column, text),
    closeRow: () => closeRow(build),
    skipRows(lastRow, lastColumn, gapCells) {
      build.lastRow = lastRow;
      if (lastColumn > build.lastColumn) build.lastColumn = lastColumn;
      countGap(build, gapCells);
    },
    take() {
      build.newGapCells = 0;
      return takeDone(build);
    },
    takeSome: () => takeDone(build),
    takeLast: () => [...(build.held?.values() ?? [])].sort((left, right) => left.row - right.row),
    lastColumn: () => build.lastColumn,
  };
}

function takeDone(build: Build): readonly BuiltRow[] {
  const { done } = build;
  if (done.length > 0) build.done = [];
  return done;
}

function openRow(build: Build, row: number, hidden: boolean): void {
  build.row = build.held?.get(row) ?? { row, cells: [] };
  build.hidden = hidden;
  build.hasValue = false;
}

function addCell(build: Build, column: number, text: string): void {
  const { row, cells } = build.row;
  build.hasValue = true;
  if (column > build.lastColumn) build.lastColumn = column;
  if (column < cells.length) {
    if (cells[column] !== '') count(build.tallies.twice, row, column);
    cells[column] = text;
    return;
  }
  if (column > cells.length) addGap(build, column - cells.length);
  cells.push(text);
}

function countGap(build: Build, blanks: number): void {
  build.gapCells += blanks;
  build.newGapCells += blanks;
  if (build.gapCells > MOST_GAP_CELLS || build.newGapCells > MOST_GAP_CELLS_AT_ONCE) {
    throw build.fail({ en: 'its cells lie too far apart', zh: '单元格分布过于分散' });
  }
}

function addGap(build: Build, blanks: number): void {
  countGap(build, blanks);
  const { cells } = build.row;
  for (let left = blanks; left > 0; left--) cells.push('');
}

function closeRow(build: Build): void {
  const { row, fail, held } = build;
  if (!build.hasValue) return;
  if (build.hidden) count(build.tallies.hiddenRows, row.row, 0);
  if (held !== null) hold(build, held);
  else if (row.row <= build.lastRow) {
    throw fail({ en: `row ${row.row} is out of order`, zh: `第 ${row.row} 行顺序错乱` });
  } else build.done.push(row);
  build.lastRow = row.row;
}

function hold(build: Build, held: Map<number, BuiltRow>): void {
  build.heldCells += build.row.cells.length;
  if (build.heldCells > MOST_HELD_CELLS) {
    throw build.fail({ en: 'its rows are out of order', zh: '行的顺序错乱' });
  }
  held.set(build.row.row, build.row);
}
