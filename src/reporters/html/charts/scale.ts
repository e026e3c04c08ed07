import type { Translator } from '../../../i18n/translator.ts';
import type { ChartUnit } from '../../../report/chart.ts';

/** Figures of an axis as text. */
export function unitText(unit: ChartUnit, currency: string | null, translator: Translator): (value: number) => string {
  switch (unit) {
    case 'rate':
      return (value) => translator.percent(value, 0);
    case 'days':
      return (value) => translator.number(value, value % 1 === 0 ? 0 : 1);
    case 'money':
      return (value) => translator.money(value, currency);
    case 'count':
      return (value) => translator.number(value);
  }
}

/** Steps that people count in. */
const NICE = [1, 2, 2.5, 5, 10];

/** Ticks that people count in, about `count` of them, from the one at or below `low` to the one at or above `high`. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / count));
  const step = power * (NICE.find((nice) => nice * power >= span / count) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Ticks for values with zero among them; of rates none beyond 100 % unless a value is. */
export function ticksFor(values: readonly (number | null)[], unit: ChartUnit, count: number): number[] {
  const known = values.filter((value) => value !== null).filter(Number.isFinite);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const top = high > low ? high : low + 1;
  const ticks = niceTicks(low, top, count);
  return unit === 'rate' && high <= 1 ? ticks.filter((tick) => tick <= 1) : ticks;
}

/** The ends of an axis with these ticks. */
export function endsOf(ticks: readonly number[]): [number, number] {
  return [ticks[0] ?? 0, ticks.at(-1) ?? 1];
}
