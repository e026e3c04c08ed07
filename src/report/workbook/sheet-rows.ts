import { displayWidth } from '../../i18n/width.ts';
import { isFigure, wideCell } from './cells.ts';
import type { Cell, Look, WorkbookColumn, WorkbookRow, WorkbookSheet } from './workbook.ts';

/** Collects the rows of a small sheet from the top. */
export interface SheetRows {
  readonly rows: readonly WorkbookRow[];
  /** Appends a row and tells its number. */
  add(...cells: readonly (Cell | null)[]): number;
  /** Leaves a row empty. */
  skip(): void;
  title(text: string): void;
  section(text: string): void;
  /** A line that says what the rows below or above are. */
  remark(text: string, look?: Look): void;
  header(...titles: readonly string[]): void;
}

export function createSheetRows(): SheetRows {
  const rows: WorkbookRow[] = [];
  let last = 0;
  const add = (...cells: readonly (Cell | null)[]): number => {
    last++;
    rows.push({ row: last, cells });
    return last;
  };
  return {
    rows,
    add,
    skip: () => {
      last++;
    },
    title: (text) => add({ type: 'text', text, look: 'title' }),
    section: (text) => {
      if (last > 0) last++;
      add({ type: 'text', text, look: 'section' });
    },
    remark: (text, look = 'muted') => add(wideCell(text, look)),
    header: (...titles) => add(...titles.map((text): Cell => ({ type: 'text', text, look: 'header', wrap: true }))),
  };
}

function isHeader({ cells }: WorkbookRow): boolean {
  return cells.some((cell) => cell?.look === 'header');
}

/** The first cell of each column of the table below a header. */
function firstCells(rows: readonly WorkbookRow[], header: number): (Cell | null)[] {
  const first: (Cell | null)[] = [];
  let last = rows[header]?.row ?? 0;
  for (const each of rows.slice(header + 1)) {
    // A table ends with the first row left out.
    if (each.row !== last + 1 || isHeader(each)) break;
    last = each.row;
    for (const [position, cell] of each.cells.entries()) first[position] ??= cell;
  }
  return first;
}

/** Titles stand where the figures below them stand. */
function withAlignedHeaders(rows: readonly WorkbookRow[]): readonly WorkbookRow[] {
  return rows.map((each, index) => {
    if (!isHeader(each)) return each;
    const first = firstCells(rows, index);
    const cells = each.cells.map((cell, position): Cell | null =>
      cell !== null && isFigure(first[position]) ? { ...cell, right: true } : cell,
    );
    return { ...each, cells };
  });
}

/** A sheet of few rows, with columns of the given widths. */
export function smallSheet(name: string, widths: readonly number[], { rows }: SheetRows): WorkbookSheet {
  const aligned = withAlignedHeaders(rows);
  const frozen = { rows: 0, columns: 1 };
  return { name, columns: widths.map(columnOf), frozen, filter: null, spaced: true, rows: () => aligned };
}

export function columnOf(width: number): WorkbookColumn {
  return { width };
}

/** The width that texts ask for, within limits. */
export function widthOf(texts: Iterable<string>, least: number, most: number): number {
  let width = least;
  for (const text of texts) {
    if (width >= most) return most;
    // What is longer than the limit in characters need not be measured.
    width = Math.max(width, text.length > most ? most : displayWidth(text) + 2);
  }
  return Math.min(width, most);
}
