import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { DayRange } from '../../dataset/targets.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import type { Text } from '../../i18n/text.ts';
import { currencyCode } from '../amounts.ts';

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
  const column = dataset.columns.get('amount');
  const amounts = new Float64Array(dataset.rowCount).fill(Number.NaN);
  const currencies = new Set<number>();
  let known = 0;
  for (let row = 0; row < amounts.length; row += 1) {
    if (select[row] !== 1) continue;
    const amount = numberAt(column, row);
    if (Number.isNaN(amount)) continue;
    amounts[row] = amount;
    known += 1;
    currencies.add(dataset.currency[row]!);
  }
  const [only = -1] = currencies;
  const isMixed = currencies.size > 1;
  return { amounts, known, currency: isMixed || only < 0 ? null : currencyCode(dataset, only), isMixed };
}

/** The amounts of open deals due from today to a day, NaN for the others: dates that are past are not rolled on. */
export function dueAmounts(dataset: Dataset, amounts: Float64Array, untilDay: number): Float64Array {
  const { columns, asOfDay } = dataset;
  const close = columns.get('close');
  const { outcome } = currentState(dataset);
  return amounts.map((amount, row) => {
    const day = numberAt(close, row);
    return outcome[row] === OUTCOME.open && day >= asOfDay && day <= untilDay ? amount : Number.NaN;
  });
}

/** What was won in a stretch of time, to the cent. */
export interface WonAmount {
  readonly total: number;
  readonly deals: number;
}

/** Sum of the amounts won from one day to another, both included. */
export function wonBetween(
  amounts: Float64Array,
  outcome: Uint8Array,
  days: Float64Array,
  { fromDay, untilDay }: DayRange,
): WonAmount {
  const sum = emptyMoneySum();
  let deals = 0;
  for (let row = 0; row < amounts.length; row += 1) {
    const amount = amounts[row]!;
    const day = days[row]!;
    if (outcome[row] !== OUTCOME.won || Number.isNaN(amount) || !(day >= fromDay && day <= untilDay)) continue;
    addMoney(sum, amount);
    deals += 1;
  }
  return { total: moneyTotal(sum), deals };
}
