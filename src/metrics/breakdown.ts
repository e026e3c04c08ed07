import { type Dataset, PRESENT } from '../dataset/dataset.ts';
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

/** The deals by the values of one field; null where the file has no such column. */
export function breakdownBy(dataset: Dataset, field: string): Breakdown | null {
  const column = dataset.columns.get(field);
  if (column === undefined) return null;
  const groupOfCode = new Int32Array(column.texts.length).fill(-1);
  const values: string[] = [];
  const groupOf = new Int32Array(dataset.rowCount).fill(-1);
  for (let row = 0; row < dataset.rowCount; row += 1) {
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
  const fields = by.length > 0 ? by : USUAL_FIELDS;
  return fields.flatMap((field) => breakdownBy(dataset, field) ?? []);
}
