import type { Journeys } from '../../dataset/dataset.ts';
import { type JourneySummary, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { say } from '../../i18n/text.ts';
import { type Breakdown, breakdownsOf, hasBreakdown } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { lackOfTime } from '../dwell/log-time.ts';
import { type Rate, rateOf } from '../rate.ts';
import { type HeadlineRate, headlineRate, stageWindow } from './cohort-rates.ts';
import { type StageCohort, stageCohorts } from './conversion-cohorts.ts';
import { countStanding, type LadderStep, ladderOf, type StandingCounts } from './conversion-counts.ts';
import { splitCohort } from './conversion-groups.ts';
import { conversionSegmentsBlocks } from './conversion-segments-blocks.ts';

/** One open stage, of the deals of one segment. */
export interface SegmentStage extends StandingCounts {
  readonly stage: string;
  readonly entries: number;
  /** What went on; null for fewer than five deals, of which only the counts are told. */
  readonly rates: (HeadlineRate & { readonly toDate: Rate; readonly resolved: Rate }) | null;
}

/** The deals with one value of a field. */
export interface ConversionSegment {
  readonly value: string;
  /** Deals that were in some open stage, or are won. */
  readonly deals: number;
  readonly stages: readonly SegmentStage[];
  readonly ladder: readonly LadderStep[];
}

export interface ConversionSegments {
  /** Open stages in funnel order with the days that deals are given, the same in every segment. */
  readonly stages: readonly { readonly stage: string; readonly windowDays: number | null }[];
  readonly fields: readonly {
    readonly field: string;
    /** The largest first. */
    readonly segments: readonly ConversionSegment[];
    /** Smaller segments that are left out. */
    readonly omitted: number;
    /** Deals with a history and no value of the field. */
    readonly dealsWithoutValue: number;
  }[];
}

/** Segments kept of each field. */
const MOST_SEGMENTS = 200;
/** Below this number of deals only the counts are told. */
const RATE_FROM = 5;

/** What is the same for every field. */
interface FunnelCohorts {
  readonly summary: JourneySummary;
  readonly stageIds: readonly string[];
  readonly cohorts: readonly StageCohort[];
  readonly windows: readonly (number | null)[];
}

function funnelCohorts({ dataset, windowDays }: MetricContext, journeys: Journeys): FunnelCohorts {
  const summary = summarizeJourneys(journeys, dataset.stages);
  const cohorts = stageCohorts(dataset, journeys, summary);
  return {
    summary,
    stageIds: Array.from(summary.stageOfOpenIndex, (stage) => dataset.stages[stage]!.id),
    cohorts,
    windows: cohorts.map((cohort) => stageWindow(cohort, windowDays)),
  };
}

/** Deals of each group that were in some open stage or are won, and such deals in no group. */
function countGroups({ values, groupOf }: Breakdown, { reach }: JourneySummary) {
  const deals = new Int32Array(values.length);
  let dealsWithoutValue = 0;
  for (let deal = 0; deal < groupOf.length; deal += 1) {
    if (reach[deal]! < 0) continue;
    const group = groupOf[deal]!;
    if (group < 0) dealsWithoutValue += 1;
    else deals[group]! += 1;
  }
  return { deals, dealsWithoutValue };
}

/** Groups by number of deals, the largest first, then by their text. */
function largestGroups(deals: Int32Array, values: readonly string[]): number[] {
  return Array.from(deals.keys())
    .filter((group) => deals[group]! > 0)
    .sort((a, b) => deals[b]! - deals[a]! || (values[a]! < values[b]! ? -1 : 1));
}

/** By kept group, then step of the ladder: deals that reached the step. */
function reachedOfGroups(keptOf: Int32Array, keptCount: number, { groupOf }: Breakdown, summary: JourneySummary) {
  const steps = summary.openStageCount + 1;
  const reached = new Int32Array(keptCount * steps);
  for (let deal = 0; deal < groupOf.length; deal += 1) {
    const reach = summary.reach[deal]!;
    const kept = groupOf[deal]! < 0 ? -1 : keptOf[groupOf[deal]!]!;
    if (reach >= 0 && kept >= 0) reached[kept * steps + reach]! += 1;
  }
  return Array.from({ length: keptCount }, (_, kept) => {
    const own = reached.subarray(kept * steps, (kept + 1) * steps);
    for (let step = steps - 2; step >= 0; step -= 1) own[step]! += own[step + 1]!;
    return own;
  });
}

function segmentStage(stage: string, cohort: StageCohort, windowDays: number | null): SegmentStage {
  const standing = countStanding(cohort);
  const entries = cohort.deal.length;
  if (entries < RATE_FROM || windowDays === null) return { stage, entries, ...standing, rates: null };
  const { advanced, lostHere } = standing;
  const toDate = rateOf(advanced, entries);
  const resolved = rateOf(advanced, advanced + lostHere);
  return { stage, entries, ...standing, rates: { ...headlineRate(cohort, windowDays), toDate, resolved } };
}

function segmentsOfField(breakdown: Breakdown, funnel: FunnelCohorts): ConversionSegments['fields'][number] {
  const { field, values, groupOf } = breakdown;
  const { summary, stageIds, cohorts, windows } = funnel;
  const { deals, dealsWithoutValue } = countGroups(breakdown, summary);
  const groups = largestGroups(deals, values);
  const kept = groups.slice(0, MOST_SEGMENTS);
  const keptOf = new Int32Array(values.length).fill(-1);
  kept.forEach((group, index) => {
    keptOf[group] = index;
  });
  const keptOfDeal = (deal: number): number => (groupOf[deal]! < 0 ? -1 : keptOf[groupOf[deal]!]!);
  const split = cohorts.map((cohort) => splitCohort(cohort, cohort.deal.map(keptOfDeal), kept.length));
  const reached = reachedOfGroups(keptOf, kept.length, breakdown, summary);
  const segments = kept.map((group, index) => ({
    value: values[group]!,
    deals: deals[group]!,
    stages: stageIds.map((stage, step) => segmentStage(stage, split[step]![index]!, windows[step]!)),
    ladder: ladderOf(stageIds, reached[index]!),
  }));
  return { field, segments, omitted: groups.length - kept.length, dealsWithoutValue };
}

function compute(context: MetricContext): ConversionSegments | null {
  const { journeys } = context.dataset;
  if (journeys === null) return null;
  const funnel = funnelCohorts(context, journeys);
  return {
    stages: funnel.stageIds.map((stage, step) => ({ stage, windowDays: funnel.windows[step]! })),
    fields: breakdownsOf(context).map((breakdown) => segmentsOfField(breakdown, funnel)),
  };
}

export default defineMetric<ConversionSegments>({
  metric: 'conversionSegments',
  title: say('Conversion by segment', '分组转化率'),
  definition: say(
    'Stage conversion of each owner, source, product or region (or the fields asked for), every segment given the same window. It tells rates, not differences: small segments differ by chance.',
    '按负责人、来源、产品、区域（或指定字段）分组的阶段转化率，各组使用相同的观察期。只给比例，不判断差异：小组之间的差别常是偶然。',
  ),
  formula: say(
    'advanced within the window ÷ entered at least the window ago, by segment',
    '各组：窗口期内推进的单 ÷ 入场已满窗口期的单',
  ),
  place: 'breakdown',
  needsStages: true,
  missing: (context) => {
    if (context.dataset.journeys === null)
      return say('needs the change log (--history)', '需要阶段变更记录（--history）');
    if (!hasBreakdown(context)) return say('no column to break down by', '没有可供分组的列');
    return lackOfTime(context.dataset.journeys);
  },
  compute,
  blocks: conversionSegmentsBlocks,
});
