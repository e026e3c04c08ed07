import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import {
  type CheckCode,
  completenessChecks,
  consistencyChecks,
  type QualityCheck,
  timelinessChecks,
  uniquenessChecks,
  validityChecks,
} from './data-quality-checks.ts';
import { type HeapingFacts, heapingFacts } from './data-quality-heaping.ts';

const DIMENSIONS = ['completeness', 'validity', 'uniqueness', 'timeliness', 'consistency'] as const;
type Dimension = (typeof DIMENSIONS)[number];

/** What each dimension counts in the score. */
const WEIGHTS: Readonly<Record<Dimension, number>> = {
  completeness: 30,
  validity: 20,
  uniqueness: 15,
  timeliness: 15,
  consistency: 20,
};
const CHECKS_OF = {
  completeness: completenessChecks,
  validity: validityChecks,
  uniqueness: uniquenessChecks,
  timeliness: timelinessChecks,
  consistency: consistencyChecks,
};

export interface QualityDimension {
  readonly dimension: Dimension;
  readonly weight: number;
  /** What is well, of all that its checks looked at. */
  readonly rate: Rate;
  readonly checks: readonly QualityCheck[];
}

export interface DataQualityResult {
  readonly deals: number;
  /** 0–100: the rates of the dimensions that can be measured, weighted; null where less than 60 % of the weights can. */
  readonly score: number | null;
  /** Weights of the dimensions that can be measured, of all weights: 0–1. */
  readonly coverage: number;
  readonly dimensions: readonly QualityDimension[];
  readonly heaping: HeapingFacts;
}

const COVERAGE_FROM = 0.6;
const NO_DEALS: Text = say('no deals', '没有商机');

function compute({ dataset }: MetricContext): DataQualityResult {
  const dimensions = DIMENSIONS.map((dimension): QualityDimension => {
    const checks = CHECKS_OF[dimension](dataset);
    const well = checks.reduce((total, { rate }) => total + rate.count, 0);
    const of = checks.reduce((total, { rate }) => total + rate.of, 0);
    return { dimension, weight: WEIGHTS[dimension], rate: rateOf(well, of), checks };
  });
  const measured = dimensions.filter(({ rate }) => rate.value !== null);
  const weights = measured.reduce((total, { weight }) => total + weight, 0);
  const points = measured.reduce((total, { weight, rate }) => total + weight * (rate.value ?? 0), 0);
  const coverage = weights / Object.values(WEIGHTS).reduce((total, weight) => total + weight, 0);
  return {
    deals: dataset.rowCount,
    score: coverage < COVERAGE_FROM ? null : (100 * points) / weights,
    coverage,
    dimensions,
    heaping: heapingFacts(dataset),
  };
}

const TITLE: Text = say('Data quality', '数据质量盘点');
const DIMENSION_TEXTS: Readonly<Record<Dimension, Text>> = {
  completeness: say('Completeness', '完整性'),
  validity: say('Validity', '有效性'),
  uniqueness: say('Uniqueness', '唯一性'),
  timeliness: say('Timeliness', '及时性'),
  consistency: say('Consistency', '一致性'),
};
const CHECK_TEXTS: Readonly<Record<CheckCode, Text>> = {
  'required-filled': say('required fields filled', '必填字段完整度'),
  'cells-filled': say('cells filled (no stage requires a field)', '单元格已填（未设必填字段）'),
  'cells-readable': say('numbers and dates can be read', '数字和日期可识别'),
  'stages-known': say('stage is in the stage list', '阶段在阶段列表中'),
  'ids-unique': say('id is no other deal’s', '编号不重复'),
  'deals-unique': say('account and name are no other deal’s', '客户和商机名称不重复'),
  'changed-lately': say('open deal changed within 30 days', '在途单 30 天内有更新'),
  'not-past-due': say('close date of open deal not past', '在途单预计成交日未过'),
  'closed-dated': say('closed deal has a closing date, not a future one', '已关闭的单有关闭日期且不晚于基准日'),
  'open-not-closed': say('open deal has no closing date', '在途单没有实际成交日期'),
  'amount-positive': say('amount above zero', '金额大于零'),
  'dates-in-order': say('created before it was closed', '创建不晚于关闭'),
};
const SCORE = say('Data quality score {score} of 100', '数据质量分 {score} / 100');
const NO_SCORE = say(
  'No data quality score: only {coverage} of what it weighs can be measured.',
  '不给出数据质量分：可衡量的权重只有 {coverage}。',
);
const PARTLY = say(
  'Data quality score {score} of 100, from {coverage} of what it weighs',
  '数据质量分 {score} / 100，依据 {coverage} 的权重',
);
const DIMENSION = say('Dimension', '维度');
const CHECK = say('Check', '检查项');
const WELL = say('In order', '合格');
const WEIGHT = say('Weight', '权重');
const ACCURACY = say(
  'Accuracy, whether what is filled in is true, cannot be seen in a file: it needs an outside truth, such as contracts or calls to customers.',
  '准确性（填的内容是否属实）无法从文件判断，需要外部依据，如合同或客户回访。',
);
const FACTS = say('Where values pile up (facts, not faults)', '数值扎堆情况（仅供了解，不代表有错）');
const ROUND = say('Round amounts (two digits, then zeros): {share}', '整数金额（两位有效数字，其余为零）：{share}');
const MONTH_END = say('Closed on the last day of a month: {share}', '在每月最后一天关闭：{share}');
const SAME_DAY = say('Created on the day they were closed: {share}', '创建与关闭在同一天：{share}');

