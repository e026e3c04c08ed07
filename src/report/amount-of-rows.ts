import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import { currencyOrder } from '../metrics/amounts.ts';

/** Number of the deal of each row that stands in several, ALONE for the others; null where no key stands in two rows. */
type DealNumbers = Int32Array | null;

const ALONE = -1;

const numbersOfDataset = new WeakMap<Dataset, DealNumbers>();

interface KeyNumbers {
  /** One a row, counting from 0; ALONE where the row has no key. */
  readonly ofRow: Int32Array;
  /** All numbers lie below. */
  readonly end: number;
}

/** Whether some text stands in two rows. */
function hasRepeats({ codes, state, texts }: Column): boolean {
  const isSeen = new Uint8Array(texts.length);
  let repeats = false;
  visitBlocks(codes.length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      const code = codes[row]!;
      if (isSeen[code] === 1 && state[code] === PRESENT) repeats = true;
      isSeen[code] = 1;
    }
  });
  return repeats;
}

/** Null where no key stands in two rows. */
function keyNumbers(dataset: Dataset): KeyNumbers | null {
  const { columns, ruleset, rowCount } = dataset;
  const [column, ...others] = ruleset.source.key.flatMap((field) => columns.get(field) ?? []);
  // The texts of such a column differ, so their codes tell as much.
  const isByCode = column?.type === 'text' && others.length === 0;
  if (isByCode && !hasRepeats(column)) return null;
  const ofRow = new Int32Array(rowCount).fill(ALONE);
  if (isByCode) {
    const { codes, state, texts } = column;
    for (let row = 0; row < rowCount; row += 1) if (state[codes[row]!] === PRESENT) ofRow[row] = codes[row]!;
    return { ofRow, end: texts.length };
  }
  const keyOf = dealKeys(dataset);
  const numberOf = new Map<string, number>();
  for (let row = 0; row < rowCount; row += 1) {
    const key = keyOf(row);
    if (key === null) continue;
    const number = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, number);
    ofRow[row] = number;
  }
  return { ofRow, end: numberOf.size };
}

function numberDeals(dataset: Dataset): DealNumbers {
  const numbers = keyNumbers(dataset);
  if (numbers === null) return null;
  const { ofRow, end } = numbers;
  const rowsOf = new Int32Array(end);
  let repeats = false;
  for (let row = 0; row < ofRow.length; row += 1) {
    const number = ofRow[row]!;
    if (number === ALONE) continue;
    rowsOf[number]! += 1;
    if (rowsOf[number]! > 1) repeats = true;
  }
  if (!repeats) return null;
  for (let row = 0; row < ofRow.length; row += 1) {
    const number = ofRow[row]!;
    if (number !== ALONE && rowsOf[number] === 1) ofRow[row] = ALONE;
  }
  return ofRow;
}

function dealNumbers(dataset: Dataset): DealNumbers {
  // The key of a row of another table does not name a deal.
  if (dataset.view !== undefined) return null;
  const known = numbersOfDataset.get(dataset);
  if (known !== undefined) return known;
  const numbers = numberDeals(dataset);
  numbersOfDataset.set(dataset, numbers);
  return numbers;
}

/** Of each deal among the rows the one with the largest amount: a deal that stands in two rows is worth no more. */
function rowOfEachDeal(rows: Int32Array, { codes, numbers: amounts }: Column, deals: Int32Array): Int32Array {
  const chosen = new Int32Array(rows.length);
  const placeOf = new Map<number, number>();
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!;
    const deal = deals[row]!;
    const place = deal === ALONE ? undefined : placeOf.get(deal);
    if (place === undefined) {
      if (deal !== ALONE) placeOf.set(deal, count);
      chosen[count++] = row;
      continue;
    }
    const known = amounts[codes[chosen[place]!]!] ?? Number.NaN;
    if (Number.isNaN(known) || (amounts[codes[row]!] ?? Number.NaN) > known) chosen[place] = row;
  }
  return chosen.subarray(0, count);
}

/** Amount of the deals in some rows by currency, each deal once, in the order of `currencyOrder`; exact to the cent. */
export function amountOfRows(rows: Int32Array, dataset: Dataset): Record<string, number> {
  const column = dataset.columns.get('amount');
  if (column === undefined || rows.length === 0) return {};
  const numbers = dealNumbers(dataset);
  const chosen = numbers === null ? rows : rowOfEachDeal(rows, column, numbers);
  const sums = new Map<string, MoneySum>();
  const sumOf = (name: string): MoneySum => {
    const sum = sums.get(name) ?? emptyMoneySum();
    sums.set(name, sum);
    return sum;
  };
  // One for each currency, behind that of the deals without one.
  const ofCurrency: (MoneySum | undefined)[] = new Array(dataset.currencies.length + 1).fill(undefined);
  visitBlocks(chosen.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = chosen[at]!;
      const value = column.numbers[column.codes[row]!] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const currency = dataset.currency[row]!;
      const sum = ofCurrency[currency + 1] ?? sumOf(dataset.currencies[currency] ?? NO_CURRENCY);
      ofCurrency[currency + 1] = sum;
      addMoney(sum, value);
    }
  });
  const order = currencyOrder(dataset);
  return Object.fromEntries([...sums].sort(([a], [b]) => order(a, b)).map(([name, sum]) => [name, moneyTotal(sum)]));
}
