import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currencyCode, currencyOrder } from '../amounts.ts';
import { codesOrElse, numbersOf, rowsWith } from '../row-facts.ts';

/** Rows of the deals whose amounts are in one currency. */
export interface CurrencyRows {
  /** Code of the currency, `XXX` where the file names none. */
  readonly currency: string;
  readonly rows: Int32Array;
}

/** The rows a mask selects, ascending. */
export function rowsOf(select: Uint8Array): Int32Array {
  return rowsWith(select, 1);
}

/** All rows of a table. */
export function allRows(rowCount: number): Int32Array {
  const rows = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) rows[row] = row;
  return rows;
}

/** The rows for which a test holds, in their order. */
export function rowsWhere(rows: Int32Array, holds: (row: number) => boolean): Int32Array {
  const held = new Int32Array(rows.length);
  let size = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!;
    if (!holds(row)) continue;
    held[size] = row;
    size += 1;
  }
  return held.slice(0, size);
}

/** Those of some rows whose entry is a number, in their order. */
export function rowsHaving(rows: Int32Array, values: Int8Array, wanted: number): Int32Array {
  let size = 0;
  for (let index = 0; index < rows.length; index += 1) if (values[rows[index]!] === wanted) size += 1;
  const having = new Int32Array(size);
  let next = 0;
  for (let index = 0; next < size; index += 1) {
    if (values[rows[index]!] !== wanted) continue;
    having[next] = rows[index]!;
    next += 1;
  }
  return having;
}

/** The values of some rows, in order of the rows. */
export function pick(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) picked[index] = values[rows[index]!]!;
  return picked;
}

/** Rows by the slot each one is put in, -1 for none: the list of a slot. One pass, however many slots there are. */
function rowsBySlot(slotOf: Int32Array, slots: number): (slot: number) => Int32Array {
  const offsets = new Int32Array(slots + 1);
  for (let row = 0; row < slotOf.length; row += 1) {
    const slot = slotOf[row]!;
    if (slot >= 0) offsets[slot + 1]! += 1;
  }
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
  const amounts = numbersOf(dataset, 'amount');
  const hasAmount = new Uint8Array(currencies.length + 1);
  for (let row = 0; row < rowCount; row += 1) {
    if (!Number.isNaN(amounts[row]!)) hasAmount[currency[row]! + 1] = 1;
  }
  const found = Array.from(hasAmount.keys()).filter((slot) => hasAmount[slot] === 1);
  const [only] = found;
  if (only === undefined) return [];
  if (found.length === 1) return [{ currency: currencyCode(dataset, only - 1), rows: allRows(rowCount) }];
  const slotOf = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    const slot = currency[row]! + 1;
    slotOf[row] = hasAmount[slot] === 1 ? slot : -1;
  }
  const rowsOfSlot = rowsBySlot(slotOf, currencies.length + 1);
  const order = currencyOrder(dataset);
  return found
    .map((slot) => ({ currency: currencyCode(dataset, slot - 1), rows: rowsOfSlot(slot) }))
    .toSorted((a, b) => order(a.currency, b.currency));
}

/** The rows by the distinct texts of a column: the list of a code, empty for missing values. */
export function rowsByCode(column: Column): (code: number) => Int32Array {
  return rowsBySlot(codesOrElse(column, -1), column.texts.length);
}
