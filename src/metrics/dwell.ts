import type { Dataset, Journeys } from '../dataset/dataset.ts';
import { openStageIndexes } from '../dataset/journeys/journeys.ts';
import type { Text } from '../i18n/text.ts';
import { kaplanMeier, survivalQuantile, survivalQuantileInterval } from '../stats/survival.ts';
import { sumAmounts } from './amounts.ts';
import { defineMetric, type FigureFunction, type MetricContext } from './define.ts';
import { dwellBlocks } from './dwell-blocks.ts';
import { agesOf, type OpenAges, STALL_FACTOR, type StageDwell, stageDwell } from './dwell-stages.ts';
import { collectVisits, enteredAges, type StageVisits } from './dwell-visits.ts';
import { stageArgument } from './field-figures.ts';
import { type Rate, rateOf, unknownFigure } from './rate.ts';

export interface StalledDeals extends Rate {
  /** Open deals of stages without a typical dwell time. */
  readonly notJudged: number;
  /** Stalled share to be expected if the open deals were like all visits: base rates weighted by deals judged. */
  readonly baseRate: number | null;
  /** Amounts of the stalled deals by currency. */
  readonly amounts: Readonly<Record<string, number>>;
  readonly factor: number;
}

export interface HistoryDwell {
  readonly basis: 'history';
  readonly unit: 'calendar days';
  readonly stages: readonly (StageDwell & { readonly stage: string })[];
  readonly stalled: StalledDeals;
}

export interface SnapshotDwell {
  readonly basis: 'snapshot';
  readonly unit: 'calendar days';
  readonly stages: readonly { readonly stage: string; readonly openAges: OpenAges }[];
  /** Open deals without a usable date of entry. */
  readonly unknown: number;
  readonly caveat: Text;
}

export type DwellResult = HistoryDwell | SnapshotDwell;

const CAVEAT: Text = {
  en: 'Without a stage history these are the ages of the deals now in each stage, not how long deals stay: slow deals are over-represented.',
  zh: '没有阶段历史，以下只是当前在各阶段的单已停留的天数，不是停留时长：停留久的单占比会偏高。',
};

function openStageIds(dataset: Dataset): string[] {
  return dataset.stages.filter((stage) => stage.kind === 'open').map((stage) => stage.id);
}

function stalledDeals(dataset: Dataset, visits: readonly StageVisits[], stages: readonly StageDwell[]): StalledDeals {
  const isStalled = new Int8Array(dataset.rowCount).fill(-1);
  let count = 0;
  let judged = 0;
  let notJudged = 0;
  let expected = 0;
  stages.forEach((stage, openStage) => {
    count += stage.stalled.count;
    judged += stage.stalled.of;
    notJudged += stage.notJudged;
    if (stage.thresholdDays === null) return;
    expected += (stage.baseRate ?? 0) * stage.stalled.of;
    markStalled(visits[openStage]!, stage.thresholdDays, isStalled);
  });
  const { amounts } = sumAmounts(dataset, isStalled, 1)[0]!;
  const baseRate = judged > 0 ? expected / judged : null;
  return { ...rateOf(count, judged), notJudged, baseRate, amounts, factor: STALL_FACTOR };
}

/** Puts the deals of stalled visits in group 0. */
function markStalled(visits: StageVisits, thresholdDays: number, isStalled: Int8Array): void {
  for (let visit = 0; visit < visits.days.length; visit += 1) {
    if (visits.ended[visit] === 0 && visits.days[visit]! > thresholdDays) isStalled[visits.deal[visit]!] = 0;
  }
}

function historyDwell(dataset: Dataset, journeys: Journeys): HistoryDwell {
  const visits = collectVisits(dataset, journeys, null);
  const ids = openStageIds(dataset);
  const stages = visits.map((stageVisits, openStage) => ({ stage: ids[openStage]!, ...stageDwell(stageVisits) }));
  return { basis: 'history', unit: 'calendar days', stages, stalled: stalledDeals(dataset, visits, stages) };
}

function compute({ dataset }: MetricContext): DwellResult | null {
  if (dataset.journeys !== null) return historyDwell(dataset, dataset.journeys);
  const entered = enteredAges(dataset);
  if (entered === null) return null;
  const stages = openStageIds(dataset).map((stage, openStage) => ({
    stage,
    openAges: agesOf(entered.ages[openStage]!),
  }));
  return { basis: 'snapshot', unit: 'calendar days', stages, unknown: entered.unknown, caveat: CAVEAT };
}

/** Kaplan–Meier quantile (the median unless told) of the visits to one open stage; unknown without a history. */
const dwellFigure: FigureFunction = ([argument], { dataset, select, quantile }) => {
  const stage = stageArgument(argument, dataset);
  const openStage = stage < 0 ? -1 : openStageIndexes(dataset.stages)[stage]!;
  if (dataset.journeys === null) return unknownFigure('days', 'snapshot');
  if (openStage < 0) return unknownFigure('days', 'history');
  const visits = collectVisits(dataset, dataset.journeys, select)[openStage]!;
  const curve = kaplanMeier(visits.days, visits.ended);
  const [low, high] = survivalQuantileInterval(curve, quantile ?? 0.5);
  return {
    ...unknownFigure('days', 'history', visits.days.length),
    value: survivalQuantile(curve, quantile ?? 0.5),
    // Where the upper limit is not reached, nothing is known but the lower one.
    interval: low === null ? null : [low, high ?? Number.POSITIVE_INFINITY],
  };
};

export default defineMetric<DwellResult>({
  metric: 'dwell',
  title: { en: 'Time in stage', zh: '阶段停留时长' },
  definition: {
    en: 'Calendar days per visit, Kaplan–Meier: deals still in a stage count as “at least this long”. Stalled: open for more than 1.5 times the median of the stage.',
    zh: '每次停留的自然日天数，按 Kaplan–Meier 估计：仍在阶段中的单按“至少这么久”计入。停滞：停留超过该阶段中位数 1.5 倍的在途单。',
  },
  formula: {
    en: 'Kaplan–Meier median of the days from entry to exit; open stays censored on the as-of day',
    zh: '从进入到离开的天数的 Kaplan–Meier 中位数；仍在阶段中的按截止日截尾',
  },
  place: 'main',
  needsStages: true,
  compute,
  blocks: dwellBlocks,
  score: (result) => [
    {
      part: 'stalled',
      title: { en: 'Open deals stalled', zh: '停滞的在途单' },
      value: result.basis === 'history' ? result.stalled.value : null,
      floor: 0.6,
      target: 0.15,
      weight: 25,
    },
  ],
  figures: { dwell: dwellFigure },
});
