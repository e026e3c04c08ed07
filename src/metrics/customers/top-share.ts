import { numberAt } from '../../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { addCompensated } from '../amounts.ts';
import type { FigureFunction } from '../define.ts';
import { fieldArgument } from '../figures/field-figures.ts';
import { literalArgument } from '../figures/order-figures.ts';
import { rateFigure, rateOf, unknownFigure } from '../rate.ts';

/** What the deals of each distinct text of a column come to. */
interface Sums {
  readonly deals: Float64Array;
  readonly amounts: Float64Array;
  /** Deals with an amount above zero. */
  readonly withAmount: number;
  /** The amounts can be added up: there are some, all of one currency. */
  readonly isMoney: boolean;
}

function sumsOf(dataset: Dataset, select: Uint8Array, column: Column): Sums {
  const amount = dataset.columns.get('amount');
  const deals = new Float64Array(column.texts.length);
  const amounts = new Float64Array(column.texts.length);
  const lost = new Float64Array(column.texts.length);
  const currencies = new Set<number>();
  let withAmount = 0;
  for (let row = 0; row < select.length; row += 1) {
    const code = column.codes[row]!;
    if (select[row] !== 1 || column.state[code] !== PRESENT) continue;
    deals[code]! += 1;
    const value = numberAt(amount, row);
    if (!(value > 0)) continue;
    currencies.add(dataset.currency[row]!);
    withAmount += 1;
    addCompensated(amounts, lost, code, value);
  }
  for (let code = 0; code < amounts.length; code += 1) amounts[code]! += lost[code]!;
  return { deals, amounts, withAmount, isMoney: currencies.size === 1 };
}

function largest(sums: Float64Array, count: number): { readonly top: number; readonly all: number } {
  const ascending = sums.toSorted();
  let all = 0;
  let top = 0;
  for (let place = 0; place < ascending.length; place += 1) {
    all += ascending[place]!;
    if (place >= ascending.length - count) top += ascending[place]!;
  }
  return { top, all };
}

/**
 * Share of the amount that the deals with the few largest values of a field carry (`top_share(account, 5)`); of the
 * deals instead with a third argument `deals`, and where amounts are missing or of several currencies. Deals without
 * the field are left out.
 */
export const topShare: FigureFunction = ([field, count, measure], { dataset, select }) => {
  const column = dataset.columns.get(fieldArgument(field) ?? '');
  const most = literalArgument(count) ?? 1;
  if (column === undefined) return unknownFigure('rate', 'snapshot');
  const { deals, amounts, withAmount, isMoney } = sumsOf(dataset, select, column);
  const byDeals = largest(deals, most);
  if (!isMoney || (measure?.type === 'word' && measure.word === 'deals')) {
    return rateFigure(rateOf(byDeals.top, byDeals.all), 'snapshot');
  }
  const byAmount = largest(amounts, most);
  // Amounts are added up to the last digit, yet all of them must not come to more than all.
  return { ...unknownFigure('rate', 'snapshot', withAmount), value: Math.min(1, byAmount.top / byAmount.all) };
};
