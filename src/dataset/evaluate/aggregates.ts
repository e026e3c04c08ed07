import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Aggregate, Expression } from '../../ruleset/expression/expression.ts';
import type { Dataset } from '../dataset.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../values/money-sum.ts';
import { type Join, joinTable } from '../view-join.ts';
import { dealsOf } from '../views.ts';
import { currencyCodes } from './currency-codes.ts';
import { pickedKeys } from './picked-keys.ts';
import { FALSE, type Source, shapeOf, type Table, type Texts, TRUE, tableOf, UNKNOWN } from './sources.ts';
import type { WholeEvaluation } from './whole.ts';

// One source for each join, so that aggregates of one table count as one source of values.
const SOURCES = new WeakMap<Join, Source>();

/** Rows without a key have the first distinct value, the unknown one. */
function sourceOf(join: Join): Source {
  const source = SOURCES.get(join) ?? { codes: join.ofRow, shift: 1, size: join.keys + 1 };
  SOURCES.set(join, source);
  return source;
}

/**
 * What is made of the rows of a table, for each key of the rows of a dataset; null where the table is not given.
 * @param withTime dates count with their time of day, as fractions of days
 */
export function aggregateTable(
  dataset: Dataset,
  aggregate: Aggregate & { readonly type: Expression['type'] },
  whole: WholeEvaluation,
  withTime: boolean,
): Table | null {
  const join = joinTable(dataset, aggregate.table);
  if (join === null) return null;
  const { name, value, condition } = aggregate;
  const keyOfRow = pickedKeys(join, condition, whole);
  const source = sourceOf(join);
  if (value === null)
    return tableOf(source, name === 'any' ? anyOfKeys(keyOfRow, source) : countOfKeys(keyOfRow, source));
  if (name === 'first' || name === 'last') {
    const chosen = chosenValues(name, value, keyOfRow, join, whole, withTime);
    if (value.type === 'money') forgetForeign(chosen.numbers, keyOfRow, join, dataset);
    return chosen;
  }
  const numbers = whole.numbers(value, join.table, withTime);
  const out = value.type === 'money' && name === 'sum' ? moneyOfKeys(numbers, keyOfRow, source.size) : null;
  const result = out ?? numbersOfKeys(name, numbers, keyOfRow, source.size);
  if (value.type === 'money') {
    forgetMixed(result, keyOfRow, numbers, currencyCodes(value, join.table, whole));
    forgetForeign(result, keyOfRow, join, dataset);
  }
  result[0] = Number.NaN;
  return tableOf(source, result);
}

function countOfKeys(keyOfRow: Int32Array, { size }: Source): Float64Array {
  const counts = new Float64Array(size);
  for (let row = 0; row < keyOfRow.length; row += 1) counts[keyOfRow[row]! + 1]! += 1;
  counts[0] = Number.NaN;
  return counts;
}

function anyOfKeys(keyOfRow: Int32Array, { size }: Source): Int8Array {
  const found = new Int8Array(size).fill(FALSE);
  for (let row = 0; row < keyOfRow.length; row += 1) found[keyOfRow[row]! + 1] = TRUE;
  found[0] = UNKNOWN;
  return found;
}

/** Sums of money to the ten-thousandth; one unknown amount makes the sum unknown. */
function moneyOfKeys(amounts: Float64Array, keyOfRow: Int32Array, size: number): Float64Array {
  const whole = new Float64Array(size);
  const parts = new Float64Array(size);
  const sum = emptyMoneySum();
  for (let row = 0; row < keyOfRow.length; row += 1) {
    const place = keyOfRow[row]! + 1;
    const amount = amounts[row]!;
    if (place === 0) continue;
    if (!Number.isFinite(amount)) {
      whole[place] = Number.NaN;
      continue;
    }
    sum.whole = whole[place]!;
    sum.tenThousandths = parts[place]!;
    addMoney(sum, amount);
    whole[place] = sum.whole;
    parts[place] = sum.tenThousandths;
  }
  for (let place = 0; place < size; place += 1) {
    sum.whole = whole[place]!;
    sum.tenThousandths = parts[place]!;
    whole[place] = moneyTotal(sum);
  }
  return whole;
}

function numbersOfKeys(
  name: Aggregate['name'],
  numbers: Float64Array,
  keyOfRow: Int32Array,
  size: number,
): Float64Array {
  switch (name) {
    case 'min':
      return extremes(numbers, keyOfRow, size, -1);
    case 'max':
      return extremes(numbers, keyOfRow, size, 1);
    case 'avg':
      return means(numbers, keyOfRow, size);
    default: {
      const sums = new Float64Array(size);
      for (let row = 0; row < keyOfRow.length; row += 1) sums[keyOfRow[row]! + 1]! += numbers[row]!;
      return sums;
    }
  }
}

/** The largest known value of each key, the smallest with `sign` -1. */
function extremes(numbers: Float64Array, keyOfRow: Int32Array, size: number, sign: 1 | -1): Float64Array {
  const out = new Float64Array(size).fill(Number.NaN);
  for (let row = 0; row < keyOfRow.length; row += 1) {
    const place = keyOfRow[row]! + 1;
    const value = numbers[row]!;
    // Whatever is compared with NaN is false: an unknown value stays out, and the first known one comes in.
    if (!Number.isNaN(value) && !(value * sign <= out[place]! * sign)) out[place] = value;
  }
  return out;
}

