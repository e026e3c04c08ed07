import type { GridRow, SheetState } from '../grid.ts';
import type { Notice } from '../sheet.ts';
import type { Fail } from '../workbook/archive.ts';
import { LAST_COLUMN, LAST_ROW } from '../workbook/cell-places.ts';
import { type MergedCells, startMergeWalk } from '../workbook/merged-cells.ts';
import { type RowBuilder, startRows } from '../workbook/row-builder.ts';
import { count, type SheetTallies, sheetNotices, startTallies } from '../workbook/sheet-notices.ts';
import { attributeOf, isOn, wholeNumberOf, type XmlToken } from '../workbook/xml-token.ts';

/** A sheet as it was read. */
export interface XmlSheet {
  readonly name: string;
  state: SheetState;
  readonly rows: readonly GridRow[];
  readonly notices: readonly Notice[];
}

/** Places the cells of a sheet, which say where they are only where they do not follow the one before. */
export interface SheetBuilder {
  readonly name: string;
  readonly tallies: SheetTallies;
  state: SheetState;
  column(token: XmlToken): void;
  openRow(token: XmlToken): void;
  /** Moves to the cell of a tag. */
  openCell(token: XmlToken): void;
  /** 1-based row and 0-based column of the cell at hand. */
  place(): { row: number; column: number };
  /** Style of the cell at hand where it names none itself. */
  styleAround(): string | null;
  addText(text: string): void;
  closeRow(): void;
  finish(): XmlSheet;
}

const MOST_RANGES = 500_000;

/** Blanks before cells that all sheets of a file may have, though the file has nothing there. */
export interface GapBudget {
  left: number;
}

export const MOST_GAP_CELLS = 10_000_000;

interface Build {
  readonly fail: Fail;
  readonly tallies: SheetTallies;
  readonly builder: RowBuilder;
  readonly gaps: GapBudget;
  readonly hiddenColumns: number[];
  /** By column. */
  readonly columnStyles: (string | null)[];
  readonly ranges: MergedCells['ranges'][number][];
  filledTo: number;
  row: number;
  column: number;
  /** Rows that the row at hand stands for, and cells that the one at hand reaches over, beyond the first. */
  moreRows: number;
  moreColumns: number;
  rowIsHidden: boolean;
  rowIsOpen: boolean;
  rowStyle: string | null;
  surplus: number;
}

export function startSheet(name: string, fail: Fail, gaps: GapBudget): SheetBuilder {
  const tallies = startTallies();
  const build: Build = {
    fail,
    tallies,
    builder: startRows(fail, tallies, true),
    gaps,
    hiddenColumns: [],
    columnStyles: [],
    ranges: [],
    filledTo: 0,
    row: 0,
    column: -1,
    moreRows: 0,
    moreColumns: 0,
    rowIsHidden: false,
    rowIsOpen: false,
    rowStyle: null,
    surplus: 0,
  };
  return {
    name,
    tallies,
    state: 'visible',
    column: (token) => addColumns(build, token),
    openRow: (token) => openRow(build, token),
    openCell: (token) => openCell(build, token),
    place: () => ({ row: build.row, column: build.column }),
    styleAround: () => build.rowStyle ?? build.columnStyles[build.column] ?? null,
    addText: (text) => addText(build, text),
    closeRow() {
      if (build.rowIsOpen) build.builder.closeRow();
    },
    finish() {
      const { rows, notices } = finish(build);
      return { name, state: this.state, rows, notices };
    },
  };
}

/** Number of a place: the one that the tag names, else the next; not a number for what is none. */
function placeOf({ fail }: Build, token: XmlToken, next: number, most: number): number {
  const place = wholeNumberOf(token, 'Index', next);
  if (place >= 1 && place <= most) return place;
  const shown = attributeOf(token, 'Index') ?? String(next);
  throw fail({
    en: `${token.name} ${shown} is beyond the last cell of a sheet`,
    zh: `${token.name === 'Row' ? '行' : '列'} ${shown} 超出工作表的行列上限`,
  });
}

