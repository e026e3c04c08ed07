import type { Dataset } from '../dataset/dataset.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { numbersOf } from './row-facts.ts';

/** Currencies shown in any one place; what is left out is told, and is in the report. */
export const MOST_CURRENCIES = 4;

const MORE_CURRENCIES = say('{n} more currencies', '另有 {n} 种币种');
const ONE_MORE_CURRENCY = say('1 more currency', '另有 1 种币种');
const WITH_MORE = say('{amounts} and {more}', '{amounts}，{more}');

/** `2 more currencies`: how many there are beside those shown. */
export function moreCurrenciesText(count: number, translator: Translator): string {
  return translator.text(count === 1 ? ONE_MORE_CURRENCY : MORE_CURRENCIES, count === 1 ? {} : { n: count });
}

// Datasets never change once they are built, and a dozen metrics ask for these.
const dealsOfCurrencies = new WeakMap<Dataset, Int32Array>();
const orderOfDataset = new WeakMap<Dataset, (a: string, b: string) => number>();

/** Deals with an amount by index of their currency + 1, in the first place those of an unnamed one. Further calls are free. */
export function dealsByCurrency(dataset: Dataset): Int32Array {
  const known = dealsOfCurrencies.get(dataset);
  if (known !== undefined) return known;
  const { currency, currencies } = dataset;
  const amounts = numbersOf(dataset, 'amount');
  const deals = new Int32Array(currencies.length + 1);
  for (let row = 0; row < amounts.length; row += 1) {
    if (!Number.isNaN(amounts[row]!)) deals[currency[row]! + 1]! += 1;
  }
  dealsOfCurrencies.set(dataset, deals);
  return deals;
}

/**
 * The order in which currencies stand everywhere: those of most deals with an amount first, then by code. Never by the
 * amounts themselves, which do not compare.
 */
export function currencyOrder(dataset: Dataset): (a: string, b: string) => number {
  const known = orderOfDataset.get(dataset);
  if (known !== undefined) return known;
  const deals = new Map<string, number>();
  for (const [slot, count] of dealsByCurrency(dataset).entries()) {
    const code = currencyCode(dataset, slot - 1);
    deals.set(code, (deals.get(code) ?? 0) + count);
  }
  const order = (a: string, b: string): number =>
    (deals.get(b) ?? 0) - (deals.get(a) ?? 0) || (a < b ? -1 : a > b ? 1 : 0);
  orderOfDataset.set(dataset, order);
  return order;
}

/** Deals of one group with their amounts by currency code, in the order of `currencyOrder`, never added across them. */
export interface AmountGroup {
  readonly deals: number;
  readonly dealsWithAmount: number;
  readonly amounts: Readonly<Record<string, number>>;
}

/** Code of the currency of a deal. */
export function currencyCode(dataset: Pick<Dataset, 'currencies'>, index: number): string {
  return dataset.currencies[index] ?? NO_CURRENCY;
}

/** Running sums of the amounts of some deals, by group and currency. */
interface AmountSums {
  readonly deals: Int32Array;
  /** At `group * (currencies + 1) + currency + 1`: deals with an amount, and their sum. */
  readonly counts: Int32Array;
  readonly sums: (MoneySum | undefined)[];
}

function emptySums({ currencies }: Dataset, groupCount: number): AmountSums {
  const size = groupCount * (currencies.length + 1);
  return {
    deals: new Int32Array(groupCount),
    counts: new Int32Array(size),
    sums: Array.from({ length: size }),
  };
}

function addAmount({ counts, sums }: AmountSums, slot: number, amount: number): void {
  if (Number.isNaN(amount)) return;
  counts[slot]! += 1;
  let sum = sums[slot];
  if (sum === undefined) {
    sum = emptyMoneySum();
    sums[slot] = sum;
  }
  addMoney(sum, amount);
}

/** The sums of some groups together. */
function groupOfSums(dataset: Dataset, all: AmountSums, groups: readonly number[]): AmountGroup {
  const width = dataset.currencies.length + 1;
  const order = currencyOrder(dataset);
  const named: [string, number][] = [];
  let dealsWithAmount = 0;
  for (let currency = 0; currency < width; currency += 1) {
    const total = emptyMoneySum();
    let count = 0;
    for (const group of groups) {
      const sum = all.sums[group * width + currency];
      if (sum === undefined) continue;
      count += all.counts[group * width + currency]!;
      total.whole += sum.whole;
      total.tenThousandths += sum.tenThousandths;
    }
    dealsWithAmount += count;
    if (count > 0) named.push([currencyCode(dataset, currency - 1), moneyTotal(total)]);
  }
  const deals = groups.reduce((sum, group) => sum + all.deals[group]!, 0);
  return { deals, dealsWithAmount, amounts: Object.fromEntries(named.sort(([a], [b]) => order(a, b))) };
}

/**
 * Adds up field `amount` by group and currency, to the ten-thousandth, so that neither a cent nor the order of the rows
 * shows.
 * `groupOf` has one entry a deal, -1 for deals of no group.
 */
export function sumAmounts(dataset: Dataset, groupOf: ArrayLike<number>, groupCount: number): AmountGroup[] {
  const together = groupedAmounts(dataset, groupOf, groupCount);
  return Array.from({ length: groupCount }, (_, group) => together([group]));
}

/** The same, to be asked for the sums of several groups together. */
export function groupedAmounts(
  dataset: Dataset,
  groupOf: ArrayLike<number>,
  groupCount: number,
): (groups: readonly number[]) => AmountGroup {
  const { currency } = dataset;
  const amounts = numbersOf(dataset, 'amount');
  const width = dataset.currencies.length + 1;
  const all = emptySums(dataset, groupCount);
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const group = groupOf[row]!;
    if (group < 0) continue;
    all.deals[group]! += 1;
    addAmount(all, group * width + currency[row]! + 1, amounts[row]!);
  }
  return (groups) => groupOfSums(dataset, all, groups);
}

/** The amounts of the deals in some rows. */
export function amountsOfRows(dataset: Dataset, rows: Int32Array): AmountGroup {
  const { currency } = dataset;
  const amounts = numbersOf(dataset, 'amount');
  const all = emptySums(dataset, 1);
  all.deals[0] = rows.length;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!;
    addAmount(all, currency[row]! + 1, amounts[row]!);
  }
  return groupOfSums(dataset, all, [0]);
}

/** The code of a currency for people; null where none is known. */
export function namedCurrency({ currency }: { readonly currency: string }): string | null {
  return currency === NO_CURRENCY ? null : currency;
}

/** One step of Neumaier's summation: what `sums[slot]` cannot hold goes to `lost[slot]`; the total is their sum. */
export function addCompensated(sums: Float64Array, lost: Float64Array, slot: number, value: number): void {
  const sum = sums[slot]!;
  const next = sum + value;
  lost[slot]! += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
  sums[slot] = next;
}

/** Amounts by currency for people, joined by plus signs, the first four; empty where there are none. */
export function amountsText(amounts: Readonly<Record<string, number>>, translator: Translator): string {
  const all = Object.entries(amounts);
  const shown = all
    .slice(0, MOST_CURRENCIES)
    .map(([currency, amount]) => translator.money(amount, currency))
    .join(' + ');
  const rest = all.length - MOST_CURRENCIES;
  return rest > 0 ? translator.text(WITH_MORE, { amounts: shown, more: moreCurrenciesText(rest, translator) }) : shown;
}
