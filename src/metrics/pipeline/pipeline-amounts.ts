import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { DayRange } from '../../dataset/targets.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import type { Text } from '../../i18n/text.ts';
import { currencyCode } from '../amounts.ts';
import { numbersOf } from '../row-facts.ts';
import { rowsWhere } from './pipeline-rows.ts';

/** Why amounts of several currencies make no figure. */
export const SEVERAL_CURRENCIES: Text = { en: 'amounts in several currencies', zh: '金额有多种币种' };

/** An amount that is a mean or an estimate: from 100 on in whole units, so that figures stand in one precision. */
export function wholeAmount(amount: number): number {
  return Math.abs(amount) < 100 ? amount : Math.round(amount);
}

/** Amounts of the selected deals, one a row: NaN for the others and where no amount is known. */
export interface DealAmounts {
  readonly amounts: Float64Array;
  readonly known: number;
  /** Currency of all of them; null where it is not known. */
  readonly currency: string | null;
  /** Several currencies, which nothing may add up. */
  readonly isMixed: boolean;
}

/** The amounts of the selected deals, and whether they are in one currency. */
export function dealAmounts(dataset: Dataset, select: Uint8Array): DealAmounts {
  const { currency, currencies, rowCount } = dataset;
  const all = numbersOf(dataset, 'amount');
  const amounts = new Float64Array(rowCount).fill(Number.NaN);
  const isNamed = new Uint8Array(currencies.length + 1);
  let known = 0;
  for (let row = 0; row < rowCount; row += 1) {
    if (select[row] !== 1) continue;
    const amount = all[row]!;
    if (Number.isNaN(amount)) continue;
    amounts[row] = amount;
    known += 1;
    isNamed[currency[row]! + 1] = 1;
  }
  const only = isNamed.indexOf(1) - 1;
  const isMixed = isNamed.lastIndexOf(1) - 1 > only;
  return { amounts, known, currency: isMixed || only < 0 ? null : currencyCode(dataset, only), isMixed };
}

/** The amounts of open deals due from today to a day, NaN for the others: dates that are past are not rolled on. */
export function dueAmounts(dataset: Dataset, amounts: Float64Array, untilDay: number): Float64Array {
  const { asOfDay } = dataset;
  const close = numbersOf(dataset, 'close');
  const { outcome } = currentState(dataset);
  const due = new Float64Array(amounts.length);
  for (let row = 0; row < due.length; row += 1) {
    const isDue = outcome[row] === OUTCOME.open && close[row]! >= asOfDay && close[row]! <= untilDay;
    due[row] = isDue ? amounts[row]! : Number.NaN;
  }
  return due;
}

/** What was won in a stretch of time, to the cent. */
export interface WonAmount {
  readonly total: number;
  readonly deals: number;
}

/** One a row: what was won, and when. */
interface WonColumns {
  readonly amounts: Float64Array;
  readonly outcome: Uint8Array;
  /** Day numbers of the closing. */
  readonly days: Float64Array;
}

/** Whether a deal was won from one day to another, both included, and has an amount. */
function isWonBetween({ amounts, outcome, days }: WonColumns, row: number, { fromDay, untilDay }: DayRange): boolean {
  const day = days[row]!;
  return outcome[row] === OUTCOME.won && !Number.isNaN(amounts[row]!) && day >= fromDay && day <= untilDay;
}

/**
 * Sum of the amounts won from one day to another, both included.
 * @param rows null for all
 */
export function wonBetween(columns: WonColumns, rows: Int32Array | null, range: DayRange): WonAmount {
  const sum = emptyMoneySum();
  const count = rows === null ? columns.amounts.length : rows.length;
  let deals = 0;
  for (let index = 0; index < count; index += 1) {
    const row = rows === null ? index : rows[index]!;
    if (!isWonBetween(columns, row, range)) continue;
    addMoney(sum, columns.amounts[row]!);
    deals += 1;
  }
  return { total: moneyTotal(sum), deals };
}

/** Those of some rows that `wonBetween` counts, in their order. */
export function rowsWonBetween(columns: WonColumns, rows: Int32Array, range: DayRange): Int32Array {
  return rowsWhere(rows, (row) => isWonBetween(columns, row, range));
}