/** How many more an attribute says, 0 where it says nothing sound; never more than a sheet has. */
function moreOf(token: XmlToken, name: string, most: number): number {
  const more = wholeNumberOf(token, name, 0);
  return more >= 0 ? Math.min(more, most) : 0;
}

function addColumns(build: Build, token: XmlToken): void {
  const { columnStyles, hiddenColumns, fail } = build;
  const first = placeOf(build, token, columnStyles.length + 1, LAST_COLUMN + 1) - 1;
  if (first < columnStyles.length) throw fail({ en: 'its columns are out of order', zh: '列的顺序错乱' });
  const last = Math.min(first + moreOf(token, 'Span', LAST_COLUMN), LAST_COLUMN);
  const hidden = isOn(attributeOf(token, 'Hidden'));
  const style = attributeOf(token, 'StyleID');
  while (columnStyles.length < first) columnStyles.push(null);
  for (let column = first; column <= last; column++) {
    columnStyles.push(style);
    if (hidden) hiddenColumns.push(column);
  }
}

function openRow(build: Build, token: XmlToken): void {
  const row = placeOf(build, token, build.row + build.moreRows + 1, LAST_ROW);
  if (row <= build.row) throw build.fail({ en: `row ${row} is out of order`, zh: `第 ${row} 行顺序错乱` });
  build.row = row;
  build.moreRows = moreOf(token, 'Span', LAST_ROW);
  build.column = -1;
  build.moreColumns = 0;
  build.rowIsHidden = isOn(attributeOf(token, 'Hidden'));
  build.rowIsOpen = false;
  build.rowStyle = attributeOf(token, 'StyleID');
}

function openCell(build: Build, token: XmlToken): void {
  const next = build.column + build.moreColumns + 2;
  build.column = placeOf(build, token, next, LAST_COLUMN + 1) - 1;
  build.moreColumns = moreOf(token, 'MergeAcross', LAST_COLUMN);
  const down = moreOf(token, 'MergeDown', LAST_ROW);
  if (build.moreColumns === 0 && down === 0) return;
  if (build.ranges.length >= MOST_RANGES) {
    build.surplus++;
    return;
  }
  const { row, column } = build;
  const right = Math.min(column + build.moreColumns, LAST_COLUMN);
  build.ranges.push({ top: row, left: column, bottom: Math.min(row + down, LAST_ROW), right });
}

function addText(build: Build, text: string): void {
  if (!build.rowIsOpen) {
    build.builder.openRow(build.row, build.rowIsHidden);
    build.filledTo = 0;
  }
  build.rowIsOpen = true;
  build.gaps.left -= Math.max(0, build.column - build.filledTo);
  if (build.gaps.left < 0) throw build.fail({ en: 'its cells lie too far apart', zh: '单元格分布过于分散' });
  build.filledTo = build.column + 1;
  build.builder.addCell(build.column, text);
}

function finish(build: Build): { rows: GridRow[]; notices: Notice[] } {
  const { builder, ranges, hiddenColumns, surplus, tallies } = build;
  const lastColumn = Math.max(0, builder.lastColumn());
  ranges.sort((one, other) => one.top - other.top || one.left - other.left);
  const walk = startMergeWalk({ ranges: ranges.filter(({ left }) => left <= lastColumn), lastColumn, surplus });
  const rows = builder.take().map((row) => ({ ...row, ...walk.place(row.row, row.cells) }));
  for (const column of hiddenColumns) {
    if (column <= builder.lastColumn()) count(tallies.hiddenColumns, 0, column);
  }
  const notices = sheetNotices(tallies);
  const merges = walk.notFollowed();
  if (merges > 0) notices.push({ code: 'table/merges-not-followed', args: { merges }, line: null, cell: null });
  return { rows, notices };
}
