import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { breakdownsOf, hasBreakdown } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { compareGroups, type GroupComparison, type GroupComparisonResult } from './compare-groups-counts.ts';
import { signedText } from './signed-text.ts';
import { baseNote, baseTitle } from './win-base.ts';
import { missingOutcomes } from './win-rate-counts.ts';

const TITLE: Text = { en: 'Two groups compared', zh: '两组对比' };
const COLUMNS = {
  closed: { en: 'Won of closed', zh: '赢单/已关闭' },
  days: { en: 'Median days to win', zh: '赢单天数中位数' },
  amount: { en: 'Mean won amount', zh: '平均赢单金额' },
} as const satisfies Record<string, Text>;
const DIFFERENCE: Text = {
  en: '{first} against {second}: {points} percentage points ({low} to {high}), {verdict} (Fisher’s exact p {p}, {adjusted} with all comparisons counted).',
  zh: '{first} 对比 {second}：{points} 个百分点（{low} 到 {high}），{verdict}（Fisher 精确检验 p 值 {p}，计入全部比较后 {adjusted}）。',
};
const VERDICTS = {
  beyondChance: { en: 'beyond chance', zh: '不像偶然' },
  chance: { en: 'may be chance', zh: '可能是偶然' },
  mix: {
    en: 'mix, not performance: {points} points with equal {by}',
    zh: '结构不同，不是表现差异：{by}相同时为 {points} 个百分点',
  },
  unequalTime: { en: 'not judged, as other shares are open', zh: '在途占比不同，不作判断' },
} as const satisfies Record<GroupComparison['verdict'], Text>;
const REAL: Text = VERDICTS.beyondChance;
const CHANCE: Text = VERDICTS.chance;
const FIRST_STAGE: Text = { en: 'first stage', zh: '起始阶段' };
const PACE: Text = {
  en: 'A won deal of {first} took longer than one of {second} {share} of the time ({low}–{high}): {verdict}.',
  zh: '随机各取一个赢单，{first} 比 {second} 用时更长的概率为 {share}（{low}–{high}）：{verdict}。',
};
const NOTHING: Text = {
  en: 'Nothing to compare: no field has just two values with {least} deals each ({fields}); name one with --by to compare its two largest.',
  zh: '没有可对比的字段：没有恰好两个取值、且每组至少 {least} 单的字段（{fields}）；用 --by 指定字段可对比最大的两个取值。',
};
const REFUSED = {
  notTwoValues: {
    en: '{field}: not compared, it has {values} values with such deals; name it with --by to compare the two largest.',
    zh: '{field}：有 {values} 个取值带有这样的商机，未对比；用 --by 指定该字段可对比最大的两个。',
  },
  tooFewClosed: {
    en: '{field}: not compared, the two groups have {first} and {second} such deals, and {least} each are needed.',
    zh: '{field}：两组分别有 {first} 和 {second} 单，每组至少需要 {least} 单，未对比。',
  },
} as const satisfies Record<string, Text>;

type Base = Pick<GroupComparisonResult, 'basis' | 'windowDays'>;

function groupTable({ field, groups }: GroupComparison, base: Base, translator: Translator): TableBlock {
  const name = translator.field(field);
  const isMatured = base.basis === 'matured';
  return {
    type: 'table',
    columns: [
      wordColumn({ en: name, zh: name }, 0, translator),
      figureColumn(baseTitle(base, translator), 0, translator),
      ...(isMatured ? [figureColumn(COLUMNS.closed, 2, translator)] : []),
      figureColumn(COLUMNS.days, 1, translator),
      figureColumn(COLUMNS.amount, 2, translator),
    ],
    rows: groups.map((group): Inline[] => [
      translator.value(group.value),
      shareOf(group.rate, translator),
      ...(isMatured ? [shareOf(group.closed, translator)] : []),
      translator.number(group.medianWonDays),
      amountsText(group.meanWonAmount, translator),
    ]),
  };
}

