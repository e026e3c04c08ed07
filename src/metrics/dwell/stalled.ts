import type { Dataset } from '../../dataset/dataset.ts';
import { say, type Text } from '../../i18n/text.ts';
import { binomialAtLeast } from '../../stats/binomial.ts';
import { sumAmounts } from '../amounts.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type UnknownStarts, unknownStarts } from '../first-export.ts';
import { type Rate, rateOf } from '../rate.ts';
import { STALL_FACTOR } from './dwell-stages.ts';
import { type DwellUnit, dwellUnitOf } from './dwell-study.ts';
import { lackOfTime, timedJourneys } from './log-time.ts';
import { stalledBlocks } from './stalled-blocks.ts';
import { listStalled, type OpenStage, olderThan, type StalledDeal } from './stalled-deals.ts';
import { stagesOfFewVisits, stagesOfHistory, stagesOfTable } from './stalled-stages.ts';

/** How the stalled share stands to what is usual; null where past visits do not tell. */
interface Excess {
  /** Share of past visits that also took so long. */
  readonly baseRate: number | null;
  /** Share of open deals that would be over the limit at any time when all is as usual. */
  readonly expectedShare: number | null;
  /** Stalled share less the expected one. */
  readonly excess: number | null;
  /** Of so many stalled deals or more by chance, where the expected share holds (binomial). */
  readonly pValue: number | null;
}

/** Open deals over the limit of their stage. */
interface StalledCounts extends Excess {
  readonly judged: number;
  /** Open deals of stages without a limit. */
  readonly notJudged: number;
  readonly stalled: Rate;
  /** Open deals older than nine of ten visits, of those judged. */
  readonly byP90: Rate;
}

export interface StalledStage extends StalledCounts, DealsBehind {
  readonly stage: string;
  readonly typicalDays: number | null;
  readonly limitDays: number | null;
  readonly p90Days: number | null;
  /** Visits that the limit rests on; null where it is given. */
  readonly visits: number | null;
}

export interface StalledResult extends DwellUnit, StalledCounts {
  /** `history`: the limit is `factor` times the typical stay; `snapshot`: it is the `max_dwell` of the stage. */
  readonly basis: 'history' | 'snapshot';
  readonly factor: number | null;
  /** Amounts of the stalled deals by currency. */
  readonly amounts: Readonly<Record<string, number>>;
  readonly stages: readonly StalledStage[];
  /** The oddest first. */
  readonly deals: readonly StalledDeal[];
  /** How many of the stalled deals are listed. */
  readonly listed: number;
  /** Deals of stages with too few visits to judge by, over `factor` times the median of these few. */
  readonly indicative: readonly StalledDeal[];
  /** Visits that began on an unknown day; absent where the day of each is known. */
  readonly startUnknown?: UnknownStarts;
}

const NO_HISTORY: Text = say('needs the change log (--history)', '需要阶段变更记录（--history）');

function excessOf(stalled: Rate, baseRate: number | null, expectedShare: number | null): Excess {
  if (stalled.value === null || expectedShare === null) return { baseRate, expectedShare, excess: null, pValue: null };
  const pValue = Math.min(1, Math.max(0, binomialAtLeast(stalled.count, stalled.of, expectedShare)));
  return { baseRate, expectedShare, excess: stalled.value - expectedShare, pValue };
}

function stageResult(dataset: Dataset, from: OpenStage, details: boolean): StalledStage {
  const { stage, typicalDays, limitDays, p90Days, visits } = from;
  const open = from.rows.length;
  const judged = limitDays === null ? 0 : open;
  const over = olderThan(from, limitDays);
  const stalled = rateOf(over.length, judged);
  return {
    stage,
    judged,
    notJudged: open - judged,
    stalled,
    ...excessOf(stalled, from.baseRate, from.expectedShare),
    byP90: rateOf(olderThan(from, p90Days).length, p90Days === null ? 0 : open),
    typicalDays,
    limitDays,
    p90Days,
    visits,
    ...dealsBehind(dataset, details, () => over.map((each) => from.rows[each]!)),
  };
}

