import { foldHeader } from '../../i18n/fold.ts';
import { cellOf, type RawColumn } from '../sheet.ts';
import type { TotalKind } from './total-row.ts';

/** A row of totals below some rows, which may be those of a group. */
export interface GroupMark {
  /** Rows kept above it. */
  readonly at: number;
  /** Column of its label. */
  readonly column: number;
  readonly label: string;
  readonly kind: TotalKind;
}

/** A column of groups, whose blank cells belong to the group above them. */
export interface FilledColumn {
  readonly column: RawColumn;
  readonly cells: number;
}

/**
 * Fills a column that has the name of a group in the first of its rows only. It takes rows of subtotals to tell that
 * from a column with blanks: they have their label in it or in the next one, and part the rows so that each part starts
 * with a name and is blank below it.
 * @returns null when it is no such column
 */
export function fillGroups(column: RawColumn, rowCount: number, marks: readonly GroupMark[]): FilledColumn | null {
  for (const last of [column.position, column.position + 1]) {
    const bounds = marks.filter(({ column: label, kind }) => label <= last && kind !== 'group-label');
    if (!bounds.some(({ column: label }) => label === last)) continue;
    const starts = groupStarts(column, rowCount, bounds);
    if (starts !== null && areSubtotals(column, starts, bounds)) return filled(column, rowCount);
  }
  return null;
}

function isBlank(column: RawColumn, row: number): boolean {
  return cellOf(column, row).trim() === '';
}

/** The first row of each group; null when some part of the rows is none. */
function groupStarts(column: RawColumn, rowCount: number, bounds: readonly GroupMark[]): number[] | null {
  const { codes } = column;
  const starts: number[] = [];
  let next = 0;
  for (let row = 0; row < rowCount; row++) {
    let isStart = row === 0;
    for (; next < bounds.length && (bounds[next] as GroupMark).at <= row; next++) isStart = true;
    const blank = isBlank(column, row);
    if (isStart ? blank : !blank && codes[row] !== codes[starts.at(-1) as number]) return null;
    if (isStart) starts.push(row);
  }
  return starts;
}

/** Two subtotals, one with a total below it, or one that names its group; a total alone is no subtotal. */
function areSubtotals(column: RawColumn, starts: readonly number[], bounds: readonly GroupMark[]): boolean {
  const subtotals = bounds.filter(({ kind }) => kind === 'subtotal');
  if (subtotals.length !== 1) return subtotals.length > 1;
  const [{ at, label }] = subtotals as [GroupMark];
  const start = starts.findLast((row) => row < at) ?? 0;
  const name = cellOf(column, start).trim();
  return (
    (name.length > 1 && label.includes(name)) || bounds.some(({ kind, at: below }) => kind === 'grand' && below >= at)
  );
}

function filled(column: RawColumn, rowCount: number): FilledColumn | null {
  const codes = column.codes.slice();
  let cells = 0;
  for (let row = 1; row < rowCount; row++) {
    if (!isBlank(column, row)) continue;
    codes[row] = codes[row - 1] as number;
    cells++;
  }
  return cells === 0 ? null : { column: { ...column, codes }, cells };
}

/**
 * Rows that hold the name of a group alone, above its rows, in which that column is blank; null where a row has both,
 * or the columns are too few to tell.
 */
export function labelRows(columns: readonly RawColumn[], rowCount: number): Uint8Array | null {
  const [first, ...others] = columns;
  if (first === undefined || others.length < 2 || rowCount < 2) return null;
  const isLabel = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const isNamed = !isBlank(first, row);
    if (isNamed !== others.every((column) => isBlank(column, row))) return null;
    if (isNamed) isLabel[row] = 1;
  }
  return isLabel[0] === 1 && isLabel.includes(0) ? isLabel : null;
}

/** The column with the names in its rows, which are to be left out after that. */
export function fillLabels(column: RawColumn, rowCount: number): FilledColumn | null {
  return filled(column, rowCount);
}

const COUNT_BEHIND = /\s*[(（][^)）]*[)）]\s*$/u;

/** Fills a column without any text from rows such as `Stage: Prospecting (3 records)` above each group. */
export function fillFromCounts(column: RawColumn, rowCount: number, marks: readonly GroupMark[]): FilledColumn | null {
  const labels = marks.filter(({ kind, column: position }) => kind === 'group-label' && position === column.position);
  if (rowCount === 0 || labels[0]?.at !== 0) return null;
  for (let row = 0; row < rowCount; row++) if (!isBlank(column, row)) return null;
  const names = labels.map(({ label }) => nameOf(label, column.header));
  const values = [...new Set(names)];
  const codes = new Int32Array(rowCount);
  for (const [index, { at }] of labels.entries()) codes.fill(values.indexOf(names[index] as string), at);
  return { column: { ...column, codes, values }, cells: rowCount };
}

/** The name without the count behind it and the header before it. */
function nameOf(label: string, header: string): string {
  const name = label.replace(COUNT_BEHIND, '').trim();
  const [before = '', ...rest] = name.split(/[:：]/u);
  return rest.length > 0 && foldHeader(before) === foldHeader(header) ? name.slice(before.length + 1).trim() : name;
}
