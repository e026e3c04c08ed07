import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { namedCurrency } from '../../metrics/amounts.ts';
import type { ForecastResult } from '../../metrics/forecast/forecast.ts';

/** Currencies that are shown one by one; of more the rest is counted. */
export const MOST_CURRENCIES = 4;

const MORE: Text = say('and {n} more currencies', '另有 {n} 种币种');
const ONE_MORE: Text = say('and 1 more currency', '另有 1 种币种');

/** How many currencies are left out of so many; empty for none. */
export function moreCurrencies(all: number, translator: Translator): string {
  const n = all - MOST_CURRENCIES;
  if (n <= 0) return '';
  return n === 1 ? translator.text(ONE_MORE) : translator.text(MORE, { n });
}

/**
 * Codes of currencies in the order in which all parts of a page name them: those with most deals due first, then by
 * code, what has no currency last. Amounts of different currencies are in no order.
 */
export function byDealsDue(codes: readonly string[], forecast: ForecastResult | null): readonly string[] {
  const due = new Map(forecast?.currencies.map(({ currency, dueDeals }) => [currency, dueDeals]));
  const isUnnamed = (currency: string): boolean => namedCurrency({ currency }) === null;
  return codes.toSorted(
    (a, b) => Number(isUnnamed(a)) - Number(isUnnamed(b)) || (due.get(b) ?? 0) - (due.get(a) ?? 0) || (a < b ? -1 : 1),
  );
}

/** Amounts by currency in words, the first four of them and how many more there are. */
export function amountsShown(amounts: Readonly<Record<string, number>>, translator: Translator): string {
  const named = Object.entries(amounts);
  const shown = named.slice(0, MOST_CURRENCIES).map(([currency, amount]) => translator.money(amount, currency));
  const more = moreCurrencies(named.length, translator);
  return `${shown.join(' + ')}${more === '' ? '' : ` ${more}`}`;
}
