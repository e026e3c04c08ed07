import { numberAt, textAt } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currencyCode, currencyOrder } from '../amounts.ts';

/** Rows of the deals whose amounts are in one currency. */
export interface CurrencyRows {
  /** Code of the currency, `XXX` where the file names none. */
  readonly currency: string;
  readonly rows: Int32Array;
}

/** The rows a mask selects, ascending. */
export function rowsOf(select: Uint8Array): Int32Array {
  let size = 0;
  for (let row = 0; row < select.length; row += 1) if (select[row] === 1) size += 1;
  const rows = new Int32Array(size);
  let next = 0;
  for (let row = 0; next < size; row += 1) {
    if (select[row] !== 1) continue;
    rows[next] = row;
    next += 1;
  }
  return rows;
}

/** All rows of a table. */
export function allRows(rowCount: number): Int32Array {
  const rows = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) rows[row] = row;
  return rows;
}

/** The rows for which a test holds, in their order. */
export function rowsWhere(rows: Int32Array, holds: (row: number) => boolean): Int32Array {
  return rows.filter((row) => holds(row));
}

/** The values of some rows, in order of the rows. */
export function pick(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) picked[index] = values[rows[index]!]!;
  return picked;
}

/** One a row: the number of a field, NaN where it has none. */
export function numbersOf({ columns, rowCount }: Pick<Dataset, 'columns' | 'rowCount'>, field: string): Float64Array {
  const column = columns.get(field);
  const values = new Float64Array(rowCount).fill(Number.NaN);
  if (column === undefined) return values;
  for (let row = 0; row < rowCount; row += 1) values[row] = numberAt(column, row);
  return values;
}

/** Rows by the slot each one is put in, -1 for none: the list of a slot. One pass, however many slots there are. */
function rowsBySlot(slotOf: Int32Array, slots: number): (slot: number) => Int32Array {
  const offsets = new Int32Array(slots + 1);
  for (const slot of slotOf) if (slot >= 0) offsets[slot + 1]! += 1;
  for (let slot = 0; slot < slots; slot += 1) offsets[slot + 1]! += offsets[slot]!;
  const next = offsets.slice();
  const rows = new Int32Array(offsets[slots]!);
  for (let row = 0; row < slotOf.length; row += 1) {
    const slot = slotOf[row]!;
    if (slot < 0) continue;
    rows[next[slot]!] = row;
    next[slot]! += 1;
  }
  return (slot) => rows.subarray(offsets[slot], offsets[slot + 1]);
}

/**
 * The deals by the currency of their amounts, in the order of `currencyOrder`; currencies without a single amount are left out.
 * Where all amounts are in one currency, deals without an amount stand with them; else they stand with the currency
 * their row names, or nowhere.
 */
export function rowsByCurrency(dataset: Dataset): readonly CurrencyRows[] {
  const rows = rowsOfCurrencies.get(dataset) ?? groupByCurrency(dataset);
  rowsOfCurrencies.set(dataset, rows);
  return rows;
}

const rowsOfCurrencies = new WeakMap<Dataset, readonly CurrencyRows[]>();

function groupByCurrency(dataset: Dataset): readonly CurrencyRows[] {
  const { currency, currencies, rowCount } = dataset;
  const amount = dataset.columns.get('amount');
  const hasAmount = new Uint8Array(currencies.length + 1);
  for (let row = 0; row < rowCount; row += 1) {
    if (!Number.isNaN(numberAt(amount, row))) hasAmount[currency[row]! + 1] = 1;
  }
  const found = Array.from(hasAmount.keys()).filter((slot) => hasAmount[slot] === 1);
  const [only] = found;
  if (only === undefined) return [];
  if (found.length === 1) return [{ currency: currencyCode(dataset, only - 1), rows: allRows(rowCount) }];
  const slotOf = Int32Array.from(currency, (index) => (hasAmount[index + 1] === 1 ? index + 1 : -1));
  const rowsOfSlot = rowsBySlot(slotOf, currencies.length + 1);
  const order = currencyOrder(dataset);
  return found
    .map((slot) => ({ currency: currencyCode(dataset, slot - 1), rows: rowsOfSlot(slot) }))
    .toSorted((a, b) => order(a.currency, b.currency));
}

/** The rows by the distinct texts of a column: the list of a code, empty for missing values. */
export function rowsByCode(column: Column): (code: number) => Int32Array {
  const slotOf = Int32Array.from(column.codes, (code, row) => (textAt(column, row) === null ? -1 : code));
  return rowsBySlot(slotOf, column.texts.length);
}
