import { numberAt } from '../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { bandsBySize } from '../stats/bands.ts';
import { countGroups, type GroupCounts, type Hits, type RowGroups } from '../stats/grouped-hits.ts';
import { groupsOfUnequalTime } from '../stats/unequal-time.ts';

/** Hits of each distinct text of a column, deals without a value left out. */
export interface ValueCounts extends GroupCounts {
  readonly column: Column;
  readonly groups: RowGroups;
  /** Values that are not compared, as their deals had more or less time than the rest to be won or lost. */
  readonly unequal: ReadonlySet<number>;
}

/** @param everyone 0 for each deal that may yet be decided too, -1 for the others; null where nothing is awaited. */
export function countValues(column: Column, outcome: Hits, everyone: Hits | null): ValueCounts {
  const groups = valuesOf(column);
  const counts = countGroups(groups, outcome);
  const unequal = everyone === null ? new Set<number>() : groupsOfUnequalTime(counts, countGroups(groups, everyone));
  return { column, groups, unequal, ...counts };
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
