/** A row among the first of a sheet, as header candidate. */
export interface HeaderCandidate {
  readonly cells: readonly string[];
}

/** Rows at the top of a sheet among which the header is looked for. */
export const HEADER_SEARCH_ROWS = 30;

/**
 * Index of the header among the first rows: the one with most known headers (at least two, the earliest of equals);
 * else the first that looks like one, with two or more distinct names across the usual width of the table.
 */
export function findHeader(rows: readonly HeaderCandidate[], knownHeader: (header: string) => boolean): number | null {
  const known = bestKnown(rows, knownHeader);
  if (known.count >= 2) return known.index;
  const width = usualWidth(rows);
  const index = rows.findIndex(({ cells }) => looksLikeHeader(cells, width));
  return index === -1 ? null : index;
}

/** The row with most cells for which `knownHeader` is true, and how many they are. */
export function bestKnown(
  rows: readonly HeaderCandidate[],
  knownHeader: (header: string) => boolean,
): { index: number; count: number } {
  let best = { index: -1, count: 0 };
  for (const [index, { cells }] of rows.entries()) {
    const count = cells.filter((cell) => cell !== '' && knownHeader(cell)).length;
    if (count > best.count) best = { index, count };
  }
  return best;
}

/** The most frequent number of cells of the rows that hold any; the larger of equals. */
function usualWidth(rows: readonly HeaderCandidate[]): number {
  const times = new Map<number, number>();
  for (const { cells } of rows) {
    const width = filledWidth(cells);
    if (width > 1) times.set(width, (times.get(width) ?? 0) + 1);
  }
  let usual = 0;
  for (const [width, count] of times) {
    const most = times.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

function filledWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** Starts with a digit, a sign before one, or a currency sign: an amount, a date, a percentage. */
const NUMBER_LIKE = /^\s*[([+-]?\s*[$€£¥￥]?\s*[.,]?\d/;

function looksLikeHeader(cells: readonly string[], width: number): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '').map((cell) => cell.trim());
  if (filled.length < 2 || filledWidth(cells) < width || filled.length * 2 < width) return false;
  return new Set(filled).size === filled.length && !filled.some((cell) => NUMBER_LIKE.test(cell));
}
