import type { Dataset } from '../../dataset/dataset.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { ratioInterval } from '../../stats/compare-estimates.ts';
import { newcombe } from '../../stats/intervals.ts';
import { quantile } from '../../stats/quantile.ts';
import { concordance, type OrderMeasure } from '../../stats/rank.ts';
import { CAUSE } from '../conversion/conversion-cohorts.ts';
import { type Rate, rateOf } from '../rate.ts';
import { type CreatedCohort, createdCohort, winWindow } from './win-rate-cohort.ts';
import { keysByGroup } from './win-rate-keys.ts';

/** The deals created before the change, or since. */
export interface ChangeSide {
  readonly created: number;
  /** Won within the window, of those that had all of it: before the change, or since then up to the as-of day. */
  readonly rate: Rate;
  /** From creation to Won, of those won within the window. */
  readonly medianWonDays: number | null;
  /** Keys of the deals the rate rests on, where details are asked for. */
  readonly dealKeys?: readonly string[];
}

/** Before and since the change, each deal watched equally long; differences are since minus before. */
export interface BeforeAfterResult {
  /** ISO date. */
  readonly changedOn: string;
  readonly windowDays: number;
  /** The 90th percentile of the days to Won, or half the days since the change where that is less. */
  readonly windowFrom: 'p90' | 'sinceChange';
  readonly before: ChangeSide;
  readonly since: ChangeSide;
  /** Deals created before whose window reaches beyond the change: they saw both, and are left out. */
  readonly overlapping: number;
  readonly undatedDeals: number;
  /** Difference of the rates, −1–1, with Newcombe's interval; null where a side has no deals. */
  readonly difference: number | null;
  readonly differenceInterval: readonly [number, number] | null;
  /** The same as a part of the rate before: 0.1 is a tenth more. */
  readonly relativeDifference: number | null;
  readonly relativeInterval: readonly [number, number] | null;
  /** Difference of the medians, days. */
  readonly differenceDays: number | null;
  /** That a deal won since took longer than one won before, ties half. */
  readonly slower: OrderMeasure | null;
  readonly verdict: 'better' | 'worse' | 'withinNoise' | 'notJudged';
  /** Deals that each side needs for a verdict. */
  readonly leastDeals: number;
}

const LEAST_DEALS = 10;
const BEFORE = 0;
const SINCE = 1;

/** The window of both sides; null where the dates tell none. */
function windowOf(
  cohort: CreatedCohort,
  daysSince: number,
): Pick<BeforeAfterResult, 'windowDays' | 'windowFrom'> | null {
  const usual = winWindow(cohort);
  if (usual === null) return null;
  // With a longer one most deals since the change would be too recent to be counted.
  const half = Math.max(1, Math.floor(daysSince / 2));
  return half < usual ? { windowDays: half, windowFrom: 'sinceChange' } : { windowDays: usual, windowFrom: 'p90' };
}

interface SideTally {
  created: number;
  matured: number;
  readonly wonDays: number[];
}

function overlaps(createdDay: number, changedOnDay: number, windowDays: number): boolean {
  return createdDay < changedOnDay && createdDay + windowDays > changedOnDay;
}

/** Whether a deal had its whole window on one side of the change. */
function isCounted(cohort: CreatedCohort, member: number, changedOnDay: number, windowDays: number): boolean {
  if (cohort.followUpDays[member]! < windowDays) return false;
  return !overlaps(cohort.createdDay[member]!, changedOnDay, windowDays);
}

function tally(cohort: CreatedCohort, changedOnDay: number, windowDays: number) {
  const sides: readonly [SideTally, SideTally] = [
    { created: 0, matured: 0, wonDays: [] },
    { created: 0, matured: 0, wonDays: [] },
  ];
  let overlapping = 0;
  for (let member = 0; member < cohort.deal.length; member += 1) {
    const createdDay = cohort.createdDay[member]!;
    const side = sides[createdDay < changedOnDay ? BEFORE : SINCE];
    side.created += 1;
    if (overlaps(createdDay, changedOnDay, windowDays)) overlapping += 1;
    if (!isCounted(cohort, member, changedOnDay, windowDays)) continue;
    side.matured += 1;
    const days = cohort.eventDays[member]!;
    if (cohort.cause[member] === CAUSE.advanced && days <= windowDays) side.wonDays.push(days);
  }
  return { sides, overlapping };
}

function keysOf(dataset: Dataset, cohort: CreatedCohort, changedOnDay: number, windowDays: number) {
  const groupOf = new Int32Array(dataset.rowCount).fill(-1);
  for (let member = 0; member < cohort.deal.length; member += 1) {
    if (!isCounted(cohort, member, changedOnDay, windowDays)) continue;
    groupOf[cohort.deal[member]!] = cohort.createdDay[member]! < changedOnDay ? BEFORE : SINCE;
  }
  return keysByGroup(dataset, groupOf, 2);
}

function verdictOf(
  before: Rate,
  since: Rate,
  interval: readonly [number, number] | null,
): BeforeAfterResult['verdict'] {
  if (interval === null || before.of < LEAST_DEALS || since.of < LEAST_DEALS) return 'notJudged';
  if (interval[0] > 0) return 'better';
  return interval[1] < 0 ? 'worse' : 'withinNoise';
}

function relativeOf(before: Rate, since: Rate): Pick<BeforeAfterResult, 'relativeDifference' | 'relativeInterval'> {
  if (since.value === null || before.value === null || before.value === 0) {
    return { relativeDifference: null, relativeInterval: null };
  }
  const interval = ratioInterval(
    { value: since.value, interval: since.interval },
    { value: before.value, interval: before.interval },
  );
  return {
    relativeDifference: since.value / before.value - 1,
    relativeInterval: interval === null ? null : [interval[0] - 1, interval[1] - 1],
  };
}

/** The deals before and since the change; null where no window can be told. */
export function beforeAfter(dataset: Dataset, changedOnDay: number, details: boolean): BeforeAfterResult | null {
  const cohort = createdCohort(dataset);
  const window = windowOf(cohort, dataset.asOfDay - changedOnDay);
  if (window === null) return null;
  const { sides, overlapping } = tally(cohort, changedOnDay, window.windowDays);
  const keys = details ? keysOf(dataset, cohort, changedOnDay, window.windowDays) : null;
  const sideAt = (at: 0 | 1): ChangeSide => {
    const { created, matured, wonDays } = sides[at];
    const rate = rateOf(wonDays.length, matured);
    const side = { created, rate, medianWonDays: quantile(wonDays, 0.5) };
    return keys === null ? side : { ...side, dealKeys: keys[at]! };
  };
  const before = sideAt(BEFORE);
  const since = sideAt(SINCE);
  const difference = newcombe(since.rate, before.rate);
  const differenceInterval = difference === null ? null : ([difference.lower, difference.upper] as const);
  const [beforeDays, sinceDays] = [before.medianWonDays, since.medianWonDays];
  return {
    changedOn: isoOf(changedOnDay),
    ...window,
    before,
    since,
    overlapping,
    undatedDeals: cohort.undatedDeals,
    difference: difference?.difference ?? null,
    differenceInterval,
    ...relativeOf(before.rate, since.rate),
    differenceDays: beforeDays === null || sinceDays === null ? null : sinceDays - beforeDays,
    slower: concordance(Float64Array.from(sides[SINCE].wonDays), Float64Array.from(sides[BEFORE].wonDays)),
    verdict: verdictOf(before.rate, since.rate, differenceInterval),
    leastDeals: LEAST_DEALS,
  };
}
