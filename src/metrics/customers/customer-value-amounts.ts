import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { addCompensated, currencyCode } from '../amounts.ts';
import type { Purchases } from './customer-value-accounts.ts';

/** What each customer's won deals are worth in one currency; one entry a customer. */
export interface CustomerAmounts {
  /** That of the greatest number of won deals, the first by code among equals. */
  readonly currency: string;
  /** Won deals with an amount in the currency. */
  readonly orders: Int32Array;
  readonly sums: Float64Array;
  readonly ordersInAll: number;
  readonly sumInAll: number;
  /** Won deals of known customers without an amount, or with one in another currency. */
  readonly leftOut: number;
}

/** Currency + 1 of the greatest number of won deals with an amount; null where none has one. */
function usualCurrency(dataset: Dataset, { customerOf }: Purchases): number | null {
  const column = dataset.columns.get('amount');
  const deals = new Int32Array(dataset.currencies.length + 1);
  for (let row = 0; row < customerOf.length; row += 1) {
    if (customerOf[row]! >= 0 && !Number.isNaN(numberAt(column, row))) deals[dataset.currency[row]! + 1]! += 1;
  }
  const most = Math.max(...deals);
  const codeOf = (slot: number): string => currencyCode(dataset, slot - 1);
  const slots = Array.from(deals.keys()).filter((slot) => deals[slot] === most);
  return most === 0 ? null : slots.toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1))[0]!;
}

/** What customers bought for, in the currency most of them paid in; null where no won deal has an amount. */
export function customerAmounts(dataset: Dataset, bought: Purchases): CustomerAmounts | null {
  const slot = usualCurrency(dataset, bought);
  if (slot === null) return null;
  const column = dataset.columns.get('amount');
  const count = bought.names.length;
  const [orders, sums, lost] = [new Int32Array(count), new Float64Array(count), new Float64Array(count)];
  const [total, totalLost] = [new Float64Array(1), new Float64Array(1)];
  let ordersInAll = 0;
  let leftOut = 0;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const customer = bought.customerOf[row]!;
    if (customer < 0) continue;
    const amount = numberAt(column, row);
    if (Number.isNaN(amount) || dataset.currency[row]! + 1 !== slot) {
      leftOut += 1;
      continue;
    }
    orders[customer]! += 1;
    ordersInAll += 1;
    addCompensated(sums, lost, customer, amount);
    addCompensated(total, totalLost, 0, amount);
  }
  return {
    currency: currencyCode(dataset, slot - 1),
    orders,
    sums: sums.map((sum, customer) => sum + lost[customer]!),
    ordersInAll,
    sumInAll: total[0]! + totalLost[0]!,
    leftOut,
  };
}