function probabilityText(probability: number, translator: Translator): string {
  return probability < 0.001 ? '< 0.001' : translator.number(probability, 3);
}

function verdictText({ verdict, adjusted }: GroupComparison, translator: Translator): string {
  if (verdict !== 'mix' || adjusted === null) return translator.text(VERDICTS[verdict]);
  const by = adjusted.by === 'firstStage' ? translator.text(FIRST_STAGE) : translator.field(adjusted.by);
  return translator.text(VERDICTS.mix, { points: signedText(adjusted.difference * 100, 0, translator), by });
}

function comparisonBlocks(comparison: GroupComparison, base: Base, translator: Translator): Block[] {
  const { groups, difference, differenceInterval, probability, adjustedProbability, slower } = comparison;
  const names = { first: groups[0].value, second: groups[1].value };
  const verdict = (isReal: boolean) => ({ text: isReal ? REAL : CHANCE });
  const [low, high] = differenceInterval;
  const words = translator.text(DIFFERENCE, {
    ...names,
    points: signedText(difference * 100, 0, translator),
    low: signedText(low * 100, 0, translator),
    high: signedText(high * 100, 0, translator),
    verdict: verdictText(comparison, translator),
    p: probabilityText(probability, translator),
    adjusted: probabilityText(adjustedProbability, translator),
  });
  const shown: Block[] = [groupTable(comparison, base, translator), paragraph(words)];
  if (slower?.interval == null) return shown;
  const [least, most] = slower.interval;
  const pace = translator.text(PACE, {
    ...names,
    share: translator.percent(slower.value, 0),
    low: translator.number(least * 100, 0),
    high: translator.percent(most, 0),
    verdict: verdict(least > 0.5 || most < 0.5),
  });
  return [...shown, paragraph(pace)];
}

function blocks(result: GroupComparisonResult, translator: Translator): Block[] {
  const { comparisons, refused, leastClosed } = result;
  const title = heading(2, translator.text(TITLE));
  if (comparisons.length === 0) {
    const fields = { list: refused.map(({ field }) => ({ field })) };
    return [title, paragraph(translator.text(NOTHING, { least: leastClosed, fields }))];
  }
  const refusals = refused.map(({ field, because, values, closed: [first, second] }) =>
    translator.text(REFUSED[because], { field: { field }, values, first, second, least: leastClosed }),
  );
  return [
    title,
    paragraph(baseNote(result, translator)),
    ...comparisons.flatMap((comparison) => comparisonBlocks(comparison, result, translator)),
    ...(refusals.length === 0 ? [] : [{ type: 'list', items: refusals } as const]),
  ];
}

export default defineMetric<GroupComparisonResult>({
  metric: 'groupComparison',
  title: TITLE,
  definition: {
    en: 'For a field with two values (or the two largest of a field named with --by): of the deals created long enough ago those won within the window, median days to win and mean won amount of each, and whether they differ beyond chance and beyond the mix of deals. Refused with fewer than 30 such deals in a group; without dates of creation, of closed deals.',
    zh: '对只有两个取值的字段（或用 --by 指定字段中最大的两个取值），比较创建已满观察期的商机在期内赢单的比例、赢单天数中位数和平均赢单金额，并判断差异是否超出偶然和商机结构的影响。任一组不足 30 单则不比较；没有创建日期时按已关闭商机计算。',
  },
  formula: {
    en: 'win rate of the first group − win rate of the second',
    zh: '第一组赢单率 − 第二组赢单率',
  },
  place: 'further',
  needsStages: true,
  missing: (context: MetricContext) => {
    if (!hasBreakdown(context)) return { en: 'no column to break down by', zh: '没有可供分组的列' };
    return missingOutcomes(currentState(context.dataset).outcome);
  },
  compute: (context) => {
    const { dataset, details, by } = context;
    return compareGroups(dataset, breakdownsOf(context), { isNamed: by.length > 0, details });
  },
  blocks,
});
