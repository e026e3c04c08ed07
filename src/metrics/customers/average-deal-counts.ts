import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { sumMoney } from '../../dataset/values/money-sum.ts';
import { NORMAL_975 } from '../../stats/intervals.ts';
import { mean } from '../../stats/mean.ts';
import { quantileOfSorted, sortedCopy } from '../../stats/quantile.ts';
import { addCompensated, currencyCode } from '../amounts.ts';

/** Won deals with an amount above 0 in one currency. */
export interface AverageAmount {
  readonly currency: string;
  readonly deals: number;
  readonly wonAmount: number;
  readonly averageAmount: number;
}

export interface AmountSpread extends AverageAmount {
  /** Average ± 1.96 standard errors; null below 30 deals, where skewed amounts make it misleading. */
  readonly interval: readonly [number, number] | null;
  readonly medianAmount: number;
  readonly p90Amount: number;
}

/** Won deals with an amount above 0: currency + 1 by row, 0 where none is known; -1 for all other rows. */
export function wonSlots(dataset: Dataset): Int32Array {
  const { outcome } = currentState(dataset);
  const column = dataset.columns.get('amount');
  const slots = new Int32Array(dataset.rowCount).fill(-1);
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (outcome[row] !== OUTCOME.won || !(numberAt(column, row) > 0)) continue;
    slots[row] = dataset.currency[row]! + 1;
  }
  return slots;
}

const INTERVAL_FROM = 30;

function intervalOf(amounts: Float64Array, average: number): readonly [number, number] | null {
  if (amounts.length < INTERVAL_FROM) return null;
  const squares = mean(amounts.map((amount) => (amount - average) ** 2)) ?? 0;
  const variance = (squares * amounts.length) / (amounts.length - 1);
  const halfWidth = NORMAL_975 * Math.sqrt(variance / amounts.length);
  return [average - halfWidth, average + halfWidth];
}

/** The spread of won amounts by currency, in order of their codes. */
export function amountSpreads(dataset: Dataset, slots: Int32Array): AmountSpread[] {
  const column = dataset.columns.get('amount');
  const sizes = new Int32Array(dataset.currencies.length + 1);
  for (const slot of slots) if (slot >= 0) sizes[slot]! += 1;
  const amounts = Array.from(sizes, (size) => new Float64Array(size));
  sizes.fill(0);
  for (let row = 0; row < slots.length; row += 1) {
    const slot = slots[row]!;
    if (slot < 0) continue;
    amounts[slot]![sizes[slot]!] = numberAt(column, row);
    sizes[slot]! += 1;
  }
  return amounts
    .flatMap((each, slot): AmountSpread[] => {
      const sorted = sortedCopy(each);
      if (sorted.length === 0) return [];
      const wonAmount = sumMoney(sorted);
      const averageAmount = wonAmount / sorted.length;
      return [
        {
          currency: currencyCode(dataset, slot - 1),
          deals: sorted.length,
          wonAmount,
          averageAmount,
          interval: intervalOf(sorted, averageAmount),
          medianAmount: quantileOfSorted(sorted, 0.5)!,
          p90Amount: quantileOfSorted(sorted, 0.9)!,
        },
      ];
    })
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Averages by group and currency, of the groups asked for; `groupOf` has one entry a row, -1 for none. */
export function averagesByGroup(
  dataset: Dataset,
  slots: Int32Array,
  groupOf: ArrayLike<number>,
  groupCount: number,
): AverageAmount[][] {
  const column = dataset.columns.get('amount');
  const width = dataset.currencies.length + 1;
  const deals = new Int32Array(groupCount * width);
  const sums = new Float64Array(groupCount * width);
  const lost = new Float64Array(groupCount * width);
  for (let row = 0; row < slots.length; row += 1) {
    const group = groupOf[row]!;
    if (slots[row]! < 0 || group < 0) continue;
    const place = group * width + slots[row]!;
    deals[place]! += 1;
    addCompensated(sums, lost, place, numberAt(column, row));
  }
  return Array.from({ length: groupCount }, (_, group) => {
    const averages: AverageAmount[] = [];
    for (let place = group * width; place < (group + 1) * width; place += 1) {
      if (deals[place] === 0) continue;
      const wonAmount = sums[place]! + lost[place]!;
      averages.push({
        currency: currencyCode(dataset, place - group * width - 1),
        deals: deals[place]!,
        wonAmount,
        averageAmount: wonAmount / deals[place]!,
      });
    }
    return averages.toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
  });
}
