import { mean } from '../stats/mean.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { kaplanMeier, type SurvivalCurve, survivalAt, survivalMedian, survivalQuantile } from '../stats/survival.ts';
import { daysWhere, type StageVisits } from './dwell-visits.ts';
import { type Rate, rateOf } from './rate.ts';

/** A deal is stalled when it has been in its stage for more than this many times what is typical. */
export const STALL_FACTOR = 1.5;
/** Below this many visits nothing is called typical. */
export const TYPICAL_FROM_VISITS = 10;
const OPEN_SHARE_LIMIT = 0.2;
const SKEW_LIMIT = 1.5;
const MEDIAN_GAP_LIMIT = 0.2;

/** Why a mean misleads here: many open visits, a few very long ones, or open visits that shift the median. */
export type DwellNote = 'many-open' | 'skewed' | 'closed-only-differs';

/** Ages of the deals now in a stage; not dwell times, as slow deals are over-represented. */
export interface OpenAges {
  readonly deals: number;
  readonly medianDays: number | null;
  readonly p90Days: number | null;
  readonly maxDays: number | null;
}

export interface StallCounts {
  /** Median dwell of the stage; null with few visits or where half of them are not over: then nothing is judged. */
  readonly typicalDays: number | null;
  readonly thresholdDays: number | null;
  /** Open deals beyond the threshold, of those judged. */
  readonly stalled: Rate;
  readonly notJudged: number;
  /** Share of all visits of the stage that took longer than the threshold anyway. */
  readonly baseRate: number | null;
}

export interface StageDwell extends StallCounts {
  readonly closedVisits: number;
  readonly openVisits: number;
  /** Kaplan–Meier; null where the share is not reached. */
  readonly medianDays: number | null;
  /** 95 %, log-log; null for a limit that is not reached. */
  readonly medianInterval: readonly [number | null, number | null];
  readonly p75Days: number | null;
  readonly p90Days: number | null;
  /** Longest time observed: beyond it nothing is known. */
  readonly maxFollowUpDays: number | null;
  /** Finished visits alone: biased towards short ones. */
  readonly closedOnly: { readonly meanDays: number | null; readonly medianDays: number | null };
  readonly openAges: OpenAges;
  readonly notes: readonly DwellNote[];
}

export function agesOf(days: Float64Array): OpenAges {
  const sorted = sortedCopy(days);
  return {
    deals: sorted.length,
    medianDays: quantileOfSorted(sorted, 0.5),
    p90Days: quantileOfSorted(sorted, 0.9),
    maxDays: sorted[sorted.length - 1] ?? null,
  };
}

/** Typical days of a stage and the curve behind it; see `StallCounts.typicalDays`. */
function typicalOf(curve: SurvivalCurve): number | null {
  return curve.observations < TYPICAL_FROM_VISITS ? null : survivalQuantile(curve, 0.5);
}

function stallOf(curve: SurvivalCurve, openDays: Float64Array): StallCounts {
  const typicalDays = typicalOf(curve);
  if (typicalDays === null) {
    const stalled = rateOf(0, 0);
    return { typicalDays, thresholdDays: null, stalled, notJudged: openDays.length, baseRate: null };
  }
  const thresholdDays = STALL_FACTOR * typicalDays;
  let stalled = 0;
  for (let visit = 0; visit < openDays.length; visit += 1) if (openDays[visit]! > thresholdDays) stalled += 1;
  return {
    typicalDays,
    thresholdDays,
    stalled: rateOf(stalled, openDays.length),
    notJudged: 0,
    baseRate: survivalAt(curve, thresholdDays),
  };
}

function notesOf(
  counts: { readonly closed: number; readonly open: number },
  closedMean: number | null,
  closedMedian: number | null,
  median: number | null,
): DwellNote[] {
  const notes: DwellNote[] = [];
  if (counts.open > OPEN_SHARE_LIMIT * (counts.open + counts.closed)) notes.push('many-open');
  if (closedMean !== null && closedMedian !== null && closedMean > SKEW_LIMIT * closedMedian) notes.push('skewed');
  if (closedMedian !== null && median !== null && Math.abs(closedMedian - median) > MEDIAN_GAP_LIMIT * median) {
    notes.push('closed-only-differs');
  }
  return notes;
}

/** Dwell of one stage: every end of a visit counts as its end, visits that last are censored on the as-of day. */
export function stageDwell(visits: StageVisits): StageDwell {
  const curve = kaplanMeier(visits.days, visits.ended);
  const closedDays = sortedCopy(daysWhere(visits, 1));
  const openDays = daysWhere(visits, 0);
  const { median, interval } = survivalMedian(curve);
  const closedMean = mean(closedDays);
  const closedMedian = quantileOfSorted(closedDays, 0.5);
  return {
    closedVisits: closedDays.length,
    openVisits: openDays.length,
    medianDays: median,
    medianInterval: interval,
    p75Days: survivalQuantile(curve, 0.75),
    p90Days: survivalQuantile(curve, 0.9),
    maxFollowUpDays: curve.times[curve.times.length - 1] ?? null,
    closedOnly: { meanDays: closedMean, medianDays: closedMedian },
    openAges: agesOf(openDays),
    notes: notesOf({ closed: closedDays.length, open: openDays.length }, closedMean, closedMedian, median),
    ...stallOf(curve, openDays),
  };
}
