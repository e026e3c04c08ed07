import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currencyCode, currencyOrder, dealsByCurrency } from '../amounts.ts';
import { codesOrElse, rowsWith } from '../row-facts.ts';

/** The deals whose amounts are in one currency. */
export interface CurrencyDeals {
  /** Code of the currency, `XXX` where the file names none. */
  readonly currency: string;
  /** Index of the currency among those of the dataset, -1 for an unnamed one; null where these are all deals. */
  readonly only: number | null;
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

/** Those of some rows that are in one currency, in their order. */
export function rowsInCurrency({ currency }: Dataset, { only }: CurrencyDeals, rows: Int32Array): Int32Array {
  return only === null ? rows : rowsWhere(rows, (row) => currency[row] === only);
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
export function dealsInCurrencies(dataset: Dataset): readonly CurrencyDeals[] {
  const deals = dealsByCurrency(dataset);
  const found = Array.from(deals.keys()).filter((slot) => deals[slot]! > 0);
  const order = currencyOrder(dataset);
  return found
    .map((slot) => ({ currency: currencyCode(dataset, slot - 1), only: found.length === 1 ? null : slot - 1 }))
    .toSorted((a, b) => order(a.currency, b.currency));
}

/** The rows by the distinct texts of a column: the list of a code, empty for missing values. */
export function rowsByCode(column: Column): (code: number) => Int32Array {
  return rowsBySlot(codesOrElse(column, -1), column.texts.length);
}
