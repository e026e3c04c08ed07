import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import {
  type StageBenchmark,
  type StageLoss,
  type StageRate,
  type StageStuck,
  stageBenchmarks,
  stageLosses,
  stageStuck,
} from './bottleneck-counts.ts';
import { type DwellUnit, dwellUnitOf, titleWithUnit } from './dwell-study.ts';
import { lackOfTime } from './log-time.ts';

export interface BottleneckStage extends StageLoss, StageStuck {
  readonly stage: string;
  readonly benchmark: StageBenchmark | null;
  /** Benchmark less own rate, 0 where the stage is as good; null where either is unknown. */
  readonly gap: number | null;
  /** The benchmark lies above the whole interval of the rate; null where either is unknown. */
  readonly isBeyondChance: boolean | null;
  /** Lost amount (deals, where no lost deal has one) times the gap; null where the gap is. */
  readonly lossScore: number | null;
  /** Place from 1; null for stages that lost nothing by their gap. */
  readonly lossRank: number | null;
  /** Place from 1 by amount (deals) stuck; null for stages without a stuck deal. */
  readonly stuckRank: number | null;
}

export interface BottleneckResult extends DwellUnit {
  readonly basis: 'history';
  /** Currency that stages are ranked by, the one with the greatest number of stages; null where deals are counted. */
  readonly rankedBy: string | null;
  /** In funnel order. */
  readonly stages: readonly BottleneckStage[];
}

const NO_HISTORY: Text = say('needs the change log (--history)', '需要阶段变更记录（--history）');

/** The currency that most stages have lost or stuck amounts in. */
function rankingCurrency(amounts: readonly Readonly<Record<string, number>>[]): string | null {
  const stagesOf = new Map<string, number>();
  for (const code of amounts.flatMap((each) => Object.keys(each))) stagesOf.set(code, (stagesOf.get(code) ?? 0) + 1);
  const ranked = [...stagesOf].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}

/** Places from 1 by falling score, in funnel order among equals; null for scores that are null or 0. */
function ranksOf(scores: readonly (number | null)[]): (number | null)[] {
  const order = scores.flatMap((score, index) => (score !== null && score > 0 ? [index] : []));
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return scores.map((_, index) => (order.includes(index) ? order.indexOf(index) + 1 : null));
}

function isBeyondChance({ conversion: { interval } }: StageLoss, benchmark: StageBenchmark | null): boolean | null {
  return interval === null || benchmark === null ? null : benchmark.value > interval[1];
}

function compute(context: MetricContext): BottleneckResult | null {
  const { dataset } = context;
  const { journeys } = dataset;
  if (journeys === null) return null;
  const losses = stageLosses(context, journeys);
  const stuck = stageStuck(context, journeys);
  const benchmarks = stageBenchmarks(dataset, losses);
  const rankedBy = rankingCurrency([
    ...losses.map(({ lostAmounts }) => lostAmounts),
    ...stuck.map(({ stuckAmounts }) => stuckAmounts),
  ]);
  const sizeOf = (amounts: Readonly<Record<string, number>>, deals: number): number =>
    rankedBy === null ? deals : (amounts[rankedBy] ?? 0);
  const gaps = losses.map(({ conversion: { value } }, index) => {
    const benchmark = benchmarks[index];
    return value === null || !benchmark ? null : Math.max(0, benchmark.value - value);
  });
  const lossScores = losses.map(({ lostAmounts, lostDeals }, index) => {
    const gap = gaps[index] ?? null;
    return gap === null ? null : gap * sizeOf(lostAmounts, lostDeals);
  });
  const lossRanks = ranksOf(lossScores);
  const stuckRanks = ranksOf(stuck.map(({ stuckAmounts, stuckDeals }) => sizeOf(stuckAmounts, stuckDeals)));
  const openStages = dataset.stages.filter(({ kind }) => kind === 'open');
  const stages = openStages.map(({ id }, index) => ({
    stage: id,
    ...losses[index]!,
    benchmark: benchmarks[index] ?? null,
    gap: gaps[index] ?? null,
    isBeyondChance: isBeyondChance(losses[index]!, benchmarks[index] ?? null),
    lossScore: lossScores[index] ?? null,
    lossRank: lossRanks[index] ?? null,
    ...stuck[index]!,
    stuckRank: stuckRanks[index] ?? null,
  }));
  return { basis: 'history', ...dwellUnitOf(dataset), rankedBy, stages };
}

