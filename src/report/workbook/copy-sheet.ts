import { say } from '../../i18n/text.ts';
import type { RawColumn, Sheet } from '../../source/sheet.ts';
import type { BesideRow } from '../source-copy.ts';
import { copiedCell, linkCell } from './cells.ts';
import { findingLayout } from './finding-columns.ts';
import type { CopiedList, Frame } from './frame.ts';
import { noteOf, type RowMark } from './marks.ts';
import { widthOf } from './sheet-rows.ts';
import {
  type Cell,
  MOST_COLUMNS,
  MOST_ROWS,
  type WorkbookColumn,
  type WorkbookRow,
  type WorkbookSheet,
} from './workbook.ts';

type RowMarks = ReadonlyMap<number, RowMark>;

/** A column with its distinct values as cells, each made once. */
interface CopiedColumn {
  readonly column: RawColumn;
  readonly cells: readonly (Cell | null)[];
}

/** What one copy is drawn from. */
interface Copy {
  readonly frame: Frame;
  readonly table: Sheet;
  readonly beside: readonly BesideRow[];
  readonly columns: readonly CopiedColumn[];
  readonly marks: RowMarks;
  /** Rows that are no deals, 1-based. */
  readonly aside: ReadonlySet<number>;
  /** 0-based column of the links back; null where there is no room. */
  readonly linkColumn: number | null;
  /** Letters of the column of fingerprints on the sheet of findings. */
  readonly fingerprints: string;
}

const BACK = say('Findings', '问题');
const FINDINGS = say('{n} findings', '{n} 个问题');
const ONE_FINDING = say('1 finding', '1 个问题');
const LEAST_WIDTH = 8;
const MOST_WIDTH = 42;
const SAMPLED_VALUES = 200;
/** A header further down would leave no room to scroll in. */
const MOST_FROZEN_ROWS = 12;

function widthsOf({ columns, table: { headers } }: Copy, end: number): WorkbookColumn[] {
  const widths = new Array<number>(end).fill(LEAST_WIDTH + 2);
  for (const { column } of columns) {
    const header = headers.find(({ position }) => position === column.position)?.text ?? '';
    const texts = [header, ...column.values.slice(0, SAMPLED_VALUES)];
    widths[column.position] = widthOf(texts, LEAST_WIDTH, MOST_WIDTH);
  }
  return widths.map((width) => ({ width }));
}

/** Marks the cells that findings are about, and leads back to the first of them. */
function withMarks(cells: (Cell | null)[], mark: RowMark | undefined, copy: Copy): (Cell | null)[] {
  if (mark === undefined) return cells;
  const { frame, linkColumn, fingerprints } = copy;
  for (const [position, cellMark] of mark.cells) {
    const note = noteOf(cellMark, frame);
    const cell: Cell = cells[position] ?? { type: 'text', text: '' };
    cells[position] = { ...cell, look: cellMark.severity, ...(note === null ? {} : { note }) };
  }
  if (linkColumn !== null) {
    const { translator, names } = frame;
    const text = translator.text(mark.findings === 1 ? ONE_FINDING : FINDINGS, { n: mark.findings });
    const { fingerprint } = mark;
    const found = fingerprint === null ? undefined : { column: fingerprints, text: fingerprint };
    cells[linkColumn] = linkCell(text, names.findings, `A${mark.findingRow}`, found);
  }
  return Array.from(cells, (cell) => cell ?? null);
}

function tableRow(index: number, row: number, copy: Copy): WorkbookRow {
  const cells: (Cell | null)[] = [];
  const isAside = copy.aside.has(row);
  for (const { column, cells: distinct } of copy.columns) {
    const cell = distinct[column.codes[index] as number] ?? null;
    while (cells.length < column.position) cells.push(null);
    cells[column.position] = isAside && cell !== null ? { ...cell, look: 'aside' } : cell;
  }
  return { row, cells: withMarks(cells, copy.marks.get(row), copy) };
}

