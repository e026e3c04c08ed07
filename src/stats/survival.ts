import { NORMAL_975 } from './intervals.ts';
import { lastIndexAt } from './risk-set.ts';
import { riskTableOf } from './risk-table.ts';

/** A Kaplan–Meier curve: one entry for each distinct time, censored ones included. */
export interface SurvivalCurve {
  readonly times: Float64Array;
  readonly atRisk: Float64Array;
  readonly ended: Float64Array;
  /** Share not yet ended just after the time. */
  readonly survival: Float64Array;
  /** Greenwood's sum Σ d/(n(n−d)); infinite once the curve is 0. */
  readonly greenwood: Float64Array;
  /** Observations the curve rests on, ended and not. */
  readonly observations: number;
  /** Observations left out because they ended no later than they entered. */
  readonly neverAtRisk: number;
}

/** A value that may not be reached: null then. */
export type Reached = number | null;

/** Curves that differ from a level by rounding only are taken as equal to it. */
const SAME_LEVEL = 1e-11;

/**
 * Kaplan–Meier estimate S(t) = ∏ (1 − d/n) over the times up to t, with Greenwood's sum for its error. One that is
 * censored at a time still counts as at risk there. Source: Kaplan and Meier, JASA 53 (1958); Greenwood (1926); delayed
 * entry as in R's `survfit(Surv(entry, time, event))`.
 * @param durations days (or any unit) from the beginning to the end, or to now.
 * @param events 1 ended, 0 still going on.
 * @param entries when each came under observation, where that is later than the beginning (0).
 * @throws RangeError on unequal lengths, NaN or negative durations.
 */
export function kaplanMeier(
  durations: Float64Array,
  events: Uint8Array,
  entries: Float64Array | null = null,
): SurvivalCurve {
  const { times, atRisk, ended: endedBy, observations, neverAtRisk } = riskTableOf(durations, events, entries, 1);
  const ended = endedBy[0] as Float64Array;
  const survival = new Float64Array(times.length);
  const greenwood = new Float64Array(times.length);
  let level = 1;
  let sum = 0;
  for (let index = 0; index < times.length; index++) {
    const n = atRisk[index] as number;
    const d = ended[index] as number;
    if (d > 0) {
      level *= (n - d) / n;
      sum += d / (n * (n - d));
    }
    survival[index] = level;
    greenwood[index] = sum;
  }
  return { times, atRisk, ended, survival, greenwood, observations, neverAtRisk };
}

/** S(t): 1 before the first time; after the last one the curve stays where it is. */
export function survivalAt(curve: SurvivalCurve, time: number): number {
  return curve.survival[lastIndexAt(curve.times, time)] ?? 1;
}

/** Standard error of S(t), S·√(Greenwood); null where the curve is 0. */
export function standardErrorAt(curve: SurvivalCurve, time: number): number | null {
  const index = lastIndexAt(curve.times, time);
  if (index < 0) return 0;
  const level = curve.survival[index] as number;
  return level === 0 ? null : level * Math.sqrt(curve.greenwood[index] as number);
}

/** 95 % interval of S(t), log-log (R's `conf.type = "log-log"`); null where the curve is 1 or 0. */
export function survivalIntervalAt(curve: SurvivalCurve, time: number): readonly [number, number] | null {
  const index = lastIndexAt(curve.times, time);
  const lower = index < 0 ? null : logLogBound(curve, index, 1);
  const upper = index < 0 ? null : logLogBound(curve, index, -1);
  return lower === null || upper === null ? null : [lower, upper];
}

/** S^exp(±z·√g/|ln S|): Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 1.4. */
function logLogBound(curve: SurvivalCurve, index: number, side: 1 | -1): number | null {
  const level = curve.survival[index] as number;
  if (level >= 1 || level <= 0) return null;
  const spread = (NORMAL_975 * Math.sqrt(curve.greenwood[index] as number)) / Math.abs(Math.log(level));
  return level ** Math.exp(side * spread);
}

/**
 * Time by which a share has ended (0.5: the median), null if the curve never falls that far. R's rule: the first time
 * with S < 1 − share; where S equals it on a step, the middle between the start of the step and the next fall, or the
 * start if there is none.
 * @throws RangeError unless 0 < share < 1.
 */
export function survivalQuantile(curve: SurvivalCurve, share: number): Reached {
  return crossing(curve, share, (index) => curve.survival[index] as number);
}

/** 95 % interval of `survivalQuantile`: where the log-log bounds of the curve cross; null for a side never reached. */
export function survivalQuantileInterval(curve: SurvivalCurve, share: number): readonly [Reached, Reached] {
  return [
    crossing(curve, share, (index) => logLogBound(curve, index, 1)),
    // The upper bound lies above the curve: where that is still too high there is nothing to work out.
    crossing(curve, share, (index) => (isAbove(curve, index, 1 - share) ? null : logLogBound(curve, index, -1))),
  ];
}

function isAbove({ survival }: SurvivalCurve, index: number, level: number): boolean {
  return (survival[index] as number) > level + SAME_LEVEL;
}

/** The median with its interval; see `survivalQuantile`. */
export function survivalMedian(curve: SurvivalCurve): {
  readonly median: Reached;
  readonly interval: readonly [Reached, Reached];
} {
  return { median: survivalQuantile(curve, 0.5), interval: survivalQuantileInterval(curve, 0.5) };
}

function crossing(curve: SurvivalCurve, share: number, levelAt: (index: number) => number | null): Reached {
  if (!(share > 0 && share < 1)) throw new RangeError('a share must lie between 0 and 1');
  const wanted = 1 - share;
  for (let index = 0; index < curve.times.length; index++) {
    const level = levelAt(index);
    if (level === null || level > wanted + SAME_LEVEL) continue;
    const time = curve.times[index] as number;
    return level < wanted - SAME_LEVEL ? time : middleOfStep(curve, index, time);
  }
  return null;
}

function middleOfStep(curve: SurvivalCurve, index: number, start: number): number {
  for (let next = index + 1; next < curve.times.length; next++) {
    if ((curve.ended[next] as number) > 0) return (start + (curve.times[next] as number)) / 2;
  }
  return start;
}

/** Mean time spent up to a horizon, with its standard error. */
export interface RestrictedMean {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * Restricted mean: area under the curve up to `horizon`; null where observation stops before the horizon while the
 * curve is above 0. Standard error √(Σ A²·d/(n(n−d))), A the area from that time to the horizon. Source: R's
 * `print.survfit(rmean =)`; Klein and Moeschberger, Survival Analysis, 4.5.
 */
export function restrictedMean(curve: SurvivalCurve, horizon: number): RestrictedMean | null {
  const { times, survival, atRisk, ended } = curve;
  const last = times.length - 1;
  if (!(horizon >= 0) || last < 0) return null;
  if ((times[last] as number) < horizon && (survival[last] as number) > 0) return null;
  let area = 0;
  let variance = 0;
  let end = horizon;
  for (let index = lastIndexAt(times, horizon); index >= 0; index--) {
    area += (survival[index] as number) * (end - (times[index] as number));
    end = times[index] as number;
    const n = atRisk[index] as number;
    const d = ended[index] as number;
    if (n > d) variance += (area * area * d) / (n * (n - d));
  }
  return { mean: area + end, standardError: Math.sqrt(variance) };
}
