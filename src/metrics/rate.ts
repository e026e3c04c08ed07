import type { Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Figure } from '../stats/figure.ts';
import { wilson } from '../stats/intervals.ts';

/** A share with its counts: `value` is `count / of`, null for an empty base; `interval` is Wilson's at 95 %. */
export interface Rate {
  readonly value: number | null;
  readonly count: number;
  readonly of: number;
  readonly interval: readonly [number, number] | null;
}

/** A rate with the words that say what was divided by what. */
export interface DefinedRate extends Rate {
  readonly definition: Text;
}

/** Basis of a figure: the change log, or the table as it stands. */
export type Basis = Figure['basis'];

export function rateOf(count: number, of: number): Rate {
  if (!(of > 0)) return { value: null, count, of, interval: null };
  return { value: count / of, count, of, interval: wilson(count, of) };
}

/** A share as a figure that rules can judge. */
export function rateFigure(rate: Rate, basis: Basis): Figure {
  return { ...rate, unit: 'rate', currency: null, basis };
}

/**
 * A share to date of which pending deals may yet become part: the interval runs from Wilson's lower limit of what is
 * counted to Wilson's upper limit as if all pending deals were counted as well.
 */
export function pendingFigure(rate: Rate, pending: number, basis: Basis): Figure {
  const atMost = rateOf(rate.count + pending, rate.of);
  if (rate.value === null || rate.interval === null || atMost.value === null || atMost.interval === null) {
    return rateFigure(rate, basis);
  }
  const interval = [rate.interval[0], atMost.interval[1]] as const;
  return { ...rateFigure({ ...rate, interval }, basis), reach: [rate.value, atMost.value] };
}

/** A figure of which nothing is known. */
export function unknownFigure(unit: Figure['unit'], basis: Basis, of = 0): Figure {
  return { value: null, count: null, of, interval: null, unit, currency: null, basis };
}

/** A rate for people: its counts, and as much of a percentage as they bear. */
export function shareOf(rate: Rate, translator: Translator): string {
  return translator.share(rate.count, rate.of, rate.interval);
}
