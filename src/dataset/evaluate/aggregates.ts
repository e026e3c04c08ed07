import type { Aggregate, Expression } from '../../ruleset/expression/expression.ts';
import type { Dataset } from '../dataset.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../values/money-sum.ts';
import { type Join, joinTable } from '../view-join.ts';
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
  if (name === 'first' || name === 'last') return chosenValues(name, value, keyOfRow, join, whole, withTime);
  const numbers = whole.numbers(value, join.table, withTime);
  const out = value.type === 'money' && name === 'sum' ? moneyOfKeys(numbers, keyOfRow, source.size) : null;
  const result = out ?? numbersOfKeys(name, numbers, keyOfRow, source.size);
  if (value.type === 'money') forgetMixed(result, keyOfRow, numbers, currencyCodes(value, join.table, whole));
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

const NO_CURRENCY = -2;

/** Amounts of several currencies have no sum, mean or order. */
function forgetMixed(out: Float64Array, keyOfRow: Int32Array, numbers: Float64Array, currency: Int32Array): void {
  const first = new Int32Array(out.length).fill(NO_CURRENCY);
  for (let row = 0; row < keyOfRow.length; row += 1) {
    if (Number.isNaN(numbers[row]!)) continue;
    const place = keyOfRow[row]! + 1;
    if (first[place] === NO_CURRENCY) first[place] = currency[row]!;
    else if (first[place] !== currency[row]) out[place] = Number.NaN;
  }
}

/** The value of the first or last row, in the order of the file, that has one. */
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
  if (shape === 'texts') {
    const texts = whole.texts(value, join.table);
    const rows = chosenRows(name, keyOfRow, source.size, (row) => texts[row] !== null);
    const chosen: Texts = Array.from(rows, (row) => (row < 0 ? null : (texts[row] ?? null)));
    return tableOf(source, chosen);
  }
  if (shape === 'truths') {
    const truths = whole.truths(value, join.table);
    const rows = chosenRows(name, keyOfRow, source.size, (row) => truths[row] !== UNKNOWN);
    return tableOf(
      source,
      Int8Array.from(rows, (row) => truths[row] ?? UNKNOWN),
    );
  }
  const numbers = whole.numbers(value, join.table, withTime);
  const rows = chosenRows(name, keyOfRow, source.size, (row) => !Number.isNaN(numbers[row]));
  return tableOf(
    source,
    Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN),
  );
}

function chosenRows(
  name: 'first' | 'last',
  keyOfRow: Int32Array,
  size: number,
  isKnown: (row: number) => boolean,
): Int32Array {
  const chosen = new Int32Array(size).fill(-1);
  for (let row = 0; row < keyOfRow.length; row += 1) {
    const place = keyOfRow[row]! + 1;
    if (isKnown(row) && (name === 'last' || chosen[place] === -1)) chosen[place] = row;
  }
  chosen[0] = -1;
  return chosen;
}
