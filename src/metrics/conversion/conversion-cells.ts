import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Rate } from '../rate.ts';

const COUNTS: Text = say('{count} of {of}', '{count}/{of}');
const RATE: Text = say('{rate} (n {of})', '{rate}（n {of}）');
const LOW_RATE: Text = say('{rate} ({interval}, n {of})', '{rate}（{interval}，n {of}）');
/** Below these numbers of deals: no percentage, and the interval with it. */
const PERCENT_FROM = 5;
const LOW_BELOW = 30;

/** `3 of 4`, for few deals. */
export function countsCell(count: number, of: number, translator: Translator): string {
  return translator.text(COUNTS, { count, of });
}

/** A rate in little room: `72% (n 40)`, with its interval below thirty deals and only the counts below five. */
export function rateCell({ count, of, value, interval }: Rate, translator: Translator): string {
  return of < PERCENT_FROM ? countsCell(count, of, translator) : percentCell({ value, of, interval }, translator);
}

/** The same without counts. */
export function percentCell(
  { value, of, interval }: Pick<Rate, 'value' | 'of' | 'interval'>,
  translator: Translator,
): string {
  const rate = translator.percent(value, 0);
  if (of >= LOW_BELOW || interval === null) return translator.text(RATE, { rate, of });
  const [low, high] = interval;
  const range = `${translator.number(low * 100, 0)}–${translator.percent(high, 0)}`;
  return translator.text(LOW_RATE, { rate, of, interval: range });
}
