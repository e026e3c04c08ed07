import { cellOf, type RawColumn, type Sheet } from '../sheet.ts';
import { excerptOf } from './body-state.ts';

/** Fewer rows may add up by chance. */
const FEWEST_ROWS = 4;
const MARKS = /[\s,¥￥$€£]/g;

type Rows = Pick<Sheet, 'columns' | 'rows' | 'lines' | 'setAside'>;

/** The rows of a table, without the last one where that is the sum of the others under a label of no known kind. */
export function withoutSum(table: Rows): Rows {
  const { columns, rows, lines, setAside } = table;
  if (!endsWithSum(columns, rows.length)) return table;
  const last = rows.length - 1;
  const texts = columns.map((column) => cellOf(column, last)).filter((text) => text.trim() !== '');
  const aside = { row: rows[last] as number, line: lines[last] as number, reason: 'total' as const };
  return {
    columns: columns.map((column) => ({ ...column, codes: column.codes.slice(0, last) })),
    rows: rows.slice(0, last),
    lines: lines.slice(0, last),
    setAside: [...setAside, { ...aside, excerpt: excerptOf(texts.join(', ')) }],
  };
}

/**
 * True when the last row is a sum that its label does not show: few of its cells are filled, and one of them is the sum
 * of all above it in its column.
 */
function endsWithSum(columns: readonly RawColumn[], rowCount: number): boolean {
  const last = rowCount - 1;
  if (rowCount < FEWEST_ROWS || columns.length < 2) return false;
  const filled = columns.filter((column) => cellOf(column, last).trim() !== '');
  if (filled.length === 0 || filled.length > Math.max(2, Math.floor(columns.length / 3))) return false;
  return filled.some((column) => isSumOfAbove(column, last));
}

function numberIn(text: string): number {
  const digits = text.replace(MARKS, '');
  return /^-?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
}

function isSumOfAbove(column: RawColumn, last: number): boolean {
  const total = numberIn(cellOf(column, last));
  if (Number.isNaN(total) || total === 0) return false;
  const numbers = column.values.map(numberIn);
  let sum = 0;
  let count = 0;
  for (let row = 0; row < last; row++) {
    const value = numbers[column.codes[row] as number];
    if (value === undefined || Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count >= FEWEST_ROWS - 1 && Math.abs(sum - total) <= 0.005;
}