function sum(stages: readonly StalledStage[], count: (stage: StalledStage) => number): number {
  return stages.reduce((total, stage) => total + count(stage), 0);
}

/** A share over all stages: those of the stages weighted by deals judged. */
function pooled(stages: readonly StalledStage[], share: (stage: StalledStage) => number | null): number | null {
  const judged = stages.filter((stage) => stage.judged > 0);
  if (judged.length === 0 || judged.some((stage) => share(stage) === null)) return null;
  return sum(judged, (stage) => share(stage)! * stage.judged) / sum(judged, (stage) => stage.judged);
}

function countAll(stages: readonly StalledStage[]): StalledCounts {
  const judged = sum(stages, (stage) => stage.judged);
  const stalled = rateOf(
    sum(stages, (stage) => stage.stalled.count),
    judged,
  );
  const baseRate = pooled(stages, (stage) => stage.baseRate);
  const expectedShare = pooled(stages, (stage) => stage.expectedShare);
  return {
    judged,
    notJudged: sum(stages, (stage) => stage.notJudged),
    stalled,
    ...excessOf(stalled, baseRate, expectedShare),
    byP90: rateOf(
      sum(stages, (stage) => stage.byP90.count),
      sum(stages, (stage) => stage.byP90.of),
    ),
  };
}

function stalledAmounts(dataset: Dataset, open: readonly OpenStage[]): Readonly<Record<string, number>> {
  const group = new Int8Array(dataset.rowCount).fill(-1);
  for (const from of open) for (const each of olderThan(from, from.limitDays)) group[from.rows[each]!] = 0;
  return sumAmounts(dataset, group, 1)[0]!.amounts;
}

function compute({ dataset, details }: MetricContext): StalledResult | null {
  const journeys = timedJourneys(dataset);
  const open = journeys === null ? stagesOfTable(dataset) : stagesOfHistory(dataset, journeys);
  if (open === null) return null;
  const stages = open.map((from) => stageResult(dataset, from, details));
  const deals = listStalled(dataset, open);
  const { unit, per } = dwellUnitOf(dataset);
  const startUnknown = journeys === null ? null : unknownStarts(dataset);
  return {
    basis: journeys === null ? 'snapshot' : 'history',
    unit,
    per: journeys === null ? 'visit' : per,
    factor: journeys === null ? null : STALL_FACTOR,
    ...countAll(stages),
    amounts: stalledAmounts(dataset, open),
    stages,
    deals,
    listed: deals.length,
    indicative: journeys === null ? [] : listStalled(dataset, stagesOfFewVisits(dataset, journeys)),
    ...(startUnknown === null ? {} : { startUnknown }),
  };
}

export default defineMetric<StalledResult>({
  metric: 'stalled',
  title: { en: 'Stalled deals', zh: '停滞商机' },
  definition: {
    en: 'Open deals that have been in their stage for more than 1.5 times its median stay. Some always are: what counts is how many more there are than when all is as usual. A stage with fewer than 10 visits, or without a median, is not judged. Without a change log, the limit is the max_dwell of the stage.',
    zh: '在当前阶段停留超过该阶段中位数 1.5 倍的在途商机。平常也总会有一些，要看的是比平常多出多少。停留记录不足 10 次或没有中位数的阶段不作判定。没有阶段变更记录时，以阶段的 max_dwell 为上限。',
  },
  formula: {
    en: 'open deals older than 1.5 × the median stay of their stage ÷ open deals judged',
    zh: '停留超过所在阶段中位数 1.5 倍的在途商机 ÷ 参与判定的在途商机',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => {
    if (timedJourneys(dataset) !== null || stagesOfTable(dataset) !== null) return null;
    return dataset.journeys === null ? NO_HISTORY : lackOfTime(dataset.journeys);
  },
  compute,
  blocks: stalledBlocks,
});