function besideRow({ row, cells }: BesideRow, copy: Copy): WorkbookRow {
  const { table, frame, linkColumn } = copy;
  const isHeader = row === table.headerRow;
  const look = isHeader ? 'header' : 'aside';
  const drawn = cells.map((text): Cell | null => {
    const cell = isHeader && text !== '' ? ({ type: 'text', text } as const) : copiedCell(text);
    return cell === null ? null : { ...cell, look };
  });
  const marked = withMarks(drawn, copy.marks.get(row), copy);
  if (isHeader && linkColumn !== null && copy.marks.size > 0 && marked[linkColumn] == null) {
    marked[linkColumn] = { type: 'text', text: frame.translator.text(BACK), look: 'header' };
  }
  return { row, cells: Array.from(marked, (cell) => cell ?? null) };
}

/** The rows of the file from the top, those that are no deals among them. */
function* rowsOf(copy: Copy): Generator<WorkbookRow> {
  const { table, beside } = copy;
  let next = 0;
  for (let index = 0; index < table.rowCount; index++) {
    const row = table.rows[index] as number;
    if (row > MOST_ROWS) return;
    for (let other = beside[next]; other !== undefined && other.row <= row; other = beside[++next]) {
      if (other.row < row) yield besideRow(other, copy);
    }
    yield tableRow(index, row, copy);
  }
  for (; next < beside.length; next++) {
    const other = beside[next] as BesideRow;
    if (other.row <= MOST_ROWS) yield besideRow(other, copy);
  }
}

function lastRowOf({ rows, rowCount, headerRow }: Sheet, beside: readonly BesideRow[]): number {
  return Math.max(headerRow, rowCount === 0 ? 0 : (rows[rowCount - 1] as number), beside.at(-1)?.row ?? 0);
}

/** Rows and columns of a list that a sheet has no room for. */
export function leftOutOf({ copy }: CopiedList): { readonly rows: number; readonly columns: number } {
  const table = copy?.table ?? null;
  if (table === null) return { rows: 0, columns: 0 };
  const rows = table.rows.reduce((sum, row) => sum + Number(row > MOST_ROWS), 0);
  return { rows, columns: table.columns.filter(({ position }) => position >= MOST_COLUMNS).length };
}

/** The list as its file has it, every row and column in its place, with the cells marked that findings are about. */
export function copySheet(frame: Frame, { input, copy, sheet }: CopiedList, marks: RowMarks): WorkbookSheet | null {
  const table = copy?.table ?? null;
  if (table === null || sheet === null) return null;
  const beside = copy?.beside ?? [];
  const kept = table.columns.filter(({ position }) => position < MOST_COLUMNS);
  const end = Math.max(0, ...kept.map(({ position }) => position + 1), ...beside.map(({ cells }) => cells.length));
  const drawn: Copy = {
    frame,
    table,
    beside: beside.map(({ row, cells }) => ({ row, cells: cells.slice(0, MOST_COLUMNS) })),
    columns: kept.map((column) => ({ column, cells: column.values.map(copiedCell) })),
    marks,
    aside: new Set(input.setAside.map(({ row }) => row)),
    linkColumn: end < MOST_COLUMNS ? end : null,
    fingerprints: findingLayout(frame.report).fingerprints,
  };
  const lastRow = Math.min(MOST_ROWS, lastRowOf(table, beside));
  return {
    name: sheet,
    columns: [...widthsOf(drawn, Math.min(end, MOST_COLUMNS)), { width: 14 }].slice(0, MOST_COLUMNS),
    frozen: { rows: table.headerRow <= MOST_FROZEN_ROWS ? table.headerRow : 0, columns: 0 },
    filter: { row: table.headerRow, lastRow, columns: Math.min(end + 1, MOST_COLUMNS) },
    rows: () => rowsOf(drawn),
  };
}
