import { numberAt } from '../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { bandsBySize } from '../stats/bands.ts';
import { countGroups, type GroupCounts, type Hits, type RowGroups } from '../stats/grouped-hits.ts';

/** Hits of each distinct text of a column, deals without a value left out. */
export interface ValueCounts extends GroupCounts {
  readonly column: Column;
  readonly groups: RowGroups;
}

export function countValues(column: Column, outcome: Hits): ValueCounts {
  const groups = valuesOf(column);
  return { column, groups, ...countGroups(groups, outcome) };
}

/** The rows by the distinct texts of a column. */
function valuesOf({ codes, state, texts }: Column): RowGroups {
  return { ofRow: codes.map((code) => (state[code] === PRESENT ? code : -1)), size: texts.length };
}

/** Groups of like deals. */
export interface Strata extends RowGroups {
  readonly field: string;
}

const BANDS = 4;

/** Deals by size: quarters of the amounts above zero, each currency by itself. */
function sizeBands({ rowCount, currency, currencies }: Dataset, column: Column): Strata {
  const amounts = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const amount = numberAt(column, row);
    amounts[row] = amount > 0 ? amount : Number.NaN;
  }
  const { ofRow, size } = bandsBySize(amounts, (row) => (currency[row] as number) + 1, currencies.length + 1, BANDS);
  return { field: column.field, ofRow, size };
}

/** The strata by a field: bands of size for amounts, else one for each value; null where the file has no such column. */
export function strataBy(dataset: Dataset, field: string): Strata | null {
  const column = dataset.columns.get(field);
  if (column === undefined) return null;
  if (column.type === 'money') return sizeBands(dataset, column);
  return { field, ...valuesOf(column) };
}
