import { NO_CURRENCY } from '../i18n/number-format.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { type Column, PRESENT } from './dataset.ts';
import { resolveCurrency } from './values/currency-marks.ts';

const UNKNOWN = -1;

interface Currencies {
  readonly currency: Int16Array;
  readonly currencies: readonly string[];
}

/**
 * Currency of each row: what its amount was converted to, else its own column, else the sign in the amount, else the
 * default of the rules.
 * @param money the amount, where that is not the field of this name
 */
export function currencyOfRows(
  columns: ReadonlyMap<string, Column>,
  rowCount: number,
  { source }: Ruleset,
  money = 'amount',
): Currencies {
  const names: string[] = [];
  const indexOf = (name: string): number => {
    const known = names.indexOf(name);
    return known >= 0 ? known : names.push(name) - 1;
  };
  const named = columns.get('currency');
  const amount = columns.get(money);
  const converted = amount?.converted?.map((code) => (code === null ? UNKNOWN : indexOf(code)));
  const own = named?.texts.map((text, code) => (named.state[code] === PRESENT ? indexOf(text.toUpperCase()) : UNKNOWN));
  const fallback = source.currency ?? NO_CURRENCY;
  const marked = amount?.currencies.map((mark) => indexOf(resolveCurrency(mark, source.currency) ?? fallback)) ?? [];
  if (amount?.type === 'money' && amount.texts.length > 0 && marked.length === 0) indexOf(fallback);
  const currency = new Int16Array(rowCount).fill(UNKNOWN);
  if (converted !== undefined) fillUnknown(currency, amount!, converted);
  if (own !== undefined) fillUnknown(currency, named!, own);
  if (marked.length > 0) fillUnknown(currency, amount!, marked);
  if (amount !== undefined && currency.includes(UNKNOWN)) {
    const rest = indexOf(fallback);
    for (let row = 0; row < rowCount; row++) if (currency[row] === UNKNOWN) currency[row] = rest;
  }
  return { currency, currencies: names };
}

function fillUnknown(currency: Int16Array, { codes }: Column, ofCode: readonly number[]): void {
  for (let row = 0; row < currency.length; row++) {
    if (currency[row] === UNKNOWN) currency[row] = ofCode[codes[row]!] ?? UNKNOWN;
  }
}
