import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import type { MetricContext } from './define.ts';

/** Fields that figures are broken down by where nobody says by which, as far as the file has them. */
const USUAL_FIELDS = ['owner', 'source', 'product', 'region'];

/** The deals of a file by what one field says of them. */
export interface Breakdown {
  readonly field: string;
  /** Distinct values, in order of their first row. */
  readonly values: readonly string[];
  /** One a row: index into `values`, -1 for deals without a value. */
  readonly groupOf: Int32Array;
}

// Half a dozen metrics break down by the same fields; columns never change once they are built.
const known = new WeakMap<Column, Breakdown>();

/** The deals by the values of one field; null where the file has no such column. Further calls are free. */
export function breakdownBy(dataset: Dataset, field: string): Breakdown | null {
  const column = dataset.columns.get(field);
  if (column === undefined) return null;
  const breakdown = known.get(column) ?? readBreakdown(column, field);
  known.set(column, breakdown);
  return breakdown;
}

function readBreakdown(column: Column, field: string): Breakdown {
  const groupOfCode = new Int32Array(column.texts.length).fill(-1);
  const values: string[] = [];
  const groupOf = new Int32Array(column.codes.length).fill(-1);
  for (let row = 0; row < groupOf.length; row += 1) {
    const code = column.codes[row]!;
    if (column.state[code] !== PRESENT) continue;
    if (groupOfCode[code] === -1) groupOfCode[code] = values.push(column.texts.at(code)!) - 1;
    groupOf[row] = groupOfCode[code]!;
  }
  return { field, values, groupOf };
}

/**
 * The deals by each of the fields that figures are broken down by: those asked for, else owner, source, product and
 * region. Fields without a column are left out.
 */
export function breakdownsOf({ dataset, by }: Pick<MetricContext, 'dataset' | 'by'>): readonly Breakdown[] {
  return fieldsOf(by).flatMap((field) => breakdownBy(dataset, field) ?? []);
}

function fieldsOf(by: readonly string[]): readonly string[] {
  return by.length > 0 ? by : USUAL_FIELDS;
}

/** Whether the file has a column for any of these fields. */
export function hasBreakdown({ dataset, by }: Pick<MetricContext, 'dataset' | 'by'>): boolean {
  return fieldsOf(by).some((field) => dataset.columns.has(field));
}
