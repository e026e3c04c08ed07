import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { type JourneySummary, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { DAY_MILLIS, isoOf } from '../../dataset/values/calendar.ts';
import { periodName, periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import { say } from '../../i18n/text.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { isFromFirstExport } from '../first-export.ts';
import { type Rate, rateOf } from '../rate.ts';
import { maturedRate, stageWindow } from './cohort-rates.ts';
import { CAUSE, type StageCohort, stageCohorts } from './conversion-cohorts.ts';
import { countStanding, type StandingCounts } from './conversion-counts.ts';
import { type CohortDeals, cohortDeals } from './conversion-deals.ts';
import { splitCohort } from './conversion-groups.ts';
import { conversionPeriodsBlocks } from './conversion-periods-blocks.ts';

/** The deals that first entered one stage in one period, as they stand now. */
export interface PeriodCohort extends StandingCounts {
  readonly stage: string;
  /** `2026-03`, `2026-Q1`, `2026`, or the Monday of a week. */
  readonly period: string;
  /** First and last day of the period. */
  readonly from: string;
  readonly to: string;
  readonly entries: number;
  /** Advanced of entries: a lower bound. */
  readonly toDate: Rate;
  /** As if every pending deal advanced. */
  readonly upperBound: Rate;
  /** What the matured rate can still come to: advanced within the window, and with all that may yet do so. */
  readonly bounds: { readonly low: Rate; readonly high: Rate };
  /** All of them have had the window of their stage, whichever day of the period they entered on. */
  readonly isMature: boolean;
  /** Advanced within the window; null while some deal of the period has not had it. */
  readonly matured: Rate | null;
  /** Only where details are asked for. */
  readonly deals?: CohortDeals;
}

export interface ConversionPeriods {
  readonly length: Period;
  /** Open stages in funnel order with the days that deals are given, the same in every period. */
  readonly stages: readonly { readonly stage: string; readonly windowDays: number | null }[];
  /** By stage, then time; periods in which no deal entered are left out. */
  readonly periods: readonly PeriodCohort[];
  /** Older cohorts that are left out. */
  readonly omitted: number;
}

/** Cohorts kept of each stage: ten years of months. */
const MOST_PERIODS = 120;

/** Of deals that the first export has: they entered in a period that nobody knows. */
const NO_PERIOD = -0x80000000;

/** First day of the period of each member's first entry. */
function entryPeriods(
  dataset: Dataset,
  { deal }: StageCohort,
  openStage: number,
  journeys: Journeys,
  { firstEntry, openStageCount }: JourneySummary,
  length: Period,
): Int32Array {
  const startOfDay = new Map<number, number>();
  const starts = new Int32Array(deal.length);
  for (let member = 0; member < deal.length; member += 1) {
    const entry = firstEntry[deal[member]! * openStageCount + openStage]!;
    if (isFromFirstExport(dataset, entry, deal[member]!)) {
      starts[member] = NO_PERIOD;
      continue;
    }
    const day = Math.floor(journeys.start[entry]! / DAY_MILLIS);
    let start = startOfDay.get(day);
    if (start === undefined) {
      start = periodStart(day, length);
      startOfDay.set(day, start);
    }
    starts[member] = start;
  }
  return starts;
}

/** A deal that is pending may yet advance within the window as long as it has not had all of it. */
function boundsWithin({ cause, eventDays, followUpDays }: StageCohort, windowDays: number): PeriodCohort['bounds'] {
  let within = 0;
  let mayYet = 0;
  for (let member = 0; member < cause.length; member += 1) {
    if (cause[member] === CAUSE.advanced && eventDays[member]! <= windowDays) within += 1;
    if (cause[member] === CAUSE.pending && followUpDays[member]! < windowDays) mayYet += 1;
  }
  return { low: rateOf(within, cause.length), high: rateOf(within + mayYet, cause.length) };
}

interface StagePeriods {
  readonly stage: string;
  readonly windowDays: number | null;
  readonly periods: readonly PeriodCohort[];
  readonly omitted: number;
}

function periodsOfStage(
  stage: string,
  cohort: StageCohort,
  starts: Int32Array,
  { dataset, windowDays: given, period: length, details }: MetricContext,
): StagePeriods {
  const windowDays = stageWindow(cohort, given);
  const all = [...new Set(starts)].filter((start) => start !== NO_PERIOD).sort((a, b) => a - b);
  const kept = all.slice(-MOST_PERIODS);
  const numberOf = new Map(kept.map((start, number) => [start, number]));
  const groups = splitCohort(
    cohort,
    starts.map((start) => numberOf.get(start) ?? -1),
    kept.length,
  );
  const periods = kept.map((start, number): PeriodCohort => {
    const group = groups[number]!;
    const standing = countStanding(group);
    const entries = group.deal.length;
    const lastDay = shiftPeriods(start, length, 1) - 1;
    const isMature = windowDays !== null && lastDay + windowDays <= dataset.asOfDay;
    return {
      stage,
      period: periodName(start, length),
      from: isoOf(start),
      to: isoOf(lastDay),
      entries,
      ...standing,
      toDate: rateOf(standing.advanced, entries),
      upperBound: rateOf(standing.advanced + standing.pending, entries),
      bounds: boundsWithin(group, windowDays ?? Number.POSITIVE_INFINITY),
      isMature,
      matured: isMature ? maturedRate(group, windowDays) : null,
      ...(details ? { deals: cohortDeals(dataset, group) } : {}),
    };
  });
  return { stage, windowDays, periods, omitted: all.length - kept.length };
}

function stagePeriods(context: MetricContext, journeys: Journeys, dataset: Dataset): StagePeriods[] {
  const summary = summarizeJourneys(journeys, dataset.stages);
  return stageCohorts(dataset, journeys, summary).map((cohort, openStage) => {
    const { id } = dataset.stages[summary.stageOfOpenIndex[openStage]!]!;
    return periodsOfStage(
      id,
      cohort,
      entryPeriods(dataset, cohort, openStage, journeys, summary, context.period),
      context,
    );
  });
}

function compute(context: MetricContext): ConversionPeriods | null {
  const { dataset, period } = context;
  if (dataset.journeys === null) return null;
  const found = stagePeriods(context, dataset.journeys, dataset);
  return {
    length: period,
    stages: found.map(({ stage, windowDays }) => ({ stage, windowDays })),
    periods: found.flatMap(({ periods }) => periods),
    omitted: found.reduce((total, { omitted }) => total + omitted, 0),
  };
}

export default defineMetric<ConversionPeriods>({
  metric: 'conversionPeriods',
  title: say('Conversion by entry period', '按进入周期的转化率'),
  definition: say(
    'Deals by the period in which they first entered a stage, and what became of them. A rate is told once every deal of the period has had the whole window; before that, its bounds.',
    '按首次进入某阶段的周期（同期群）统计这些单后来的去向。整个周期的单都满观察期后才给出转化率，之前只给上下界。',
  ),
  formula: say('went on within the window ÷ entered in the period', '窗口期内推进的单 ÷ 该周期内进入的单'),
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) =>
    dataset.journeys === null
      ? say('needs the change log (--history)', '需要阶段变更记录（--history）')
      : lackOfTime(dataset.journeys),
  compute,
  blocks: conversionPeriodsBlocks,
});
