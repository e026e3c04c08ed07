import { foldHeader } from '../../i18n/fold.ts';
import type { Notice } from '../sheet.ts';
import { filledCells, firstFilledCell } from './footer.ts';
import { countKnown } from './header.ts';
import { isNumberLike } from './number-like.ts';

type Cells = readonly string[];

/** A row with its places. */
export interface PlacedRow {
  readonly cells: Cells;
  readonly row: number;
  readonly line: number;
}

/** Where another table on the sheet starts, and what it has. */
interface OtherTable {
  readonly row: number;
  readonly line: number;
  readonly known: number;
  rows: number;
}

/** Finds and counts the tables below ours on the same sheet. */
export interface OtherTables {
  /** True while rows belong to another table. */
  isOpen(): boolean;
  /** Starts another table with its header. */
  open(header: PlacedRow): void;
  /** Counts a row of the table that is open. */
  count(): void;
  /** Our own header came again. */
  close(): void;
  /** What kind of header the row is for: ours in other words, another one, or none. */
  headerKind(cells: Cells, afterBreak: boolean): 'ours' | 'other' | null;
  /** True when a row after a break looks like the header of a table of another width. */
  mayBeHeader(cells: Cells): boolean;
  notices(): Notice[];
  /** Row of the header of a table that is more worth reading than ours, which has so many rows. */
  better(rowCount: number): number | null;
}

const LONGEST_NAME = 80;

export function startOtherTables(headers: Cells, knownHeader: (header: string) => boolean): OtherTables {
  const tables: OtherTable[] = [];
  const ours = headers.map(foldHeader);
  const ourKnown = countKnown(headers, knownHeader);
  const ourExtent = extentOf(headers);
  let isOpen = false;
  return {
    isOpen: () => isOpen,
    open({ cells, row, line }) {
      tables.push({ row, line, known: countKnown(cells, knownHeader), rows: 1 });
      isOpen = true;
    },
    count() {
      const last = tables.at(-1);
      if (last !== undefined) last.rows++;
    },
    close() {
      isOpen = false;
    },
    headerKind(cells, afterBreak) {
      if (!areNames(cells)) return null;
      const known = countKnown(cells, knownHeader);
      if (known < 2 || (!afterBreak && known * 2 < filledCells(cells))) return null;
      const isOurs = cells.every((cell, index) => cell.trim() === '' || foldHeader(cell) === ours[index]);
      return isOurs && filledCells(cells) * 2 > filledCells(headers) ? 'ours' : 'other';
    },
    mayBeHeader(cells) {
      if (!areNames(cells) || cells.some((cell) => /\d/.test(cell))) return false;
      const extent = extentOf(cells);
      return filledCells(cells) === extent.end - extent.start && !isSameExtent(extent, ourExtent);
    },
    notices() {
      const [first] = tables;
      if (first === undefined) return [];
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      return [{ code: 'table/another-table', args: { row: first.row, rows }, line: first.line, cell: null }];
    },
    better(rowCount) {
      let best = { row: 0, known: ourKnown, rows: rowCount };
      for (const table of tables) if (isBetter(table, best)) best = table;
      return best.row === 0 ? null : best.row;
    },
  };
}

/** Fewer than two known headers say nothing; then the larger table is the better one. */
function isBetter(table: OtherTable, best: Pick<OtherTable, 'known' | 'rows'>): boolean {
  if (table.known >= 2 || best.known >= 2) return table.known > best.known;
  return table.rows - 1 > best.rows;
}

/** True when a row goes with the possible header above it: as wide, with a number under a name. */
export function goesWith(header: PlacedRow, { cells, row }: PlacedRow): boolean {
  const extent = extentOf(cells);
  if (row !== header.row + 1 || !isSameExtent(extent, extentOf(header.cells))) return false;
  return filledCells(cells) === extent.end - extent.start && cells.some(isNumberLike);
}

/** Two or more different texts, none of them a number. */
function areNames(cells: Cells): boolean {
  for (const cell of cells) if (cell.length > LONGEST_NAME || isNumberLike(cell)) return false;
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length >= 2 && new Set(filled).size === filled.length;
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

function extentOf(cells: Cells): Extent {
  return { start: firstFilledCell(cells), end: cells.findLastIndex((cell) => cell.trim() !== '') + 1 };
}

function isSameExtent(one: Extent, other: Extent): boolean {
  return one.start === other.start && one.end === other.end;
}
