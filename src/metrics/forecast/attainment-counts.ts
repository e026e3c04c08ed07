import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { HeldTarget } from '../../dataset/targets.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Figure } from '../../stats/figure.ts';
import { closedDays } from '../closing-days.ts';
import { keysOf } from '../deals-behind.ts';
import { rowsWhere } from '../pipeline/pipeline-rows.ts';
import { TARGET_FIGURES } from './attainment-figures.ts';
import { SOLD, targetState } from './pipeline-coverage.ts';

/** How one target stands. */
export interface AttainedTarget {
  /** The figure it is about: `won_amount`, `win_rate`. */
  readonly metric: string;
  /** Field id → value: whose target it is; empty for everybody's. */
  readonly of: Readonly<Record<string, string>>;
  readonly bound: 'atLeast' | 'atMost';
  /** Of `target` and `actual`; rates 0–1. */
  readonly unit: Figure['unit'];
  readonly currency: string | null;
  readonly target: number;
  /** As the rules file has it. */
  readonly written: string;
  /** ISO dates, both included. */
  readonly from: string;
  readonly until: string;
  readonly actual: number | null;
  /** Deals the actual figure rests on. */
  readonly deals: number;
  /** Actual ÷ target; null where either is unknown or the target is 0. */
  readonly shareReached: number | null;
  /** Share of its days that are over, the as-of day included. */
  readonly shareElapsed: number;
  /**
   * Whether it holds: a rate fails only where its whole interval misses the target, and holds where the rate itself
   * reaches it; null where too few deals tell, or none.
   */
  readonly isMet: boolean | null;
  /** Wilson's, of rates; null for other figures. */
  readonly interval: readonly [number, number] | null;
  /** There is a figure, but its interval reaches to both sides of the target. */
  readonly isInconclusive: boolean;
  /** Days the figure is about: those of the target so far, or all there are, for figures that know no days. */
  readonly covers: 'period' | 'asOfToday';
  /** Of a target in a currency: deals with an amount in others, which are not counted; absent for none. */
  readonly otherCurrencies?: Readonly<Record<string, number>>;
  /** Of sums that grow with the days: at least as much is reached as time is gone; null for rates and durations. */
  readonly isOnPace: boolean | null;
  /** Why there is no actual figure. */
  readonly note?: Text;
  readonly dealKeys?: readonly string[];
}

/** Targets of other figures than sums that are computed; each of them looks at every deal. */
const MOST_FIGURES = 500;
/** Figures about closed deals, which can be those of some days; all others are as they are today. */
const OF_CLOSED: ReadonlySet<string> = new Set(['win_rate', 'win_value_rate', 'cycle']);
const NO_FIGURE = say('not a figure that is computed', '不是可计算的指标');
const TOO_MANY = say('too many targets', '目标过多');

interface Actual {
  readonly value: number | null;
  readonly deals: number;
  readonly unit: Figure['unit'];
  readonly currency: string | null;
  readonly isSum: boolean;
  readonly interval: AttainedTarget['interval'];
  readonly covers: AttainedTarget['covers'];
  readonly otherCurrencies?: AttainedTarget['otherCurrencies'];
  readonly note?: Text;
}

function soldActual(dataset: Dataset, target: HeldTarget, rows: Int32Array): Actual {
  const state = targetState(dataset, target, rows);
  const base = { unit: 'money', currency: target.currency, isSum: true, interval: null, covers: 'period' } as const;
  if (!('target' in state)) return { ...base, value: null, deals: 0, note: state };
  const { won, currency, otherCurrencies } = state;
  const left = Object.keys(otherCurrencies).length === 0 ? {} : { otherCurrencies };
  return { ...base, value: won.total, deals: won.deals, currency: currency ?? target.currency, ...left };
}

/** The deals won or lost in the days of a target, up to the as-of day. */
function closedRows(dataset: Dataset, target: HeldTarget, rows: Int32Array, closed: Float64Array): Int32Array {
  const { outcome } = currentState(dataset);
  const until = Math.min(target.untilDay, dataset.asOfDay);
  return rowsWhere(rows, (row) => {
    const isDecided = outcome[row] === OUTCOME.won || outcome[row] === OUTCOME.lost;
    return isDecided && closed[row]! >= target.fromDay && closed[row]! <= until;
  });
}

