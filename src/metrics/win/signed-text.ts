import type { Translator } from '../../i18n/translator.ts';

/** A difference with its sign; what rounds to nothing has none. `suffix` follows the digits: ` pp`. */
export function signedText(value: number | null, digits: number, translator: Translator, suffix = ''): string {
  if (value === null) return translator.number(null);
  const text = translator.number(Math.abs(value), digits) + suffix;
  if (Number.parseFloat(text) === 0) return text;
  return value > 0 ? `+${text}` : `−${text}`;
}
