import { expectedShareOver } from '../../stats/expected-share.ts';
import {
  kaplanMeier,
  restrictedMean,
  type SurvivalCurve,
  survivalAt,
  survivalMedian,
  survivalQuantile,
} from '../../stats/survival.ts';
import { type Rate, rateOf } from '../rate.ts';
import { agesOf, type ClosedOnly, closedOnlyOf, type OpenAges } from './dwell-curve.ts';
import { firstVisits, openVisits, type StageVisits } from './dwell-visits.ts';

/** A deal is stalled when it has been in its stage for more than this many times what is typical. */
export const STALL_FACTOR = 1.5;
/** Below this many visits nothing is called typical. */
export const TYPICAL_FROM_VISITS = 10;
const OPEN_SHARE_LIMIT = 0.2;
const SKEW_LIMIT = 1.5;
const MEDIAN_GAP_LIMIT = 0.2;
const RE_ENTRY_LIMIT = 0.1;

/** Why a mean misleads here: many open visits, a few very long ones, or open visits that shift the median. */
export type DwellNote = 'many-open' | 'skewed' | 'closed-only-differs';
/** Why a second figure is to be read with the median: many visits are of deals that came back, or no median is known. */
export type DwellCheck = 're-entries' | 'median-not-reached';

export interface StallCounts {
  /** Median dwell of the stage; null with few visits or where half of them are not over: then nothing is judged. */
  readonly typicalDays: number | null;
  readonly thresholdDays: number | null;
  /** Open deals beyond the threshold, of those judged. */
  readonly stalled: Rate;
  readonly notJudged: number;
  /** Share of all visits of the stage that took longer than the threshold anyway. */
  readonly baseRate: number | null;
  /** Share of the deals in the stage that are beyond the threshold at any time when all is as usual. */
  readonly expectedShare: number | null;
}

export interface StageDwell extends StallCounts {
  readonly closedVisits: number;
  readonly openVisits: number;
  /** Kaplan–Meier; null where the share is not reached. */
  readonly medianDays: number | null;
  /** 95 %, log-log; null for a limit that is not reached. */
  readonly medianInterval: readonly [number | null, number | null];
  /** Absent in reports saved by earlier versions. */
  readonly p25Days?: number | null;
  readonly p75Days: number | null;
  readonly p90Days: number | null;
  /** Longest time observed: beyond it nothing is known. */
  readonly maxFollowUpDays: number | null;
  /** Mean stay within the longest time observed, where the median is not reached; else null. */
  readonly restrictedMeanDays: number | null;
  /** Visits of deals that had been in the stage before. */
  readonly reEntries: number;
  /** Median of first visits alone, to check with where over a tenth are re-entries; null elsewhere, or not reached. */
  readonly firstVisitMedianDays: number | null;
  readonly closedOnly: ClosedOnly;
  readonly openAges: OpenAges;
  readonly notes: readonly DwellNote[];
  readonly checks: readonly DwellCheck[];
}

/** What is known of a stage, and of the deals now in it one by one. */
export interface StageStudy {
  readonly dwell: StageDwell;
  /** The deals now in the stage, in order of rows. */
  readonly openDeal: Int32Array;
  readonly openDays: Float64Array;
  /** Share of visits that last longer than each of them has: the smaller, the odder. */
  readonly openShare: Float64Array;
}

function countOver(days: Float64Array, limit: number): number {
  let over = 0;
  for (let visit = 0; visit < days.length; visit += 1) if (days[visit]! > limit) over += 1;
  return over;
}

function stallOf(curve: SurvivalCurve, openDays: Float64Array): StallCounts {
  const typicalDays = curve.observations < TYPICAL_FROM_VISITS ? null : survivalQuantile(curve, 0.5);
  if (typicalDays === null) {
    const nothing = { thresholdDays: null, baseRate: null, expectedShare: null };
    return { typicalDays, ...nothing, stalled: rateOf(0, 0), notJudged: openDays.length };
  }
  const thresholdDays = STALL_FACTOR * typicalDays;
  return {
    typicalDays,
    thresholdDays,
    stalled: rateOf(countOver(openDays, thresholdDays), openDays.length),
    notJudged: 0,
    baseRate: survivalAt(curve, thresholdDays),
    expectedShare: expectedShareOver(curve, thresholdDays),
  };
}

/** Dwell without what is to be said of it. */
type DwellFigures = Omit<StageDwell, 'notes' | 'checks' | keyof StallCounts>;

function isOftenReEntered(reEntries: number, visits: number): boolean {
  return reEntries > RE_ENTRY_LIMIT * visits;
}

function notesOf(figures: DwellFigures): DwellNote[] {
  const { closedVisits, openVisits: open, medianDays, closedOnly } = figures;
  const { meanDays: closedMean, medianDays: closedMedian } = closedOnly;
  const notes: DwellNote[] = [];
  if (open > OPEN_SHARE_LIMIT * (open + closedVisits)) notes.push('many-open');
  if (closedMean !== null && closedMedian !== null && closedMean > SKEW_LIMIT * closedMedian) notes.push('skewed');
  if (
    closedMedian !== null &&
    medianDays !== null &&
    Math.abs(closedMedian - medianDays) > MEDIAN_GAP_LIMIT * medianDays
  ) {
    notes.push('closed-only-differs');
  }
  return notes;
}

function checksOf({ closedVisits, openVisits: open, reEntries, restrictedMeanDays }: DwellFigures): DwellCheck[] {
  const checks: DwellCheck[] = [];
  if (isOftenReEntered(reEntries, open + closedVisits)) checks.push('re-entries');
  if (restrictedMeanDays !== null) checks.push('median-not-reached');
  return checks;
}

function figuresOf(visits: StageVisits, curve: SurvivalCurve, openDays: Float64Array): DwellFigures {
  const { median, interval } = survivalMedian(curve);
  const maxFollowUpDays = curve.times[curve.times.length - 1] ?? null;
  const first = firstVisits(visits);
  const reEntries = visits.days.length - first.days.length;
  const isOften = isOftenReEntered(reEntries, visits.days.length);
  return {
    closedVisits: visits.days.length - openDays.length,
    openVisits: openDays.length,
    medianDays: median,
    medianInterval: interval,
    p25Days: survivalQuantile(curve, 0.25),
    p75Days: survivalQuantile(curve, 0.75),
    p90Days: survivalQuantile(curve, 0.9),
    maxFollowUpDays,
    restrictedMeanDays:
      median === null && maxFollowUpDays !== null ? (restrictedMean(curve, maxFollowUpDays)?.mean ?? null) : null,
    reEntries,
    firstVisitMedianDays: isOften ? survivalQuantile(kaplanMeier(first.days, first.ended), 0.5) : null,
    closedOnly: closedOnlyOf(curve),
    openAges: agesOf(openDays),
  };
}

/**
 * Studies one stage: every end of a visit counts as its end, visits that last are censored on the as-of day.
 * @param byLength the same visits, the shortest first: sorting them is most of the work
 */
export function studyStage(visits: StageVisits, byLength: StageVisits): StageStudy {
  const curve = kaplanMeier(byLength.days, byLength.ended);
  const open = openVisits(visits);
  const figures = figuresOf(visits, curve, open.days);
  return {
    dwell: { ...figures, notes: notesOf(figures), checks: checksOf(figures), ...stallOf(curve, open.days) },
    openDeal: open.deal,
    openDays: open.days,
    openShare: open.days.map((days) => survivalAt(curve, days)),
  };
}
