import type { RowGroups } from './grouped-hits.ts';
import { quantileOfSorted, sortedCopy } from './quantile.ts';

/** Rows in bands of equal size by a value, with the limits between them. */
export interface Bands extends RowGroups {
  readonly bands: number;
  /** One list a class: the upper limits of all bands but the last. */
  readonly limits: readonly (readonly number[])[];
}

/**
 * So many bands of equal size (as far as equal values allow) by the quantiles of a value, each class of rows by itself:
 * group `class * bands + band`. Rows whose value is NaN are in none.
 * @param classOf one a row, from 0 up to `classes`, such as the currency.
 */
export function bandsBySize(
  values: Float64Array,
  classOf: (row: number) => number,
  classes: number,
  bands: number,
): Bands {
  const limits = valuesByClass(values, classOf, classes).map((list) => {
    const sorted = sortedCopy(list);
    return Array.from({ length: bands - 1 }, (_, band) => quantileOfSorted(sorted, (band + 1) / bands) ?? 0);
  });
  const ofRow = new Int32Array(values.length).fill(-1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    const at = classOf(row);
    let band = 0;
    for (const limit of limits[at] as number[]) if (value > limit) band++;
    ofRow[row] = at * bands + band;
  }
  return { ofRow, size: classes * bands, bands, limits };
}

function valuesByClass(values: Float64Array, classOf: (row: number) => number, classes: number): Float64Array[] {
  const sizes = new Int32Array(classes);
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) sizes[classOf(row)]!++;
  const lists = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Int32Array(classes);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const at = Number.isNaN(value) ? -1 : classOf(row);
    if (at >= 0) lists[at]![next[at]!++] = value;
  }
  return lists;
}
