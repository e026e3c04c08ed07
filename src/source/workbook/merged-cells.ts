import type { Part } from './archive.ts';
import { startPlaces, toCell, toRow } from './cell-places.ts';
import { readXml } from './xml-reader.ts';
import { attributeOf } from './xml-token.ts';

/** A merged range, 1-based rows and 0-based columns, both ends within. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The merged ranges at the top of a sheet. */
export interface MergedCells {
  /** By the rows they cover, within the columns that are used. */
  readonly byRow: ReadonlyMap<number, readonly MergedRange[]>;
  /** Ranges left out, because all of them cover more cells than any header has. */
  readonly notFollowed: number;
}

export const NO_MERGES: MergedCells = { byRow: new Map(), notFollowed: 0 };

/** Merges matter for headers, which stand at the top. */
const MERGED_ROWS = 1000;
/** Overlapping ranges may be far more, and cover far more cells, than a sheet has; then the last are not followed. */
const MOST_RANGES = 100_000;
const MOST_COVERED_CELLS = 1_000_000;

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
  const { byRow, notFollowed } = mergedCells(ranges, lastColumn);
  return { byRow, notFollowed: notFollowed + surplus };
}

/** Null for what is no range, or none at the top. */
function rangeOf(reference: string): MergedRange | null {
  const [, left, top, right, bottom] = RANGE.exec(reference) ?? [];
  if (left === undefined || right === undefined || Number(top) > MERGED_ROWS) return null;
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) };
}

/** 0 for A. */
function columnOf(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + (letters.charCodeAt(at) | 0x20) - 0x60;
  return column - 1;
}

function mergedCells(ranges: readonly MergedRange[], lastColumn: number): MergedCells {
  const byRow = new Map<number, MergedRange[]>();
  let covered = 0;
  for (const [index, range] of ranges.entries()) {
    const bottom = Math.min(range.bottom, MERGED_ROWS);
    const right = Math.min(range.right, lastColumn);
    covered += Math.max(0, bottom - range.top + 1) * Math.max(0, right - range.left + 1);
    if (covered > MOST_COVERED_CELLS) return { byRow, notFollowed: ranges.length - index };
    const used = { ...range, right };
    for (let row = range.top; row <= bottom && right >= range.left; row++) {
      const same = byRow.get(row);
      if (same === undefined) byRow.set(row, [used]);
      else same.push(used);
    }
  }
  return { byRow, notFollowed: 0 };
}

/** Gives rows, from the top, the texts they have as a header: merged cells repeat the text of their first one. */
export function startHeaderCells({ byRow }: MergedCells): (row: number, cells: readonly string[]) => readonly string[] {
  const texts = new Map<string, string>();
  return (row, cells) => {
    const ranges = byRow.get(row);
    if (ranges === undefined) return cells;
    const shown = cells.slice();
    for (const range of ranges) {
      const key = `${range.top}/${range.left}`;
      if (row === range.top) texts.set(key, cells[range.left] ?? '');
      const text = texts.get(key) ?? '';
      if (text !== '') repeat(shown, text, range);
    }
    return shown;
  };
}

function repeat(shown: string[], text: string, { left, right }: MergedRange): void {
  while (shown.length <= right) shown.push('');
  shown.fill(text, left, right + 1);
}
