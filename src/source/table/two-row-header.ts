import { foldWord } from '../../i18n/fold.ts';
import type { GridRow } from '../grid.ts';
import { isNumberLike } from './number-like.ts';

/** One row of those among which the header is looked for. */
export interface HeaderRow {
  /** Texts, with merged cells repeating theirs. */
  readonly cells: readonly string[];
  /** Texts without that. */
  readonly dataCells: readonly string[];
  readonly spanned: GridRow['spanned'] | undefined;
  /** 1-based. */
  readonly row: number;
}

/** A header of two rows put together. */
export interface JoinedHeader {
  readonly headers: readonly string[];
  /** Columns that have one name over both rows, so that none of the groups holds them. */
  readonly wholeColumns: readonly number[];
}

type KnownHeader = (header: string) => boolean;

const LONGEST_NAME = 80;

/** What a column has in both rows. */
interface NamedColumn {
  readonly upper: string;
  readonly lower: string;
  /** The upper name that stands over this one and others. */
  readonly group: string;
}

/** Two rows of which one was found to be the header. */
export interface RowPair {
  readonly upper: HeaderRow;
  readonly lower: HeaderRow;
  readonly found: 'upper' | 'lower';
}

/**
 * Puts a line of groups and the names below it together; null when the rows are not such a pair: a title, a filter or
 * a header of its own above, or the first deal below.
 */
export function joinRows(pair: RowPair, knownHeader: KnownHeader): JoinedHeader | null {
  const { upper, lower } = pair;
  if (lower.row !== upper.row + 1) return null;
  const texts = [...upper.dataCells, ...lower.dataCells].filter(isFilled);
  if (texts.some((text) => isNumberLike(text) || text.length > LONGEST_NAME)) return null;
  if (upper.dataCells.some((cell) => /[:：]/u.test(cell))) return null;
  const columns = namedColumns(upper, lower);
  if (!isPair(columns, pair, knownHeader)) return null;
  const wholeColumns = columns.flatMap((column, position) => (isWhole(column) ? [position] : []));
  return { headers: tellApart(columns), wholeColumns };
}

function isFilled(text: string): boolean {
  return text !== '' && text.trim() !== '';
}

function namedColumns(upper: HeaderRow, lower: HeaderRow): NamedColumn[] {
  const spanned = new Set(lower.spanned);
  const columns: NamedColumn[] = [];
  let group = '';
  for (let position = 0; position < Math.max(upper.cells.length, lower.cells.length); position++) {
    const above = upper.cells[position] ?? '';
    const own = spanned.has(position) ? '' : (lower.dataCells[position] ?? '');
    // A name that stands over both rows is no group for what follows it.
    if (isFilled(above)) group = isFilled(own) ? above : '';
    columns.push({ upper: above, lower: own, group: isFilled(own) ? group : '' });
  }
  return columns;
}

function isPair(columns: readonly NamedColumn[], pair: RowPair, knownHeader: KnownHeader): boolean {
  const { upper, found } = pair;
  const below = columns.filter(({ lower: own }) => isFilled(own));
  const above = upper.dataCells.filter(isFilled);
  const reachesOn = columns.some(
    ({ lower: own, group }, position) => isFilled(own) && group !== '' && !isFilled(upper.dataCells[position] ?? ''),
  );
  if (below.length < 2 || above.length < 2 || !reachesOn) return false;
  if (hasMerges(columns, pair)) return true;
  const isGapped = hasGapBetween(upper.dataCells);
  const known = countNames(
    columns.map(({ upper: name, lower: own }) => (isFilled(own) ? own : name)).filter(knownHeader),
  );
  const knownAbove = countNames(above.filter(knownHeader));
  if (!columns.some(isWhole)) return isGapped && (found === 'lower' || known >= Math.max(2, knownAbove));
  if (known >= Math.max(2, knownAbove)) return knownAbove > 0 || isGapped;
  return isFormBelow(columns, knownHeader) || (knownAbove === 0 && found === 'lower' && isGapped);
}

function countNames(names: readonly string[]): number {
  return new Set(names).size;
}

/** A name over both rows. */
function isWhole({ upper, lower }: NamedColumn): boolean {
  return isFilled(upper) && !isFilled(lower);
}

/** In a workbook, merged cells say what they mean: a name over several columns, or over both rows. */
function hasMerges(columns: readonly NamedColumn[], { upper, lower }: RowPair): boolean {
  const spanned = new Set(lower.spanned);
  return columns.some(
    ({ upper: name }, position) =>
      isFilled(name) && (spanned.has(position) || !isFilled(upper.dataCells[position] ?? '')),
  );
}

/** Names that have blanks between them, as those of groups do and the words of a title do not. */
function hasGapBetween(cells: readonly string[]): boolean {
  const first = cells.findIndex(isFilled);
  const last = cells.findLastIndex(isFilled);
  return cells.slice(first, last).some((cell) => !isFilled(cell));
}

/** Without known names below, only a form in a form will do: names over both rows first, then others under a title. */
function isFormBelow(columns: readonly NamedColumn[], knownHeader: KnownHeader): boolean {
  const first = columns.findIndex(({ upper, lower }) => isFilled(upper) || isFilled(lower));
  const start = columns.findIndex(({ lower }) => isFilled(lower));
  const end = columns.findLastIndex(({ lower }) => isFilled(lower));
  return (
    start - first >= 2 &&
    columns.slice(start, end + 1).every(({ lower, group }) => isFilled(lower) && group !== '' && !knownHeader(group))
  );
}

/** The lower names, the upper one where there is none; `Group / Name` where a name stands under several groups. */
function tellApart(columns: readonly NamedColumn[]): string[] {
  const groupsOf = new Map<string, Set<string>>();
  for (const { upper, lower, group } of columns) {
    const name = foldWord(isFilled(lower) ? lower : upper);
    if (name === '') continue;
    const groups = groupsOf.get(name) ?? new Set<string>();
    groupsOf.set(name, groups.add(isFilled(lower) ? group : ''));
  }
  return columns.map(({ upper, lower, group }) => {
    if (!isFilled(lower)) return upper;
    const repeats = (groupsOf.get(foldWord(lower))?.size ?? 0) > 1;
    return repeats && group !== '' ? `${group.trim()} / ${lower.trim()}` : lower;
  });
}
