import type { Redactor } from './redactor.ts';

/**
 * What stands for the codes of currencies that no ISO 4217 code is, where the currency is secret: cells that name
 * something else. Codes are in capitals, as no name of the contract is.
 */
export function secretCodes(currencies: readonly string[], { secrets, hashed }: Redactor): ReadonlyMap<string, string> {
  if (!secrets.fields.has('currency')) return new Map();
  const isoCodes = new Set(Intl.supportedValuesOf('currency'));
  const secret = currencies.filter((code) => !isoCodes.has(code));
  return new Map(secret.map((code) => [code, hashed(code)]));
}

const OF_CODES: ReadonlySet<string> = new Set(['currency', 'currencies']);
/** A number or a period, which is a code only where codes are expected. */
const LOOKS_COUNTED = /^\d/;

/** A part of a report with other codes, wherever a code stands alone: as a text, or as the name of an amount. */
export function withCodes<Value>(value: Value, codes: ReadonlyMap<string, string>): Value {
  if (codes.size === 0) return value;
  const replaced = (each: unknown, of: string): unknown => {
    if (typeof each === 'string')
      return LOOKS_COUNTED.test(each) && !OF_CODES.has(of) ? each : (codes.get(each) ?? each);
    if (typeof each !== 'object' || each === null || ArrayBuffer.isView(each)) return each;
    if (Array.isArray(each)) return each.map((inner) => replaced(inner, of));
    const entries = Object.entries(each);
    return Object.fromEntries(entries.map(([name, inner]) => [codes.get(name) ?? name, replaced(inner, name)]));
  };
  return replaced(value, '') as Value;
}
