import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import { currencyOrder } from '../metrics/amounts.ts';
import { currencyAt } from './build-findings.ts';

/** Number of the deal of each row, the same for rows of one key; null where no key stands in two rows. */
type DealNumbers = Int32Array | null;

const numbersOfDataset = new WeakMap<Dataset, DealNumbers>();

function numberDeals(dataset: Dataset): DealNumbers {
  const keyOf = dealKeys(dataset);
  const firstRow = new Map<string, number>();
  const numbers = new Int32Array(dataset.rowCount);
  let repeats = false;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const key = keyOf(row);
    const first = key === null ? undefined : firstRow.get(key);
    numbers[row] = first ?? row;
    if (first !== undefined) repeats = true;
    else if (key !== null) firstRow.set(key, row);
  }
  return repeats ? numbers : null;
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
function rowOfEachDeal(rows: Int32Array, amounts: (row: number) => number, numbers: Int32Array): Iterable<number> {
  const chosen = new Map<number, number>();
  for (const row of rows) {
    const number = numbers[row] as number;
    const other = chosen.get(number);
    if (other === undefined || Number.isNaN(amounts(other)) || amounts(row) > amounts(other)) chosen.set(number, row);
  }
  return chosen.values();
}

/** Amount of the deals in some rows by currency, each deal once, in the order of `currencyOrder`; exact to the cent. */
export function amountOfRows(rows: Int32Array, dataset: Dataset): Record<string, number> {
  const column = dataset.columns.get('amount');
  if (column === undefined || rows.length === 0) return {};
  const numbers = dealNumbers(dataset);
  const amounts = (row: number): number => numberAt(column, row);
  const sums = new Map<string, MoneySum>();
  for (const row of numbers === null ? rows : rowOfEachDeal(rows, amounts, numbers)) {
    const value = amounts(row);
    if (Number.isNaN(value)) continue;
    const currency = currencyAt(dataset, row);
    const sum = sums.get(currency) ?? emptyMoneySum();
    sums.set(currency, sum);
    addMoney(sum, value);
  }
  const order = currencyOrder(dataset);
  return Object.fromEntries([...sums].sort(([a], [b]) => order(a, b)).map(([name, sum]) => [name, moneyTotal(sum)]));
}
