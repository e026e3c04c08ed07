import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import type { Text } from '../../i18n/text.ts';
import { kaplanMeier, survivalQuantile, survivalQuantileInterval } from '../../stats/survival.ts';
import { sumAmounts } from '../amounts.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type FigureFunction, type MetricContext } from '../define.ts';
import { stageArgument } from '../figures/field-figures.ts';
import { type UnknownStarts, unknownStarts } from '../first-export.ts';
import { type Rate, rateOf, unknownFigure } from '../rate.ts';
import { dwellBlocks } from './dwell-blocks.ts';
import { agesOf, type OpenAges } from './dwell-curve.ts';
import { type DwellReliability, dwellReliability } from './dwell-reliability.ts';
import { STALL_FACTOR, type StageDwell, type StageStudy } from './dwell-stages.ts';
import { type DwellUnit, dwellStudies, dwellUnitOf, openStageIds } from './dwell-study.ts';
import { collectVisits, enteredAges, stayMeasureOf } from './dwell-visits.ts';
import { lackOfTime, timedJourneys } from './log-time.ts';

export interface StalledDeals extends Rate {
  /** Open deals of stages without a typical dwell time. */
  readonly notJudged: number;
  /** Share of past visits that also took so long: those of the stages weighted by deals judged. */
  readonly baseRate: number | null;
  /** Share of open deals that would be stalled at any time when all is as usual. */
  readonly expectedShare: number | null;
  /** Amounts of the stalled deals by currency. */
  readonly amounts: Readonly<Record<string, number>>;
  readonly factor: number;
}

/** Keys of the deals of a stage, where details are asked for. */
interface StageDeals {
  readonly openDeals?: readonly string[];
  readonly stalledDeals?: readonly string[];
}

export interface HistoryDwell extends DwellUnit {
  readonly basis: 'history';
  readonly stages: readonly (StageDwell & StageDeals & { readonly stage: string })[];
  readonly stalled: StalledDeals;
  /** Whether the dates behind all this are real; null for journeys out of earlier exports. */
  readonly reliability: DwellReliability | null;
  /** Visits that began on an unknown day; absent where the day of each is known. */
  readonly startUnknown?: UnknownStarts;
}

export interface SnapshotDwell extends DwellUnit {
  readonly basis: 'snapshot';
  readonly stages: readonly {
    readonly stage: string;
    readonly openAges: OpenAges;
    readonly openDeals?: readonly string[];
  }[];
  /** Open deals without a usable date of entry. */
  readonly unknown: number;
  readonly caveat: Text;
}

export type DwellResult = HistoryDwell | SnapshotDwell;

const CAVEAT: Text = {
  en: 'Without a stage history these are the ages of the deals now in each stage, not how long deals stay: slow deals are over-represented.',
  zh: '没有阶段历史，以下只是当前在各阶段的单已停留的天数，不是停留时长：停留久的单占比会偏高。',
};

/** The share of fewer open deals says too little to be scored. */
const SCORED_FROM = 10;

/** Neither tells since when a deal has been in its stage. */
const NO_AGES: Text = {
  en: 'needs the change log (--history) or a column “in stage since”',
  zh: '需要阶段变更记录（--history）或“进入当前阶段时间”列',
};

function stalledDeals(dataset: Dataset, studies: readonly StageStudy[]): StalledDeals {
  const isStalled = new Int8Array(dataset.rowCount).fill(-1);
  let [count, judged, notJudged, past, expected] = [0, 0, 0, 0, 0];
  for (const { dwell, openDeal, openDays } of studies) {
    count += dwell.stalled.count;
    judged += dwell.stalled.of;
    notJudged += dwell.notJudged;
    if (dwell.thresholdDays === null) continue;
    past += (dwell.baseRate ?? 0) * dwell.stalled.of;
    expected += (dwell.expectedShare ?? 0) * dwell.stalled.of;
    for (let each = 0; each < openDeal.length; each += 1) {
      if (openDays[each]! > dwell.thresholdDays) isStalled[openDeal[each]!] = 0;
    }
  }
  return {
    ...rateOf(count, judged),
    notJudged,
    baseRate: judged > 0 ? past / judged : null,
    expectedShare: judged > 0 ? expected / judged : null,
    amounts: sumAmounts(dataset, isStalled, 1)[0]!.amounts,
    factor: STALL_FACTOR,
  };
}

function stageDeals(dataset: Dataset, { dwell, openDeal, openDays }: StageStudy): StageDeals {
  const limit = dwell.thresholdDays ?? Number.POSITIVE_INFINITY;
  return {
    openDeals: keysOf(dataset, openDeal),
    stalledDeals: keysOf(
      dataset,
      openDeal.filter((_, each) => openDays[each]! > limit),
    ),
  };
}

function historyDwell(dataset: Dataset, journeys: Journeys, details: boolean): HistoryDwell {
  const studies = dwellStudies(dataset, journeys);
  const startUnknown = unknownStarts(dataset);
  return {
    basis: 'history',
    ...dwellUnitOf(dataset),
    stages: studies.map((study) => ({
      stage: study.stage,
      ...study.dwell,
      ...(details ? stageDeals(dataset, study) : {}),
    })),
    stalled: stalledDeals(dataset, studies),
    reliability: dwellReliability(dataset, journeys),
    ...(startUnknown === null ? {} : { startUnknown }),
  };
}

function compute({ dataset, details }: MetricContext): DwellResult | null {
  const journeys = timedJourneys(dataset);
  if (journeys !== null) return historyDwell(dataset, journeys, details);
  const entered = enteredAges(dataset, stayMeasureOf(dataset));
  if (entered === null) return null;
  const stages = openStageIds(dataset).map((stage, openStage) => ({
    stage,
    openAges: agesOf(entered.ages[openStage]!),
    ...(details ? { openDeals: keysOf(dataset, entered.deals[openStage]!) } : {}),
  }));
  const { unit } = dwellUnitOf(dataset);
  return { basis: 'snapshot', unit, per: 'visit', stages, unknown: entered.unknown, caveat: CAVEAT };
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
    en: 'Days per visit, Kaplan–Meier: deals still in a stage count as “at least this long”. Calendar days, each visit by itself, unless the rules file asks for working days or for all visits of a deal together (report: days, dwell); the title then says so. Stalled: open for more than 1.5 times the median of the stage.',
    zh: '每次停留的天数，按 Kaplan–Meier 估计：仍在阶段中的单按“至少这么久”计入。默认为自然日、逐次计算；规则文件可改为工作日或同一商机多次进入合计（report 的 days、dwell），标题会注明。停滞：停留超过该阶段中位数 1.5 倍的在途单。',
  },
  formula: {
    en: 'Kaplan–Meier median of the days from entry to exit; open stays censored on the as-of day',
    zh: '从进入到离开的天数的 Kaplan–Meier 中位数；仍在阶段中的按基准日截尾',
  },
  place: 'main',
  needsStages: true,
  missing: ({ dataset }) => {
    if (timedJourneys(dataset) !== null) return null;
    const entered = enteredAges(dataset);
    if (dataset.journeys === null) return entered === null ? NO_AGES : null;
    return entered?.ages.some(({ length }) => length > 0) ? null : lackOfTime(dataset.journeys);
  },
  compute,
  blocks: dwellBlocks,
  score: (result) => [
    {
      part: 'stalled',
      title: { en: 'Open deals stalled', zh: '停滞的在途单' },
      value: result?.basis === 'history' && result.stalled.of >= SCORED_FROM ? result.stalled.value : null,
      floor: 0.6,
      target: 0.15,
      weight: 25,
    },
  ],
  figures: { dwell: dwellFigure },
});
