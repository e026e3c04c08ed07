import { NO_CURRENCY } from '../i18n/number-format.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { type Column, PRESENT } from './dataset.ts';
import { resolveCurrency } from './values/currency-marks.ts';

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
  const byColumn = columns.get('currency');
  const amount = columns.get(money);
  const converted = amount?.converted?.map((code) => (code === null ? -1 : indexOf(code)));
  const named = byColumn?.texts.map((text, code) =>
    byColumn.state[code] === PRESENT ? indexOf(text.toUpperCase()) : -1,
  );
  const fallback = source.currency ?? NO_CURRENCY;
  const marked = amount?.currencies.map((mark) => indexOf(resolveCurrency(mark, source.currency) ?? fallback));
  const currency = new Int16Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    const into = converted?.[(amount as Column).codes[row] as number] ?? -1;
    if (into >= 0) {
      currency[row] = into;
      continue;
    }
    const own = named === undefined ? -1 : (named[(byColumn as Column).codes[row] as number] as number);
    if (own >= 0) currency[row] = own;
    else if (marked !== undefined) currency[row] = marked[(amount as Column).codes[row] as number] ?? indexOf(fallback);
  }
  return { currency, currencies: names };
}
