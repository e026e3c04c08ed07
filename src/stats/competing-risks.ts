import { NORMAL_975 } from './intervals.ts';
import { lastIndexAt } from './risk-set.ts';
import { riskTableOf } from './risk-table.ts';

/** Two causes. */
export type Cause = 1 | 2;

/** Aalen–Johansen curves of two causes: one entry for each distinct time, censored ones included. */
export interface IncidenceCurves {
  readonly times: Float64Array;
  readonly atRisk: Float64Array;
  /** Ended by cause 1 and 2 at the time. */
  readonly ended: readonly [Float64Array, Float64Array];
  /** Share ended by neither cause just after the time. */
  readonly open: Float64Array;
  /** Share ended by cause 1 and 2 up to the time; with `open` they add up to 1. */
  readonly incidence: readonly [Float64Array, Float64Array];
  readonly observations: number;
}

/**
 * Cumulative incidence of two causes: Σ S(t−)·d_k/n over the times up to t, with S from the ends by either cause. Ties
 * need no order, all ends at one time use the same risk set. Source: Aalen and Johansen, Scandinavian Journal of
 * Statistics 5 (1978); R's multi-state `survfit`.
 * @param causes 1 or 2, how it ended; 0 still going on.
 * @param entries when each came under observation, where that is later than the beginning (0).
 * @throws RangeError on unequal lengths, NaN or negative durations, other causes.
 */
export function aalenJohansen(
  durations: Float64Array,
  causes: Uint8Array,
  entries: Float64Array | null = null,
): IncidenceCurves {
  const { times, atRisk, ended, observations } = riskTableOf(durations, causes, entries, 2);
  const [first, second] = ended as [Float64Array, Float64Array];
  const open = new Float64Array(times.length);
  const incidence = [new Float64Array(times.length), new Float64Array(times.length)] as const;
  let level = 1;
  let byFirst = 0;
  let bySecond = 0;
  for (let index = 0; index < times.length; index++) {
    const n = atRisk[index] as number;
    const d1 = first[index] as number;
    const d2 = second[index] as number;
    if (d1 + d2 > 0) {
      byFirst += (level * d1) / n;
      bySecond += (level * d2) / n;
      level *= (n - d1 - d2) / n;
    }
    open[index] = level;
    incidence[0][index] = byFirst;
    incidence[1][index] = bySecond;
  }
  return { times, atRisk, ended: [first, second], open, incidence, observations };
}

/** Share ended by a cause up to a time. After the last observed time it stays where it is. */
export function incidenceAt(curves: IncidenceCurves, cause: Cause, time: number): number {
  return curves.incidence[cause - 1]?.[lastIndexAt(curves.times, time)] ?? 0;
}

/** Share ended by neither cause up to a time. */
export function openAt(curves: IncidenceCurves, time: number): number {
  return curves.open[lastIndexAt(curves.times, time)] ?? 1;
}

/** Observations at risk just after a time: those whose own time is later, and that had entered. */
export function atRiskAfter(curves: IncidenceCurves, time: number): number {
  return curves.atRisk[lastIndexAt(curves.times, time) + 1] ?? 0;
}

/**
 * Share ended by a cause within `window` of an age, among those still open at that age:
 * (F(age + window) − F(age)) / S(age); null where nobody is open at that age.
 */
export function conditionalIncidence(
  curves: IncidenceCurves,
  cause: Cause,
  age: number,
  window: number,
): number | null {
  const open = openAt(curves, age);
  if (!(open > 0) || atRiskAfter(curves, age) === 0) return null;
  return (incidenceAt(curves, cause, age + window) - incidenceAt(curves, cause, age)) / open;
}

/**
 * Standard error of `incidenceAt`, by the delta method: Σ (F(t) − F(tᵢ))²·d/(n(n−d)) + S(tᵢ−)²·(n−d_k)·d_k/n³
 * − 2·(F(t) − F(tᵢ))·S(tᵢ−)·d_k/n². Source: Marubini and Valsecchi, Analysing Survival Data, 10.2.4; equals R's
 * multi-state `survfit` on the reference sets.
 */
export function incidenceErrorAt(curves: IncidenceCurves, cause: Cause, time: number): number {
  const reached = incidenceAt(curves, cause, time);
  const end = lastIndexAt(curves.times, time);
  let variance = 0;
  for (let index = 0; index <= end; index++) {
    const n = curves.atRisk[index] as number;
    const byCause = curves.ended[cause - 1]?.[index] as number;
    const d = (curves.ended[0][index] as number) + (curves.ended[1][index] as number);
    // Where nobody left, every part is 0.
    if (d === 0) continue;
    const still = reached - (curves.incidence[cause - 1]?.[index] as number);
    const before = index === 0 ? 1 : (curves.open[index - 1] as number);
    if (n > d) variance += (still * still * d) / (n * (n - d));
    variance += (before * before * (n - byCause) * byCause) / (n * n * n) - (2 * still * before * byCause) / (n * n);
  }
  return Math.sqrt(Math.max(0, variance));
}

/** 95 % interval of `incidenceAt`, by a log-log transformation that keeps it in 0–1; null where the share is 0 or 1. */
export function incidenceIntervalAt(
  curves: IncidenceCurves,
  cause: Cause,
  time: number,
): readonly [number, number] | null {
  const share = incidenceAt(curves, cause, time);
  if (share <= 0 || share >= 1) return null;
  const spread = (NORMAL_975 * incidenceErrorAt(curves, cause, time)) / Math.abs(share * Math.log(share));
  return [share ** Math.exp(spread), share ** Math.exp(-spread)];
}
