import type { ExchangeRates, Ruleset } from '../ruleset/ruleset.ts';
import type { Column } from './dataset.ts';
import { currencyOfRows } from './row-currencies.ts';

/** Hundredths: amounts are converted one by one and rounded, so that parts add up to their total. */
const CENTS = 100;

function factorOf(currency: string, { to, of }: ExchangeRates): number {
  return currency === to ? 1 : (of[currency] ?? Number.NaN);
}

/**
 * One money column in the currency of the rates, to the cent; amounts in a currency without a rate, or in none, stay as
 * they are. A text that stands for several currencies becomes as many entries.
 */
function convertColumn(
  column: Column,
  currency: Int16Array,
  currencies: readonly string[],
  rates: ExchangeRates,
): Column {
  const width = currencies.length + 1;
  const codeOfPair = new Map<number, number>();
  const pairs: number[] = [];
  const codes = column.codes.map((code, row) => {
    const pair = code * width + currency[row]! + 1;
    const known = codeOfPair.get(pair);
    if (known !== undefined) return known;
    codeOfPair.set(pair, pairs.length);
    return pairs.push(pair) - 1;
  });
  const codeOf = (pair: number): number => Math.floor(pair / width);
  const currencyOf = (pair: number): string => currencies[(pair % width) - 1] ?? '';
  const factors = pairs.map((pair) => factorOf(currencyOf(pair), rates));
  return {
    ...column,
    codes,
    texts: pairs.map((pair) => column.texts.at(codeOf(pair))!),
    state: Uint8Array.from(pairs, (pair) => column.state[codeOf(pair)]!),
    numbers: Float64Array.from(pairs, (pair, index) => converted(column.numbers[codeOf(pair)]!, factors[index]!)),
    currencies: pairs.map((pair) => column.currencies[codeOf(pair)] ?? null),
    converted: factors.map((factor) => (Number.isNaN(factor) ? null : rates.to)),
  };
}

function converted(amount: number, factor: number): number {
  if (Number.isNaN(factor) || factor === 1) return amount;
  return Math.round(amount * factor * CENTS) / CENTS;
}

/** The columns of a table with their money in one currency, where the rules file gives the rates. */
export function convertMoney(
  columns: ReadonlyMap<string, Column>,
  rowCount: number,
  ruleset: Ruleset,
): ReadonlyMap<string, Column> {
  const { rates } = ruleset;
  if (rates === null) return columns;
  const made = new Map<string, Column>();
  for (const [field, column] of columns) {
    if (column.type !== 'money') {
      made.set(field, column);
      continue;
    }
    const { currency, currencies } = currencyOfRows(columns, rowCount, ruleset, field);
    made.set(field, convertColumn(column, currency, currencies, rates));
  }
  return made;
}

/** Currencies of the amounts that the rates say nothing of, with their deals, in order of the code. */
export function unconvertedCurrencies(
  { currency, currencies }: { readonly currency: Int16Array; readonly currencies: readonly string[] },
  rates: ExchangeRates,
): readonly { readonly currency: string; readonly deals: number }[] {
  const deals = new Int32Array(currencies.length);
  for (const index of currency) if (index >= 0) deals[index]! += 1;
  return currencies
    .map((name, index) => ({ currency: name, deals: deals[index]! }))
    .filter((each) => each.deals > 0 && Number.isNaN(factorOf(each.currency, rates)))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}
