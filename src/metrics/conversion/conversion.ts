import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { currentState, type JourneySummary, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { timedJourneys } from '../dwell/log-time.ts';
import { type UnknownStarts, unknownStarts } from '../first-export.ts';
import { type Rate, rateOf } from '../rate.ts';
import { type CohortRates, cohortRates } from './cohort-rates.ts';
import { conversionBlocks } from './conversion-blocks.ts';
import { stageCohorts } from './conversion-cohorts.ts';
import {
  countDetours,
  countMoves,
  countPendingPlaces,
  countStanding,
  type DetourCounts,
  type PendingCounts,
  type StageMoves,
  type StandingCounts,
} from './conversion-counts.ts';
import { type CohortDeals, cohortDeals } from './conversion-deals.ts';
import { conversionFigure } from './conversion-figure.ts';
import { type BoundedStep, boundedLadder, countSkips, type SkipCounts } from './conversion-ladder.ts';
import { type Remedy, snapshotRemedies } from './conversion-remedies.ts';
import { type LostStageFacts, lostStageFacts, type SnapshotStage, snapshotStages } from './conversion-snapshot.ts';

/** One open stage: its movements, how its deals stand, and what share went on. */
export interface StageConversion extends StageMoves, StandingCounts, PendingCounts, CohortRates {
  readonly stage: string;
  /** Advanced of entries: pending deals count as not advanced, so a lower bound. */
  readonly toDate: Rate;
  /** Advanced of advanced and lost: biased while deals are pending. */
  readonly resolved: Rate;
  /** As if every pending deal advanced. */
  readonly upperBound: Rate;
  /** Only where details are asked for. */
  readonly deals?: CohortDeals;
}

export interface HistoryConversion extends DetourCounts, SkipCounts {
  readonly basis: 'history';
  readonly stages: readonly StageConversion[];
  readonly ladder: readonly BoundedStep[];
  /** Deals that no row of the history speaks of; they are in none of these counts. */
  readonly dealsWithoutHistory: number;
  /** Changes of one deal at the same instant, kept in file order. */
  readonly tiedRows: number;
  /** Entries on an unknown day; absent where the day of each is known. */
  readonly startUnknown?: UnknownStarts;
}

export interface SnapshotConversion {
  readonly basis: 'snapshot';
  readonly stages: readonly SnapshotStage[];
  readonly caveat: Text;
  /** What would turn the bounds into rates. */
  readonly remedy: Text;
  /** What the table itself has to offer for that. */
  readonly remedies: readonly Remedy[];
  /** How many of the lost deals a column places; null without such a column. */
  readonly lostStage: LostStageFacts | null;
}

export type ConversionResult = HistoryConversion | SnapshotConversion;

const CAVEAT: Text = {
  en: 'Without a stage history, nobody knows where the lost deals had got to: each rate lies between two bounds.',
  zh: '没有阶段历史，无法知道输单曾走到哪一步：每个转化率只能给出上下界。',
};
const LOST_STAGE_CAVEAT: Text = {
  en: 'Without a stage history, lost deals count as having passed every stage up to the one they were lost at: the number of deals that reached a stage is an upper bound, and steps back cannot be seen.',
  zh: '没有阶段历史，输单按“流失阶段之前的阶段都走过”计：各阶段到达数是上限，也看不到回退。',
};
const NO_TIME_CAVEAT: Text = {
  en: 'All changes of the log happened at one time: it holds no time, and does not tell where the lost deals had got to. Each rate lies between two bounds.',
  zh: '变更记录中的所有变更都发生在同一时刻，不含时间信息，也看不出输单曾走到哪一步：每个转化率只能给出上下界。',
};
const NO_TIME_REMEDY: Text = {
  en: 'A log that was kept while deals moved, not one written when the list was loaded, closes the gap.',
  zh: '请提供商机推进过程中逐次留下的变更记录，而不是批量导入时一次写入的记录，即可得到准确值。',
};
const REMEDY: Text = {
  en: 'A change log with the columns deal, stage and time of change, given with --history, closes the gap.',
  zh: '用 --history 提供含“单号、阶段、变更时间”三列的阶段变更记录，即可得到准确值。',
};

function stageConversions(
  { dataset, windowDays, details }: MetricContext,
  journeys: Journeys,
  summary: JourneySummary,
): StageConversion[] {
  const moves = countMoves(dataset, journeys, summary);
  return stageCohorts(dataset, journeys, summary).map((cohort, openStage) => {
    const standing = countStanding(cohort);
    const { advanced, lostHere, pending } = standing;
    const entries = advanced + lostHere + pending;
    return {
      stage: dataset.stages[summary.stageOfOpenIndex[openStage]!]!.id,
      ...moves[openStage]!,
      ...standing,
      ...countPendingPlaces(dataset, cohort, openStage),
      toDate: rateOf(advanced, entries),
      resolved: rateOf(advanced, advanced + lostHere),
      upperBound: rateOf(advanced + pending, entries),
      ...cohortRates(cohort, windowDays),
      ...(details ? { deals: cohortDeals(dataset, cohort) } : {}),
    };
  });
}

function snapshotConversion(dataset: Dataset): SnapshotConversion {
  const lostStage = lostStageFacts(dataset);
  return {
    basis: 'snapshot',
    stages: snapshotStages(dataset),
    caveat: dataset.journeys !== null ? NO_TIME_CAVEAT : lostStage === null ? CAVEAT : LOST_STAGE_CAVEAT,
    remedy: dataset.journeys !== null ? NO_TIME_REMEDY : REMEDY,
    remedies: snapshotRemedies(dataset),
    lostStage,
  };
}

function compute(context: MetricContext): ConversionResult {
  const { dataset } = context;
  const journeys = timedJourneys(dataset);
  if (journeys === null) return snapshotConversion(dataset);
  const summary = summarizeJourneys(journeys, dataset.stages);
  const stages = stageConversions(context, journeys, summary);
  const startUnknown = unknownStarts(dataset);
  return {
    basis: 'history',
    stages,
    ladder: boundedLadder(dataset, journeys, summary),
    ...countDetours(summary),
    ...countSkips(dataset, journeys, summary),
    dealsWithoutHistory: currentState(dataset).dealsWithoutHistory,
    tiedRows: journeys.tiedRows,
    ...(startUnknown === null ? {} : { startUnknown }),
  };
}

export default defineMetric<ConversionResult>({
  metric: 'conversion',
  title: { en: 'Stage conversion', zh: '阶段转化率' },
  definition: {
    en: 'Share of the deals that entered a stage and went on to a higher stage or won. Headline: of those with the full window behind them (matured), or estimated from all of them while fewer than 30 have matured.',
    zh: '进入某阶段后走到更高阶段或赢单的比例。主口径只看已满观察期的单；不足 30 单时，用全部单估算（在途单按未到期处理）。',
  },
  formula: {
    en: 'went on within the window ÷ entered at least the window ago',
    zh: '窗口期内推进的单 ÷ 入场已满窗口期的单',
  },
  place: 'main',
  needsStages: true,
  compute,
  blocks: conversionBlocks,
  figures: { conversion: conversionFigure },
});