function means(numbers: Float64Array, keyOfRow: Int32Array, size: number): Float64Array {
  const out = new Float64Array(size);
  const counts = new Int32Array(size);
  for (let row = 0; row < keyOfRow.length; row += 1) {
    const place = keyOfRow[row]! + 1;
    const value = numbers[row]!;
    if (Number.isNaN(value)) continue;
    out[place]! += value;
    counts[place]! += 1;
  }
  for (let place = 0; place < size; place += 1)
    out[place] = counts[place] === 0 ? Number.NaN : out[place]! / counts[place]!;
  return out;
}

const NO_ROW = -2;

/** Amounts of several currencies have no sum, mean or order. */
function forgetMixed(out: Float64Array, keyOfRow: Int32Array, numbers: Float64Array, currency: Int32Array): void {
  const first = new Int32Array(out.length).fill(NO_ROW);
  for (let row = 0; row < keyOfRow.length; row += 1) {
    if (Number.isNaN(numbers[row]!)) continue;
    const place = keyOfRow[row]! + 1;
    if (first[place] === NO_ROW) first[place] = currency[row]!;
    else if (first[place] !== currency[row]) out[place] = Number.NaN;
  }
}

/** Amounts in another currency than that of the deal they belong to can be held against nothing of it. */
function forgetForeign(out: Float64Array, keyOfRow: Int32Array, { table, ofRow }: Join, dataset: Dataset): void {
  if (dataset.view !== undefined) return;
  const names = new Map<string, number>();
  const numberOf = (name: string): number => {
    if (name === NO_CURRENCY) return -1;
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    return number;
  };
  const ofDeal = dataset.currencies.map(numberOf);
  const ofTable = table.currencies.map(numberOf);
  const own = new Int16Array(out.length).fill(-1);
  for (let row = 0; row < ofRow.length; row += 1) own[ofRow[row]! + 1] = ofDeal[dataset.currency[row]!] ?? -1;
  for (let row = 0; row < keyOfRow.length; row += 1) {
    const place = keyOfRow[row]! + 1;
    const theirs = ofTable[table.currency[row]!] ?? -1;
    if (theirs >= 0 && own[place]! >= 0 && theirs !== own[place]) out[place] = Number.NaN;
  }
}

/** The value of the first or last row that has one, by the date of the table, else in the order of the file. */
function chosenValues(
  name: 'first' | 'last',
  value: Expression,
  keyOfRow: Int32Array,
  join: Join,
  whole: WholeEvaluation,
  withTime: boolean,
): Table {
  const source = sourceOf(join);
  const shape = shapeOf(value);
  const order = orderOf(join);
  if (shape === 'texts') {
    const texts = whole.texts(value, join.table);
    const rows = chosenRows(name, keyOfRow, source.size, order, (row) => texts[row] !== null);
    const chosen: Texts = Array.from(rows, (row) => (row < 0 ? null : (texts[row] ?? null)));
    return tableOf(source, chosen);
  }
  if (shape === 'truths') {
    const truths = whole.truths(value, join.table);
    const rows = chosenRows(name, keyOfRow, source.size, order, (row) => truths[row] !== UNKNOWN);
    return tableOf(
      source,
      Int8Array.from(rows, (row) => truths[row] ?? UNKNOWN),
    );
  }
  const numbers = whole.numbers(value, join.table, withTime);
  const rows = chosenRows(name, keyOfRow, source.size, order, (row) => !Number.isNaN(numbers[row]));
  return tableOf(
    source,
    Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN),
  );
}

/** What the rows of the table are in order by: a number for each row, null for the order of the file. */
function orderOf({ table }: Join): Float64Array | null {
  const dates = dealsOf(table).tables.get(table.view?.table ?? '')?.order ?? null;
  if (dates === null) return null;
  const { codes, numbers, millis } = dates;
  // Rows without a date come before all others, so that the latest row that has one is the last.
  const ofCode = Float64Array.from(millis ?? numbers, (value) =>
    Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value,
  );
  return Float64Array.from(codes, (code) => ofCode[code] as number);
}

/** The row of each key that comes first or last; of those at the same time, in the order of the file. */
function chosenRows(
  name: 'first' | 'last',
  keyOfRow: Int32Array,
  size: number,
  order: Float64Array | null,
  isKnown: (row: number) => boolean,
): Int32Array {
  const chosen = new Int32Array(size).fill(-1);
  for (let row = 0; row < keyOfRow.length; row += 1) {
    const place = keyOfRow[row]! + 1;
    if (!isKnown(row)) continue;
    const before = chosen[place]!;
    const later = before === -1 || order === null ? 0 : Math.sign(order[row]! - order[before]!);
    if (before === -1 || (name === 'last' ? !(later < 0) : later < 0)) chosen[place] = row;
  }
  chosen[0] = -1;
  return chosen;
}
