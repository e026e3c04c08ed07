import { firstFilledCell } from './footer.ts';
import { isNumberLike } from './number-like.ts';
import { type HeaderRow, type JoinedHeader, joinRows, type RowPair } from './two-row-header.ts';

type KnownHeader = (header: string) => boolean;

/** A row among the first of a sheet, as header candidate. */
export interface HeaderCandidate {
  readonly cells: readonly string[];
}

/** Rows at the top of a sheet among which the header is looked for. */
export const HEADER_SEARCH_ROWS = 30;

/** Number of different cells for which `knownHeader` is true. */
export function countKnown(cells: readonly string[], knownHeader: KnownHeader): number {
  return new Set(cells.filter((cell) => cell !== '' && knownHeader(cell))).size;
}

/** How many cells of a row are known headers where they are more than `most`: few rows need be looked through for it. */
export function mostKnown(cells: readonly string[], most: number, knownHeader: KnownHeader): number {
  let unknown = 0;
  for (const cell of cells) {
    if (cells.length - unknown <= most) return most;
    if (cell === '' || !knownHeader(cell)) unknown++;
  }
  return Math.max(most, cells.length - unknown);
}

/** The row with most cells for which `knownHeader` is true, and how many they are. */
export function bestKnown(
  rows: readonly HeaderCandidate[],
  knownHeader: KnownHeader,
): { index: number; count: number } {
  let best = { index: -1, count: 0 };
  for (const [index, { cells }] of rows.entries()) {
    if (mostKnown(cells, best.count, knownHeader) === best.count) continue;
    const count = countKnown(cells, knownHeader);
    if (count > best.count) best = { index, count };
  }
  return best;
}

/** Columns from the first that is used, to behind the last that usually is. */
interface Extent {
  readonly left: number;
  readonly right: number;
}

/** The most frequent number of cells of the rows that hold any; the larger of equals. */
function usualExtent(rows: readonly HeaderCandidate[]): Extent {
  const times = new Map<number, number>();
  for (const { cells } of rows) {
    const width = filledWidth(cells);
    if (width > 1) times.set(width, (times.get(width) ?? 0) + 1);
  }
  let right = 0;
  for (const [width, count] of times) {
    const most = times.get(right) ?? 0;
    if (count > most || (count === most && width > right)) right = width;
  }
  const usual = rows.filter(({ cells }) => filledWidth(cells) === right);
  return { left: Math.min(right, ...usual.map(({ cells }) => firstFilledCell(cells))), right };
}

function filledWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** A line for people above the data, which `#` marks; a column may be called `# of items`. */
const COMMENT = /^\s*#(?:#|\s+(?!of\b|no\b))/iu;

/** Names across the usual width of the table, which may start some columns from the left. */
function looksLikeHeader(cells: readonly string[], { left, right }: Extent): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '').map((cell) => cell.trim());
  if (filled.length < 2 || filledWidth(cells) < right || filled.length * 2 < right - left) return false;
  if (COMMENT.test(filled[0] as string)) return false;
  return new Set(filled).size === filled.length && !filled.some(isNumberLike);
}

/** The header of a table, of one row or two. */
export interface FoundHeader {
  readonly headers: readonly string[];
  /** Index of its first row, and of its last. */
  readonly first: number;
  readonly last: number;
  /** Null for a header of one row. */
  readonly joined: JoinedHeader | null;
}

/**
 * The header among the first rows: the one with most known headers (at least two, the earliest of equals); else the
 * first that looks like one, with two or more distinct names across the usual width of the table. A row of groups
 * above it, or of names below it, goes with it.
 */
export function findHeaderRows(rows: readonly HeaderRow[], knownHeader: KnownHeader): FoundHeader | null {
  const { index, count } = bestKnown(rows, knownHeader);
  if (count >= 2) return withItsPair(rows, index, knownHeader, ['lower', 'upper']);
  return knownPair(rows, knownHeader) ?? firstByLooks(rows, knownHeader);
}

/** The first row that looks like a header, alone or with a row of groups above it. */
function firstByLooks(rows: readonly HeaderRow[], knownHeader: KnownHeader): FoundHeader | null {
  const extent = usualExtent(rows);
  for (const [last, { cells }] of rows.entries()) {
    if (looksLikeHeader(cells, extent)) return withItsPair(rows, last, knownHeader, ['lower', 'upper']);
    const pair = withItsPair(rows, last, knownHeader, ['lower']);
    if (pair.joined !== null && looksLikeHeader(pair.headers, extent)) return pair;
  }
  return null;
}

/** The header in a row that was named; a row of groups above it belongs to it. */
export function headerAt(rows: readonly HeaderRow[], index: number, knownHeader: KnownHeader): FoundHeader {
  return withItsPair(rows, index, knownHeader, ['lower']);
}

/** Two rows that have known names enough only together. */
function knownPair(rows: readonly HeaderRow[], knownHeader: KnownHeader): FoundHeader | null {
  for (let last = 1; last < rows.length; last++) {
    const pair = withItsPair(rows, last, knownHeader, ['lower']);
    if (pair.joined !== null && countKnown(pair.headers, knownHeader) >= 2) return pair;
  }
  return null;
}

function withItsPair(
  rows: readonly HeaderRow[],
  index: number,
  knownHeader: KnownHeader,
  found: readonly RowPair['found'][],
): FoundHeader {
  let best: FoundHeader = { headers: rows[index]?.cells ?? [], first: index, last: index, joined: null };
  for (const which of found) {
    const last = which === 'lower' ? index : index + 1;
    const upper = rows[last - 1];
    const lower = rows[last];
    const joined = upper && lower ? joinRows({ upper, lower, found: which }, knownHeader) : null;
    if (joined === null) continue;
    const isBetter = countKnown(joined.headers, knownHeader) > countKnown(best.headers, knownHeader);
    if (best.joined === null || isBetter) best = { headers: joined.headers, first: last - 1, last, joined };
  }
  return best;
}
