import { firstFilledCell } from './footer.ts';
import { totalKind } from './total-row.ts';

/** What the merged cells and the header of a table tell of its rows. */
export interface RowForm {
  /** Columns that have a name, ascending. */
  readonly named: readonly number[];
  /** Named columns that some field is known by. */
  readonly known: ReadonlySet<number>;
  /** Columns outside of the groups of a two-row header, where they say what deal it is: they come first, and most are known. */
  readonly whole: readonly number[] | null;
  /** True when groups lie within groups or have subtotals, so that rows beside merged cells are deals of their own. */
  readonly isGrouped: boolean;
}

/** A row below the header, as far as its form goes. */
export interface FormRow {
  readonly cells: readonly string[];
  readonly spanned: readonly number[] | undefined;
}

const NONE: readonly number[] = [];

/** @param below the first rows below the header */
export function rowForm(
  headers: readonly string[],
  wholeColumns: readonly number[],
  below: readonly FormRow[],
  knownHeader: (header: string) => boolean,
): RowForm {
  const named = headers.flatMap((text, position) => (text.trim() === '' ? [] : [position]));
  const names = new Set(named);
  const whole = wholeColumns.filter((position) => names.has(position));
  const known = new Set(named.filter((position) => knownHeader(headers[position] as string)));
  const knownWhole = whole.filter((position) => known.has(position)).length;
  const isForm = whole.length >= 2 && whole[0] === named[0] && knownWhole * 2 > known.size;
  return {
    named,
    known,
    whole: isForm ? whole : null,
    isGrouped: haveNestedSpans(below) || below.some(({ cells }) => isSubtotal(cells)),
  };
}

function isSubtotal(cells: readonly string[]): boolean {
  return totalKind(cells, firstFilledCell(cells), cells.length) === 'subtotal';
}

/** Groups within groups: some rows go on with all of them, others only with the outer ones. */
function haveNestedSpans(rows: readonly FormRow[]): boolean {
  const kinds = new Map<string, readonly number[]>();
  for (const row of rows) {
    const spanned = ownSpans(row);
    if (spanned.length > 0) kinds.set(spanned.join(), spanned);
  }
  const sets = [...kinds.values()].sort((one, other) => one.length - other.length);
  const innermost = new Set(sets.at(-1));
  return sets.length > 1 && (sets[0] as readonly number[]).every((position) => innermost.has(position));
}

/** Columns merged with a row above, but for those that have a text all the same. */
export function ownSpans({ cells, spanned }: FormRow): readonly number[] {
  if (spanned === undefined) return NONE;
  return spanned.filter((position) => (cells[position] ?? '') === '');
}

/**
 * True for a further line of the deal above: the cells that say which deal it is are merged with those above it. Where
 * only some leading ones are, the rows are deals of one group.
 */
export function isSubRow(form: RowForm, row: FormRow, firstFilled: number): boolean {
  const { named, whole } = form;
  if (whole !== null && isBlankIn(row.cells, whole, firstFilled)) return true;
  const spans = ownSpans(row);
  if (spans.length === 0 || form.isGrouped) return false;
  const merged = new Set(spans);
  const covered = named.filter((position) => merged.has(position));
  if (covered.length * 2 <= named.length || covered[0] !== named[0]) return false;
  const knownCovered = covered.filter((position) => form.known.has(position)).length;
  return knownCovered * 2 >= form.known.size;
}

function isBlankIn(cells: readonly string[], columns: readonly number[], firstFilled: number): boolean {
  if (firstFilled <= (columns[0] as number)) return false;
  for (const column of columns) if ((cells[column] ?? '').trim() !== '') return false;
  return true;
}

/** Gives rows of a group what its merged cells in the leading columns say; counts what it fills. */
export interface GroupFill {
  /** The cells with those above them filled in; to be called for each row of a grid, from the top. */
  fill(row: FormRow, number: number): readonly string[];
  /** Takes the row filled last for a deal. */
  count(): void;
  /** Columns that were filled, and how many of their cells. */
  readonly filled: ReadonlyMap<number, number>;
}

export function startGroupFill({ named }: RowForm): GroupFill {
  const filled = new Map<number, number>();
  let above: readonly string[] = [];
  let aboveNumber = 0;
  let last: number[] = [];
  return {
    filled,
    fill(row, number) {
      const spans = ownSpans(row);
      last = [];
      let { cells } = row;
      // What is merged with a row that was left blank may be blank too.
      if (spans.length > 0 && number === aboveNumber + 1) {
        last = leading(named, spans).filter((position) => (above[position] ?? '') !== '');
        if (last.length > 0) cells = withTexts(cells, last, above);
      }
      above = cells;
      aboveNumber = number;
      return cells;
    },
    count() {
      for (const position of last) filled.set(position, (filled.get(position) ?? 0) + 1);
      last = [];
    },
  };
}

/** The named columns from the first on that are merged, without a gap. */
function leading(named: readonly number[], spans: readonly number[]): number[] {
  const merged = new Set(spans);
  const end = named.findIndex((position) => !merged.has(position));
  return named.slice(0, end === -1 ? named.length : end);
}

function withTexts(cells: readonly string[], positions: readonly number[], above: readonly string[]): string[] {
  const full = cells.slice();
  for (const position of positions) {
    while (full.length < position) full.push('');
    full[position] = above[position] as string;
  }
  return full;
}