function scoreText({ score, coverage }: DataQualityResult, translator: Translator): string {
  if (score === null) return translator.text(NO_SCORE, { coverage: { rate: coverage } });
  const text = coverage < 1 ? PARTLY : SCORE;
  return translator.text(text, { score: translator.number(score, 0), coverage: { rate: coverage } });
}

function dimensionTable(dimensions: readonly QualityDimension[], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(DIMENSION, 0, translator),
      { ...wordColumn(CHECK, 0, translator), wrapTo: 24 },
      figureColumn(WELL, 0, translator),
      figureColumn(WEIGHT, 0, translator),
    ],
    rows: dimensions.flatMap(({ dimension, weight, rate, checks }): Inline[][] => [
      [
        [span(translator.text(DIMENSION_TEXTS[dimension]), 'strong')],
        '',
        [span(shareOf(rate, translator), 'strong')],
        translator.number(weight),
      ],
      ...checks.map((each): Inline[] => [
        '',
        translator.text(CHECK_TEXTS[each.check]),
        shareOf(each.rate, translator),
        '',
      ]),
    ]),
  };
}

function factItems(
  { roundAmounts, monthEndClosings, createdAsClosed }: HeapingFacts,
  translator: Translator,
): string[] {
  const facts: readonly (readonly [Text, Rate | null])[] = [
    [ROUND, roundAmounts],
    [MONTH_END, monthEndClosings],
    [SAME_DAY, createdAsClosed],
  ];
  return facts.flatMap(([text, rate]) =>
    rate === null || rate.of === 0 ? [] : [translator.text(text, { share: shareOf(rate, translator) })],
  );
}

function blocks(result: DataQualityResult, translator: Translator): Block[] {
  const facts = factItems(result.heaping, translator);
  return [
    heading(2, translator.text(TITLE)),
    paragraph(scoreText(result, translator)),
    dimensionTable(result.dimensions, translator),
    paragraph([span(translator.text(ACCURACY), 'muted')]),
    ...(facts.length === 0 ? [] : [paragraph(translator.text(FACTS)), { type: 'list', items: facts } as const]),
  ];
}

export default defineMetric<DataQualityResult>({
  metric: 'dataQuality',
  title: TITLE,
  definition: say(
    'An inventory of the file: completeness, validity, uniqueness, timeliness and consistency, each as what is in order of what was looked at.',
    '对文件的盘点：完整性、有效性、唯一性、及时性、一致性，各为合格数占检查数的比例。',
  ),
  formula: say('score = Σ weight × in order ÷ looked at, ÷ Σ weight', '得分 = Σ 权重 × 合格率 ÷ Σ 权重'),
  place: 'further',
  missing: ({ dataset }) => (dataset.rowCount === 0 ? NO_DEALS : null),
  compute,
  blocks,
});
