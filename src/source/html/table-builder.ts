import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import type { GridRow } from '../grid.ts';
import { count, type SheetTallies, startTallies } from '../workbook/sheet-notices.ts';

/** Puts the cells of a table where a browser shows them. */
export interface TableBuilder {
  openRow(hidden: boolean): void;
  addCell(text: string, spans: Spans): void;
  closeRow(): void;
  /** Columns from the first to before the last. */
  hideColumns(first: number, end: number): void;
  /** No cell reaches from one section of a table into the next. */
  endSection(): void;
  finish(): BuiltTable;
}

export interface Spans {
  readonly columns: number;
  /** Infinite for one that reaches to the end of its section. */
  readonly rows: number;
  readonly hidden: boolean;
}

export interface BuiltTable {
  /** Those with a text. */
  readonly rows: readonly GridRow[];
  /** Columns that have a text somewhere. */
  readonly filledColumns: number;
  readonly tallies: SheetTallies;
}

/** Cells that tables may have in all, with those that others reach over; more do not fit the memory. */
export interface CellBudget {
  left: number;
}

export const MOST_CELLS = 10_000_000;
const LAST_COLUMN = 16_383;

interface Build {
  readonly file: string;
  readonly budget: CellBudget;
  readonly rows: GridRow[];
  readonly tallies: SheetTallies;
  readonly filled: Set<number>;
  readonly hiddenColumns: Set<number>;
  row: number;
  isHidden: boolean;
  cells: string[];
  header: string[];
  /** Next column of the row. */
  column: number;
  /** By column: the last row that a cell from above reaches to, and its text. */
  readonly reach: number[];
  readonly reachText: string[];
  /** The last row that some cell reaches to. */
  lastReach: number;
  /** Cells of the row that reach into rows below. */
  opened: OpenedCell[];
}

interface OpenedCell {
  readonly first: number;
  readonly end: number;
  readonly last: number;
  readonly text: string;
}

export function startTable(file: string, budget: CellBudget): TableBuilder {
  const build: Build = {
    file,
    budget,
    rows: [],
    tallies: startTallies(),
    filled: new Set(),
    hiddenColumns: new Set(),
    row: 0,
    isHidden: false,
    cells: [],
    header: [],
    column: 0,
    reach: [],
    reachText: [],
    lastReach: 0,
    opened: [],
  };
  return {
    openRow(hidden) {
      build.row++;
      build.isHidden = hidden;
      build.cells = [];
      build.header = [];
      build.column = 0;
    },
    addCell: (text, spans) => addCell(build, text, spans),
    closeRow: () => closeRow(build),
    hideColumns(first, end) {
      for (let column = first; column < Math.min(end, LAST_COLUMN + 1); column++) build.hiddenColumns.add(column);
    },
    endSection() {
      if (build.lastReach > build.row) build.reach.fill(0);
      build.lastReach = 0;
    },
    finish() {
      const { rows, filled, tallies, hiddenColumns } = build;
      for (const column of [...hiddenColumns].sort((one, other) => one - other)) {
        if (filled.has(column)) count(tallies.hiddenColumns, 0, column);
      }
      return { rows, filledColumns: filled.size, tallies };
    },
  };
}

function addCell(build: Build, text: string, { columns, rows, hidden }: Spans): void {
  const { cells, header, reach } = build;
  while ((reach[build.column] ?? 0) >= build.row) build.column++;
  const first = build.column;
  const end = first + columns;
  if (end > LAST_COLUMN + 1) {
    throw damaged(build.file, { en: 'a row has more than 16384 columns', zh: '有一行超过 16384 列' });
  }
  spend(build, end - cells.length);
  while (cells.length < end) {
    header.push(cells.length >= first ? text : '');
    cells.push('');
  }
  cells[first] = text;
  if (text !== '') build.filled.add(first);
  if (hidden) build.hiddenColumns.add(first);
  if (rows > 1) build.opened.push({ first, end, last: build.row + rows - 1, text });
  build.column = end;
}

function spend(build: Build, cells: number): void {
  build.budget.left -= Math.max(1, cells);
  if (build.budget.left >= 0) return;
  const reason: Text = {
    en: `its tables have more than ${MOST_CELLS} cells`,
    zh: `表格超过 ${MOST_CELLS} 个单元格`,
  };
  throw new FunnelintError('file/too-large', { file: build.file, reason: { text: reason } });
}

function closeRow(build: Build): void {
  const { row, cells, rows, tallies } = build;
  const spanned = build.lastReach >= row ? coverFromAbove(build) : [];
  for (const each of build.opened) reachDown(build, each);
  build.opened = [];
  if (cells.every((text) => text === '')) return;
  if (build.isHidden) count(tallies.hiddenRows, row, 0);
  const headerCells = build.header;
  rows.push(spanned.length === 0 ? { row, cells, headerCells } : { row, cells, headerCells, spanned });
}

/** Columns of cells from above that reach into the row; its header texts repeat theirs. */
function coverFromAbove(build: Build): number[] {
  const { reach, reachText, header, cells, row } = build;
  spend(build, reach.length);
  const spanned: number[] = [];
  for (let column = 0; column < reach.length; column++) {
    if ((reach[column] ?? 0) < row) continue;
    while (header.length <= column) header.push(cells[header.length] ?? '');
    header[column] = reachText[column] ?? '';
    spanned.push(column);
  }
  return spanned;
}

function reachDown(build: Build, { first, end, last, text }: OpenedCell): void {
  const { reach, reachText } = build;
  while (reach.length < end) reach.push(0);
  for (let column = first; column < end; column++) {
    reach[column] = last;
    reachText[column] = text;
  }
  build.lastReach = Math.max(build.lastReach, last);
}
