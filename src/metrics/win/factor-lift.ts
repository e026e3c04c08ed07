import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { defineMetric } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { type Factor, type FactorLiftResult, type FactorValue, factorLift } from './factor-lift-counts.ts';
import { baseNote, baseTitle } from './win-base.ts';
import { missingOutcomes } from './win-rate-counts.ts';

const TITLE: Text = { en: 'What winning goes with', zh: '与赢单相关的特征' };
const COLUMNS = {
  closed: { en: 'Won of closed', zh: '赢单/已关闭' },
  lift: { en: 'Times the usual rate', zh: '相当于平均的倍数' },
  amount: { en: 'Won amount', zh: '赢单金额' },
} as const satisfies Record<string, Text>;
const LIFT: Text = { en: '{lift}× ({low}–{high})', zh: '{lift} 倍（{low}–{high}）' };
const THIRDS: Readonly<Record<string, Text>> = {
  low: { en: 'lowest third', zh: '最低三分之一' },
  middle: { en: 'middle third', zh: '中间三分之一' },
  high: { en: 'highest third', zh: '最高三分之一' },
};
const EVIDENCE: Text = {
  en: '{verdict}: p {p}, {adjusted} with all columns counted',
  zh: '{verdict}：p 值 {p}，计入全部比较后 {adjusted}',
};
const BEYOND: Text = { en: 'Beyond chance', zh: '不像偶然' };
const CHANCE: Text = { en: 'May be chance', zh: '可能是偶然' };
const UNEQUAL: Text = { en: 'Not judged, as other shares are open', zh: '在途占比不同，不作判断' };
const NOTHING: Text = {
  en: 'No column has two values with enough deals to compare.',
  zh: '没有哪一列有两个取值具备足够的商机可比较。',
};
const NOTE: Text = {
  en: 'Columns tested: {tests}. What goes with winning need not be its cause.',
  zh: '共检验 {tests} 列。与赢单相关不等于导致赢单。',
};
const WEAK: Text = { en: 'Tested without a sign of a difference: {fields}', zh: '检验后未见差异：{fields}' };
const EXCLUDED: Text = {
  en: 'Not tested, because the column itself tells how a deal ended: {fields}',
  zh: '未检验（该列本身就反映结果）：{fields}',
};
/** Values shown to people, a column. */
const SHOWN = 8;
/** Columns shown at all events, however weak. */
const SHOWN_FACTORS = 5;
/** With fewer deals there is no percentage, nor a ratio of two. */
const LEAST_DEALS = 5;

function liftText({ lift, liftInterval, rate }: FactorValue, translator: Translator): string {
  if (lift === null || liftInterval === null || rate.of < LEAST_DEALS) return '';
  const [low, high] = liftInterval.map((limit) => translator.number(limit, 2));
  return translator.text(LIFT, { lift: translator.number(lift, 2), low: low ?? null, high: high ?? null });
}

function valueText({ limits }: Factor, { value }: FactorValue, translator: Translator): string {
  const third = limits === null ? undefined : THIRDS[value];
  return third === undefined ? translator.value(value) : translator.text(third);
}

type Base = Pick<FactorLiftResult, 'basis' | 'windowDays'>;

function verdictOf({ hasUnequalTime, isBeyondChance }: Factor): Text {
  if (hasUnequalTime) return UNEQUAL;
  return isBeyondChance ? BEYOND : CHANCE;
}

function factorTable(factor: Factor, base: Base, translator: Translator): TableBlock {
  const isMatured = base.basis === 'matured';
  const name = translator.field(factor.field);
  const p = (value: number): string => (value < 0.001 ? '< 0.001' : translator.number(value, 3));
  return {
    type: 'table',
    columns: [
      wordColumn({ en: name, zh: name }, 0, translator),
      figureColumn(baseTitle(base, translator), 0, translator),
      figureColumn(COLUMNS.lift, 1, translator),
      ...(isMatured ? [figureColumn(COLUMNS.closed, 2, translator)] : []),
      figureColumn(COLUMNS.amount, 2, translator),
    ],
    rows: factor.values
      .slice(0, SHOWN)
      .map((value): Inline[] => [
        valueText(factor, value, translator),
        shareOf(value.rate, translator),
        liftText(value, translator),
        ...(isMatured ? [shareOf(value.closed, translator)] : []),
        amountsText(value.wonAmount, translator),
      ]),
    caption: translator.text(EVIDENCE, {
      verdict: { text: verdictOf(factor) },
      p: p(factor.probability),
      adjusted: p(factor.adjustedProbability),
    }),
  };
}

function blocks(result: FactorLiftResult, translator: Translator): Block[] {
  const { factors, tests, excluded } = result;
  const title = heading(2, translator.text(TITLE));
  const revealing = excluded.filter(({ because }) => because !== 'identity').map(({ field }) => ({ field }));
  const shown = factors.filter(({ isBeyondChance }, index) => isBeyondChance || index < SHOWN_FACTORS);
  const weak = factors.filter((factor) => !shown.includes(factor)).map(({ field }) => ({ field }));
  const items: string[] =
    factors.length === 0
      ? [translator.text(NOTHING)]
      : [baseNote(result, translator), translator.text(NOTE, { tests })];
  if (weak.length > 0) items.push(translator.text(WEAK, { fields: { list: weak } }));
  if (revealing.length > 0) items.push(translator.text(EXCLUDED, { fields: { list: revealing } }));
  return [
    title,
    ...shown.map((factor) => factorTable(factor, result, translator)),
    ...items.map((item) => paragraph(item)),
  ];
}

export default defineMetric<FactorLiftResult>({
  metric: 'factorLift',
  title: TITLE,
  definition: {
    en: 'For each column that describes deals (two to twenty values; numbers by thirds), the share won of each value against that of all deals with a value (of the deals created long enough ago those won within the window; without dates of creation, of closed deals), and whether the differences are beyond chance once all columns are counted. Columns that tell the outcome itself are left out: those filled for deals of one outcome only, or whose values all but settle it.',
    zh: '对每个描述商机的列（2 到 20 个取值；数字按三等分），比较各取值与所有有取值商机的赢单率（创建已满观察期的商机在期内赢单的比例；没有创建日期时按已关闭商机），并在计入全部比较后判断差异是否超出偶然。本身就反映结果的列不比较：只在某一种结果下填写，或取值几乎决定结果。',
  },
  formula: {
    en: 'win rate of the value ÷ win rate of all deals with a value',
    zh: '该取值的赢单率 ÷ 所有有取值商机的赢单率',
  },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) => missingOutcomes(currentState(dataset).outcome),
  compute: ({ dataset, details }) => factorLift(dataset, details),
  blocks,
});
