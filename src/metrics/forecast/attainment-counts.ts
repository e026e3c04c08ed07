import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { HeldTarget } from '../../dataset/targets.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Figure } from '../../stats/figure.ts';
import { closedDays } from '../pipeline/pipeline-amounts.ts';
import { keysOf, rowsWhere } from '../pipeline/pipeline-rows.ts';
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
  /** Whether it holds now. */
  readonly isMet: boolean | null;
  /** Of sums that grow with the days: at least as much is reached as time is gone; null for rates and durations. */
  readonly isOnPace: boolean | null;
  /** Why there is no actual figure. */
  readonly note?: Text;
  readonly dealKeys?: readonly string[];
}

/** Targets of other figures than sums that are computed; each of them looks at every deal. */
const MOST_FIGURES = 500;
const NO_FIGURE = say('not a figure that is computed', '不是可计算的指标');
const TOO_MANY = say('too many targets', '目标过多');

interface Actual {
  readonly value: number | null;
  readonly deals: number;
  readonly unit: Figure['unit'];
  readonly currency: string | null;
  readonly isSum: boolean;
  readonly note?: Text;
}

function soldActual(dataset: Dataset, target: HeldTarget, rows: Int32Array): Actual {
  const state = targetState(dataset, target, rows);
  const nothing = { value: null, deals: 0, unit: 'money', currency: target.currency, isSum: true } as const;
  if (!('target' in state)) return { ...nothing, note: state };
  return { ...nothing, value: state.won.total, deals: state.won.deals, currency: state.currency ?? target.currency };
}

function figureActual(dataset: Dataset, target: HeldTarget, rows: Int32Array): Actual {
  const call = target.source.figure ?? { figure: target.metric, args: [] };
  const compute = Object.hasOwn(TARGET_FIGURES, call.figure) ? TARGET_FIGURES[call.figure] : undefined;
  const nothing = { value: null, deals: 0, unit: target.unit, currency: target.currency, isSum: false } as const;
  if (compute === undefined) return { ...nothing, note: NO_FIGURE };
  const select = new Uint8Array(dataset.rowCount);
  for (const row of rows) select[row] = 1;
  const usual = { windowDays: null, quantile: null, period: null, periods: null, across: null };
  const { value, of, unit, currency, note } = compute(call.args, { ...usual, dataset, select });
  return { ...nothing, value, deals: of, unit, currency, ...(note === undefined ? {} : { note }) };
}

function keysOfTarget(dataset: Dataset, target: HeldTarget, rows: Int32Array, closed: Float64Array): string[] {
  if (target.metric !== SOLD) return keysOf(dataset, rows);
  const { outcome } = currentState(dataset);
  const until = Math.min(target.untilDay, dataset.asOfDay);
  return keysOf(
    dataset,
    rowsWhere(rows, (row) => outcome[row] === OUTCOME.won && closed[row]! >= target.fromDay && closed[row]! <= until),
  );
}

function attained(dataset: Dataset, target: HeldTarget, actual: Actual): AttainedTarget {
  const { value, deals, unit, currency, isSum, note } = actual;
  const { fromDay, untilDay, bound } = target;
  const shareElapsed = (dataset.asOfDay - fromDay + 1) / (untilDay - fromDay + 1);
  const shareReached = value === null || target.value === 0 ? null : value / target.value;
  const isMet = value === null ? null : bound === 'atLeast' ? value >= target.value : value <= target.value;
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
    isOnPace: isPaced ? shareReached >= shareElapsed : null,
    ...(note === undefined ? {} : { note }),
  };
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
    const tooMany = { value: null, deals: 0, unit: target.unit, currency: null, isSum: false, note: TOO_MANY } as const;
    const ofFigure = figures > MOST_FIGURES ? tooMany : null;
    const actual =
      target.metric === SOLD ? soldActual(dataset, target, rows) : (ofFigure ?? figureActual(dataset, target, rows));
    const result = attained(dataset, target, actual);
    return details ? { ...result, dealKeys: keysOfTarget(dataset, target, rows, closed) } : result;
  });
}
