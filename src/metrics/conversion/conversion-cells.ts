import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Rate } from '../rate.ts';

const COUNTS: Text = say('{count} of {of}', '{count}/{of}');
const RATE: Text = say('{rate} (n {of})', '{rate}（{of} 单）');
const RATE_BETWEEN: Text = say('{rate} ({interval}, n {of})', '{rate}（{interval}，{of} 单）');
/** Below these numbers of deals: no percentage, and the interval with it. */
const PERCENT_FROM = 5;
const LOW_BELOW = 30;

/** `3 of 4`, for few deals. */
export function countsCell(count: number, of: number, translator: Translator): string {
  return translator.text(COUNTS, { count, of });
}

/** A rate in little room: `72% (n 40)`, with its interval below thirty deals and only the counts below five. */
export function rateCell({ count, of, value, interval }: Rate, translator: Translator): string {
  if (of < PERCENT_FROM) return countsCell(count, of, translator);
  const shown = of >= LOW_BELOW ? null : interval;
  return percentCell({ value, of, interval: shown }, translator);
}

/** A percentage that comes from no counts, as estimates do: with its interval, however many deals it rests on. */
export function percentCell(
  { value, of, interval }: Pick<Rate, 'value' | 'of' | 'interval'>,
  translator: Translator,
): string {
  const rate = translator.percent(value, 0);
  if (interval === null) return translator.text(RATE, { rate, of });
  return translator.text(RATE_BETWEEN, { rate, of, interval: rangeText(interval, translator) });
}

/** `42–68%` */
export function rangeText([low, high]: readonly [number, number], translator: Translator): string {
  return `${translator.number(low * 100, 0)}–${translator.percent(high, 0)}`;
}