const figureOf = (target: HeldTarget): string => target.source.figure?.figure ?? target.metric;

function figureActual(dataset: Dataset, target: HeldTarget, rows: Int32Array, closed: Float64Array): Actual {
  const figure = figureOf(target);
  const compute = Object.hasOwn(TARGET_FIGURES, figure) ? TARGET_FIGURES[figure] : undefined;
  const covers = OF_CLOSED.has(figure) ? 'period' : 'asOfToday';
  const base = { isSum: false, interval: null, covers } as const;
  if (compute === undefined) {
    return { ...base, value: null, deals: 0, unit: target.unit, currency: target.currency, note: NO_FIGURE };
  }
  const select = new Uint8Array(dataset.rowCount);
  for (const row of covers === 'period' ? closedRows(dataset, target, rows, closed) : rows) select[row] = 1;
  const usual = { windowDays: null, quantile: null, period: null, periods: null, across: null };
  const args = target.source.figure?.args ?? [];
  const { value, of, unit, currency, interval, note } = compute(args, { ...usual, dataset, select });
  return { ...base, value, deals: of, unit, currency, interval, ...(note === undefined ? {} : { note }) };
}

function keysOfTarget(dataset: Dataset, target: HeldTarget, rows: Int32Array, closed: Float64Array): string[] {
  if (OF_CLOSED.has(figureOf(target))) return keysOf(dataset, closedRows(dataset, target, rows, closed));
  if (target.metric !== SOLD) return keysOf(dataset, rows);
  const { outcome } = currentState(dataset);
  const until = Math.min(target.untilDay, dataset.asOfDay);
  return keysOf(
    dataset,
    rowsWhere(rows, (row) => outcome[row] === OUTCOME.won && closed[row]! >= target.fromDay && closed[row]! <= until),
  );
}

/** Met at the figure itself; not met where no part of its interval reaches the target; else nobody can tell. */
function isMetBy({ value, interval }: Actual, { bound, value: target }: HeldTarget): boolean | null {
  if (value === null) return null;
  const [lowest, highest] = interval ?? [value, value];
  if (bound === 'atLeast') return value >= target ? true : highest < target ? false : null;
  return value <= target ? true : lowest > target ? false : null;
}

function attained(dataset: Dataset, target: HeldTarget, actual: Actual): AttainedTarget {
  const { value, deals, unit, currency, isSum, interval, covers, otherCurrencies, note } = actual;
  const { fromDay, untilDay, bound } = target;
  const shareElapsed = (dataset.asOfDay - fromDay + 1) / (untilDay - fromDay + 1);
  const shareReached = value === null || target.value === 0 ? null : value / target.value;
  const isMet = isMetBy(actual, target);
  const isPaced = isSum && bound === 'atLeast' && shareReached !== null;
  return {
    metric: target.metric,
    of: target.of,
    bound,
    unit,
    currency,
    target: target.value,
    written: target.written,
    from: isoOf(fromDay),
    until: isoOf(untilDay),
    actual: value,
    deals,
    shareReached,
    shareElapsed,
    isMet,
    interval,
    isInconclusive: value !== null && isMet === null,
    covers,
    ...(otherCurrencies === undefined ? {} : { otherCurrencies }),
    isOnPace: isPaced ? shareReached >= shareElapsed : null,
    ...(note === undefined ? {} : { note }),
  };
}

function tooMany({ unit }: HeldTarget): Actual {
  const nothing = { value: null, deals: 0, currency: null, isSum: false, interval: null } as const;
  return { ...nothing, unit, covers: 'asOfToday', note: TOO_MANY };
}

/** How each target stands, in their order. */
export function attainedTargets(
  dataset: Dataset,
  targets: readonly HeldTarget[],
  rowsOf: (of: HeldTarget['of']) => Int32Array,
  details: boolean,
): AttainedTarget[] {
  const closed = closedDays(dataset);
  let figures = 0;
  return targets.map((target) => {
    const rows = rowsOf(target.of);
    if (target.metric !== SOLD) figures += 1;
    const actual =
      target.metric === SOLD
        ? soldActual(dataset, target, rows)
        : figures > MOST_FIGURES
          ? tooMany(target)
          : figureActual(dataset, target, rows, closed);
    const result = attained(dataset, target, actual);
    return details ? { ...result, dealKeys: keysOfTarget(dataset, target, rows, closed) } : result;
  });
}
