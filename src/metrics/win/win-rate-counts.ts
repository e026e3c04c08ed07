import type { Dataset } from '../../dataset/dataset.ts';
import { OUTCOME } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Hits } from '../../stats/grouped-hits.ts';
import { wilson } from '../../stats/intervals.ts';
import { addCompensated, currencyCode } from '../amounts.ts';
import { numbersOf } from '../row-facts.ts';

/** Won amount divided by won and lost amount in one currency. */
export interface ValueWinRate {
  readonly currency: string;
  /** Null when withheld or when nothing is closed. */
  readonly value: number | null;
  readonly wonAmount: number;
  readonly lostAmount: number;
  /** Closed deals with an amount above 0, which the rate rests on. */
  readonly wonDeals: number;
  readonly lostDeals: number;
  /** Number of deals of equal amount that would be as uncertain: (Σv)² / Σv². */
  readonly effectiveDeals: number | null;
  /** Wilson's at the effective number of deals, approximate. */
  readonly interval: readonly [number, number] | null;
  /** Why there is no rate. */
  readonly withheld: Text | null;
}

export interface ValueWinRates {
  readonly byCurrency: readonly ValueWinRate[];
  /** Closed deals without an amount above 0. */
  readonly excludedWon: number;
  readonly excludedLost: number;
}

export interface OutcomeCounts {
  readonly open: number;
  readonly won: number;
  readonly lost: number;
  readonly dormant: number;
  readonly unknown: number;
}

const NO_LOST_AMOUNT: Text = {
  en: 'No lost deal has an amount, so the rate would be 100% whatever happened.',
  zh: '输单都没有金额，算出来必然是 100%，因此不给出。',
};

/** One a row: 1 won, 0 lost, -1 neither. */
export function winHits(outcome: Uint8Array): Hits {
  const hits = new Int8Array(outcome.length).fill(-1);
  for (let row = 0; row < hits.length; row += 1) {
    if (outcome[row] === OUTCOME.won) hits[row] = 1;
    else if (outcome[row] === OUTCOME.lost) hits[row] = 0;
  }
  return hits;
}

/** Where nobody ever lost, the lost deals are not in the file, and every win rate would be 100 %. */
export const NO_LOST_DEALS: Text = {
  en: 'not one closed deal is lost, so the rate would be 100% whatever happened',
  zh: '已关闭的单里没有一单输单，算出来必然是 100%，因此不给出',
};

/** What is lacking to compare win rates: a won and a lost deal; null where both are there. */
export function missingOutcomes(outcome: Uint8Array): Text | null {
  if (!outcome.includes(OUTCOME.won)) return { en: 'no won deals', zh: '没有赢单' };
  return outcome.includes(OUTCOME.lost) ? null : { en: 'no lost deals', zh: '没有输单' };
}

/** Deals by outcome, of those a mask selects. */
export function countOutcomes(outcome: Uint8Array, select: Uint8Array | null): OutcomeCounts {
  const counts = new Int32Array(5);
  for (let deal = 0; deal < outcome.length; deal += 1) {
    if (select === null || select[deal] === 1) counts[outcome[deal]!]! += 1;
  }
  return {
    open: counts[OUTCOME.open]!,
    won: counts[OUTCOME.won]!,
    lost: counts[OUTCOME.lost]!,
    dormant: counts[OUTCOME.dormant]!,
    unknown: counts[OUTCOME.unknown]!,
  };
}

/** Win rates by value, one a currency, in order of the currency codes. */
export function valueWinRates(dataset: Dataset, outcome: Uint8Array, select: Uint8Array | null): ValueWinRates {
  const amounts = numbersOf(dataset, 'amount');
  const width = dataset.currencies.length + 1;
  const tally = newTally(2 * width);
  const excluded = [0, 0];
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (select !== null && select[row] !== 1) continue;
    if (outcome[row] !== OUTCOME.won && outcome[row] !== OUTCOME.lost) continue;
    const side = outcome[row] === OUTCOME.won ? 0 : 1;
    const amount = amounts[row]!;
    if (amount > 0) addAmount(tally, side * width + dataset.currency[row]! + 1, amount);
    else excluded[side]! += 1;
  }
  const byCurrency = Array.from({ length: width }, (_, index) =>
    valueWinRate(currencyCode(dataset, index - 1), tally, index, width + index),
  );
  return {
    byCurrency: byCurrency
      .filter((rate) => rate.wonDeals + rate.lostDeals > 0)
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    excludedWon: excluded[0]!,
    excludedLost: excluded[1]!,
  };
}

interface Tally {
  readonly deals: Int32Array;
  readonly sums: Float64Array;
  readonly sumsLost: Float64Array;
  readonly squares: Float64Array;
  readonly squaresLost: Float64Array;
}

function newTally(slots: number): Tally {
  return {
    deals: new Int32Array(slots),
    sums: new Float64Array(slots),
    sumsLost: new Float64Array(slots),
    squares: new Float64Array(slots),
    squaresLost: new Float64Array(slots),
  };
}

function addAmount(tally: Tally, slot: number, amount: number): void {
  tally.deals[slot]! += 1;
  addCompensated(tally.sums, tally.sumsLost, slot, amount);
  addCompensated(tally.squares, tally.squaresLost, slot, amount * amount);
}

function valueWinRate(currency: string, tally: Tally, wonSlot: number, lostSlot: number): ValueWinRate {
  const sumAt = (slot: number) => tally.sums[slot]! + tally.sumsLost[slot]!;
  const squaresAt = (slot: number) => tally.squares[slot]! + tally.squaresLost[slot]!;
  const wonAmount = sumAt(wonSlot);
  const lostAmount = sumAt(lostSlot);
  const total = wonAmount + lostAmount;
  const counts = { wonAmount, lostAmount, wonDeals: tally.deals[wonSlot]!, lostDeals: tally.deals[lostSlot]! };
  if (lostAmount === 0) {
    return { currency, value: null, ...counts, effectiveDeals: null, interval: null, withheld: NO_LOST_AMOUNT };
  }
  const value = wonAmount / total;
  const effectiveDeals = total ** 2 / (squaresAt(wonSlot) + squaresAt(lostSlot));
  const interval = wilson(Math.min(value, 1) * effectiveDeals, effectiveDeals);
  return { currency, value, ...counts, effectiveDeals, interval, withheld: null };
}
