import { aalenJohansen, incidenceAt, incidenceIntervalAt } from '../../stats/competing-risks.ts';
import { type Rate, rateOf } from '../rate.ts';
import { CAUSE, type StageCohort } from './conversion-cohorts.ts';
import { quantileOfMany } from './day-buckets.ts';

/** From this many matured deals on, the matured rate is the headline. */
const MATURED_FROM = 30;
const WINDOW_QUANTILE = 0.9;

/** A rate out of the Aalen–Johansen curve, which has no count. */
export interface EstimatedRate {
  readonly value: number | null;
  /** Deals it rests on, the pending ones included. */
  readonly of: number;
  readonly interval: readonly [number, number] | null;
}

/** What share of a cohort advances within a window. */
export interface CohortRates {
  /** Days a deal is given; null where none is given and no deal advanced, or none but at once. */
  readonly windowDays: number | null;
  readonly windowFrom: 'given' | 'p90' | null;
  /** Of the deals that entered at least the window ago, those that advanced within it. */
  readonly matured: Rate | null;
  /** Advanced by the end of the window, estimated from all deals, the pending ones as censored on the as-of day. */
  readonly estimated: EstimatedRate | null;
  /** Which of the two is the headline. */
  readonly headline: 'matured' | 'estimated' | null;
}

// Several metrics ask for the rates of the same cohort; cohorts never change once they are read.
const known = new WeakMap<StageCohort, Map<number | null, CohortRates>>();

/**
 * Rates within the window, or within the 90th percentile of the observed times to advance, rounded up to whole days.
 * The estimate is the Aalen–Johansen incidence of advancing against being lost at the end of the window.
 */
export function cohortRates(cohort: StageCohort, givenWindowDays: number | null): CohortRates {
  const ofCohort = known.get(cohort) ?? new Map<number | null, CohortRates>();
  known.set(cohort, ofCohort);
  const rates = ofCohort.get(givenWindowDays) ?? computeRates(cohort, givenWindowDays);
  ofCohort.set(givenWindowDays, rates);
  return rates;
}

function computeRates(cohort: StageCohort, givenWindowDays: number | null): CohortRates {
  const windowDays = givenWindowDays ?? usualWindow(cohort);
  if (windowDays === null || cohort.deal.length === 0) {
    const windowFrom = givenWindowDays === null ? null : 'given';
    return { windowDays, windowFrom, matured: null, estimated: null, headline: null };
  }
  const matured = maturedRate(cohort, windowDays);
  return {
    windowDays,
    windowFrom: givenWindowDays === null ? 'p90' : 'given',
    matured,
    estimated: estimatedRate(cohort, windowDays),
    headline: matured.of >= MATURED_FROM ? 'matured' : 'estimated',
  };
}

/** The headline of a cohort within a window, by itself: an estimate costs more than a count, and here only one is told. */
export type HeadlineRate =
  | { readonly headline: 'matured'; readonly matured: Rate; readonly estimated: null }
  | { readonly headline: 'estimated'; readonly matured: Rate; readonly estimated: EstimatedRate };

export function headlineRate(cohort: StageCohort, windowDays: number): HeadlineRate {
  const matured = maturedRate(cohort, windowDays);
  if (matured.of >= MATURED_FROM) return { headline: 'matured', matured, estimated: null };
  return { headline: 'estimated', matured, estimated: estimatedRate(cohort, windowDays) };
}

/** Days that the deals of a stage are given: those asked for, else the 90th percentile; null where none ever advanced. */
export function stageWindow(cohort: StageCohort, givenWindowDays: number | null): number | null {
  return givenWindowDays ?? usualWindow(cohort);
}

// Every metric that goes by a stage asks for its window; cohorts never change once they are read.
const usualWindows = new WeakMap<StageCohort, number | null>();

/**
 * 90th percentile of the observed days to advance, rounded up; null where no deal ever advanced, or nine of ten did at
 * the very instant they entered: a window of no days gives no deal any time.
 */
export function usualWindow(cohort: StageCohort): number | null {
  const known = usualWindows.get(cohort);
  if (known !== undefined) return known;
  const days = quantileOfMany(advancedDays(cohort), WINDOW_QUANTILE);
  const window = days === null || days === 0 ? null : Math.ceil(days);
  usualWindows.set(cohort, window);
  return window;
}

function advancedDays({ eventDays, cause }: StageCohort): Float64Array {
  const advanced = new Float64Array(eventDays.length);
  let size = 0;
  for (let member = 0; member < eventDays.length; member += 1) {
    if (cause[member] !== CAUSE.advanced) continue;
    advanced[size] = eventDays[member]!;
    size += 1;
  }
  return advanced.subarray(0, size);
}

/** Of the deals that entered at least the window ago, those that advanced within it. */
export function maturedRate(cohort: StageCohort, windowDays: number): Rate {
  let matured = 0;
  let converted = 0;
  for (let member = 0; member < cohort.deal.length; member += 1) {
    if (cohort.followUpDays[member]! < windowDays) continue;
    matured += 1;
    if (cohort.cause[member] === CAUSE.advanced && cohort.eventDays[member]! <= windowDays) converted += 1;
  }
  return rateOf(converted, matured);
}

function estimatedRate(cohort: StageCohort, windowDays: number): EstimatedRate {
  const curves = aalenJohansen(cohort.eventDays, cohort.cause);
  return {
    value: incidenceAt(curves, 1, windowDays),
    of: cohort.deal.length,
    interval: incidenceIntervalAt(curves, 1, windowDays),
  };
}