const TITLE: Text = say('Bottlenecks', '瓶颈阶段');
const STAGE = say('Stage', '阶段');
const LOST = say('Lost here', '在此输掉');
const RATE = say('Goes on', '转化率');
const BENCHMARK = say('Measured against', '对照值');
const STUCK = say('Stuck', '卡住');
const WAIT = say('Days beyond typical', '超出常规的天数');
const DEALS_WORTH = say('{deals} deals · {amount}', '{deals} 单 · {amount}');
const DEALS = say('{deals} deals', '{deals} 单');
const ONE_DEAL = say('1 deal', '1 单');
const ONE_WORTH = say('1 deal · {amount}', '1 单 · {amount}');
const RATE_OF = say('{rate} (of {deals})', '{rate}（{deals} 单）');
const LOSS_LINE = say(
  '{stage} loses most for its gap: {lost} lost there, {rate} of deals go on against {benchmark} ({from}).',
  '“{stage}”因差距损失最大：在此输掉 {lost}，转化率 {rate}，对照值 {benchmark}（{from}）。',
);
const BY_CHANCE = say('The gap is no larger than chance may make it.', '以目前的单数，这样的差距可能只是偶然波动。');
const STUCK_LINE = say(
  '{stage} holds most that is stuck: {stuck} for more than {threshold}, where {typical} is typical.',
  '“{stage}”积压最多：{stuck}，停留超过 {threshold}，而常规为 {typical}。',
);
const FROM: Readonly<Record<StageBenchmark['from'], Text>> = {
  rules: say('benchmark of the rules', '规则中的基准'),
  median: say('median of the stages of this funnel', '本漏斗各阶段的中位数'),
};
const FROM_MEDIAN = say(
  'Without benchmarks in the rules file stages are measured against the median stage of this funnel, though stages differ by nature.',
  '规则文件未设基准（benchmarks）时，以本漏斗各阶段的中位数为对照；不同阶段本来就有差异，仅供参考。',
);
const NONE = say(
  'No stage falls behind what it is measured against, and nothing is stuck.',
  '没有阶段低于对照值，也没有积压。',
);

function dealsText(deals: number, amounts: Readonly<Record<string, number>>, translator: Translator): string {
  const amount = amountsText(amounts, translator);
  if (deals === 1) return amount === '' ? translator.text(ONE_DEAL) : translator.text(ONE_WORTH, { amount });
  return amount === '' ? translator.text(DEALS, { deals }) : translator.text(DEALS_WORTH, { deals, amount });
}

function linesOf({ stages }: BottleneckResult, translator: Translator): string[] {
  const worst = stages.find(({ lossRank }) => lossRank === 1);
  const stuck = stages.find(({ stuckRank }) => stuckRank === 1);
  const lines: [Text, Args][] = [];
  if (worst?.benchmark) {
    const lost = dealsText(worst.lostDeals, worst.lostAmounts, translator);
    const { value, from } = worst.benchmark;
    const rate = worst.conversion.value;
    lines.push([
      LOSS_LINE,
      {
        stage: { stage: worst.stage },
        lost,
        rate: rate === null ? null : { rate },
        benchmark: { rate: value },
        from: { text: FROM[from] },
      },
    ]);
  }
  if (worst?.isBeyondChance === false) lines.push([BY_CHANCE, {}]);
  if (stuck !== undefined) {
    const held = dealsText(stuck.stuckDeals, stuck.stuckAmounts, translator);
    const days = { threshold: { days: stuck.thresholdDays ?? 0 }, typical: { days: stuck.typicalDays ?? 0 } };
    lines.push([STUCK_LINE, { stage: { stage: stuck.stage }, stuck: held, ...days }]);
  }
  return lines.map(([text, args]) => translator.text(text, args));
}

/** A rate from a handful of deals would say more than is known. */
const PERCENT_FROM = 5;

function rateText({ value, of }: StageRate, translator: Translator): string {
  const known = value === null || of < PERCENT_FROM ? null : { rate: value };
  return translator.text(RATE_OF, { rate: known, deals: of });
}

function stageTable({ stages }: BottleneckResult, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(STAGE, 0, translator),
      figureColumn(LOST, 0, translator),
      figureColumn(RATE, 1, translator),
      figureColumn(BENCHMARK, 2, translator),
      figureColumn(STUCK, 0, translator),
      figureColumn(WAIT, 3, translator),
    ],
    rows: stages.map((stage) => [
      translator.stage(stage.stage),
      dealsText(stage.lostDeals, stage.lostAmounts, translator),
      rateText(stage.conversion, translator),
      translator.percent(stage.benchmark?.value ?? null, 0),
      dealsText(stage.stuckDeals, stage.stuckAmounts, translator),
      translator.number(stage.excessDays, 0),
    ]),
  };
}

function blocks(result: BottleneckResult, translator: Translator): Block[] {
  const lines = linesOf(result, translator);
  const isOwn = result.stages.some(({ benchmark }) => benchmark?.from === 'median');
  return [
    heading(2, titleWithUnit(TITLE, result, translator)),
    ...(lines.length > 0 ? lines : [translator.text(NONE)]).map((line) => paragraph(line)),
    stageTable(result, translator),
    ...(isOwn ? [paragraph([span(translator.text(FROM_MEDIAN), 'muted')])] : []),
  ];
}

export default defineMetric<BottleneckResult>({
  metric: 'bottleneck',
  title: TITLE,
  definition: say(
    'The stages where most is lost for want of conversion, and where most waits longer than is typical.',
    '因转化不足而损失最大的阶段，以及积压超过常规时间最多的阶段。',
  ),
  formula: say(
    'lost amount × (benchmark − own rate); open amount beyond 1.5 × typical days',
    '输单金额 ×（对照值 − 本阶段转化率）；停留超过 1.5 倍常规天数的在途金额',
  ),
  place: 'further',
  needsStages: true,
  missing: ({ dataset: { journeys } }) =>
    journeys === null || journeys.stage.length === 0 ? NO_HISTORY : lackOfTime(journeys),
  compute,
  blocks,
});
