import type { GridRow } from '../grid.ts';
import type { Part } from './archive.ts';
import { startPlaces, toCell, toRow } from './cell-places.ts';
import { readXml } from './xml-reader.ts';
import { attributeOf } from './xml-token.ts';

/** A merged range, 1-based rows and 0-based columns, both ends within. */
interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The merged ranges of a sheet. */
export interface MergedCells {
  /** From the top, within the columns that are used. */
  readonly ranges: readonly MergedRange[];
  /** The last column that is used, 0-based. */
  readonly lastColumn: number;
  /** Ranges left out because there are more than a sheet that people use has. */
  readonly surplus: number;
}

export const NO_MERGES: MergedCells = { ranges: [], lastColumn: -1, surplus: 0 };

/** Headers stand at the top, however long the sheet. */
const HEADER_ROWS = 1000;
const MOST_RANGES = 500_000;
/** Cells that ranges are laid over; made to overlap they cover far more than a sheet has. */
const MOST_STEPS = 50_000_000;

const RANGE = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/i;

/** Reads the merged ranges of a sheet, which stand behind its rows. */
export async function readMergedCells(part: Part): Promise<MergedCells> {
  const ranges: MergedRange[] = [];
  let surplus = 0;
  const places = startPlaces(part.fail);
  let lastColumn = 0;
  await readXml(part, {
    open(token) {
      if (token.name === 'row') toRow(places, token);
      else if (token.name === 'c') {
        toCell(places, token);
        lastColumn = Math.max(lastColumn, places.column);
      } else if (token.name === 'mergeCell') {
        const range = rangeOf(attributeOf(token, 'ref') ?? '');
        if (range !== null && ranges.length === MOST_RANGES) surplus++;
        else if (range !== null) ranges.push(range);
      }
    },
    text() {},
    close() {},
  });
  const used = ranges.filter(({ left }) => left <= lastColumn);
  used.sort((one, other) => one.top - other.top || one.left - other.left);
  return { ranges: used, lastColumn, surplus };
}

/** Null for what is no range. */
function rangeOf(reference: string): MergedRange | null {
  const [, left, top, right, bottom] = RANGE.exec(reference) ?? [];
  if (left === undefined || right === undefined) return null;
  const range = { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) };
  return range.top > 0 && range.top <= range.bottom && range.left <= range.right ? range : null;
}

/** 0 for A. */
function columnOf(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + (letters.charCodeAt(at) | 0x20) - 0x60;
  return column - 1;
}

/** Makes of each row, from the top, what merged cells make of it. */
export interface MergeWalk {
  place(row: number, cells: readonly string[]): GridRow;
  /** The next row from one on that merged cells reach, infinite where there is none. */
  nextReached(row: number): number;
  /** Ranges without effect so far, because with them the sheet would take too long. */
  notFollowed(): number;
}

/** A range that reaches the row at hand, with the text of its first cell. */
interface OpenRange {
  readonly range: MergedRange;
  readonly text: string;
}

interface Walk {
  readonly merges: MergedCells;
  open: OpenRange[];
  /** Index of the next range to open. */
  next: number;
  steps: number;
  notFollowed: number;
}

export function startMergeWalk(merges: MergedCells): MergeWalk {
  const walk: Walk = { merges, open: [], next: 0, steps: 0, notFollowed: merges.surplus };
  return {
    place(row, cells) {
      if (merges.ranges.length > 0) moveTo(walk, row, cells);
      if (walk.open.length === 0) return { row, cells, headerCells: cells };
      const headerCells = row > HEADER_ROWS ? cells : shownCells(walk, cells);
      const spanned = spannedColumns(walk, row);
      return spanned.length === 0 ? { row, cells, headerCells } : { row, cells, headerCells, spanned };
    },
    nextReached(row) {
      if (walk.open.some(({ range }) => range.bottom >= row)) return row;
      return Math.max(row, merges.ranges[walk.next]?.top ?? Number.POSITIVE_INFINITY);
    },
    notFollowed: () => walk.notFollowed,
  };
}

function moveTo(walk: Walk, row: number, cells: readonly string[]): void {
  const { ranges, lastColumn } = walk.merges;
  if (walk.open.some(({ range }) => range.bottom < row)) {
    walk.open = walk.open.filter(({ range }) => range.bottom >= row);
  }
  for (let range = ranges[walk.next]; range !== undefined && range.top <= row; range = ranges[++walk.next]) {
    if (range.bottom < row) continue;
    // Ranges that do not overlap are no more than the columns of a row.
    if (walk.open.length > lastColumn) walk.notFollowed++;
    else walk.open.push({ range, text: range.top === row ? (cells[range.left] ?? '') : '' });
  }
  for (const { range } of walk.open) walk.steps += 1 + Math.min(range.right, lastColumn) - range.left;
  if (walk.steps <= MOST_STEPS) return;
  walk.notFollowed += walk.open.length + ranges.length - walk.next;
  walk.open = [];
  walk.next = ranges.length;
}

/** Merged cells repeat the text of their first one, which is how a header is meant. */
function shownCells({ open, merges }: Walk, cells: readonly string[]): readonly string[] {
  if (open.every(({ text }) => text === '')) return cells;
  const shown = cells.slice();
  for (const { range, text } of open) {
    if (text === '') continue;
    const right = Math.min(range.right, merges.lastColumn);
    while (shown.length <= right) shown.push('');
    shown.fill(text, range.left, right + 1);
  }
  return shown;
}

function spannedColumns({ open, merges }: Walk, row: number): number[] {
  const columns: number[] = [];
  for (const { range } of open) {
    if (range.top === row) continue;
    for (let column = range.left; column <= Math.min(range.right, merges.lastColumn); column++) columns.push(column);
  }
  return columns.sort((one, other) => one - other);
}
