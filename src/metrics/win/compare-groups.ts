import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { breakdownsOf } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { compareGroups, type GroupComparison, type GroupComparisonResult } from './compare-groups-counts.ts';
import { missingOutcomes } from './win-rate-counts.ts';

const TITLE: Text = { en: 'Two groups compared', zh: '两组对比' };
const COLUMNS = {
  rate: { en: 'Won of closed', zh: '赢单/已关闭' },
  days: { en: 'Median days to win', zh: '赢单天数中位数' },
  amount: { en: 'Mean won amount', zh: '平均赢单金额' },
} as const satisfies Record<string, Text>;
const DIFFERENCE: Text = {
  en: '{first} against {second}: {points} percentage points ({low} to {high}), {verdict} (Fisher’s exact p {p}, z {z}).',
  zh: '{first} 对比 {second}：{points} 个百分点（{low} 到 {high}），{verdict}（Fisher 精确检验 p 值 {p}，z 值 {z}）。',
};
const REAL: Text = { en: 'beyond chance', zh: '不像偶然' };
const CHANCE: Text = { en: 'may be chance', zh: '可能是偶然' };
const PACE: Text = {
  en: 'A won deal of {first} took longer than one of {second} {share} of the time ({low}–{high}): {verdict}.',
  zh: '随机各取一个赢单，{first} 比 {second} 用时更长的概率为 {share}（{low}–{high}）：{verdict}。',
};
const REFUSED = {
  notTwoValues: {
    en: '{field}: not compared, it has {values} values with closed deals; name it with --by to compare the two largest.',
    zh: '{field}：有 {values} 个取值带有已关闭商机，未对比；用 --by 指定该字段可对比最大的两个。',
  },
  tooFewClosed: {
    en: '{field}: not compared, the two groups have {first} and {second} closed deals, and {least} each are needed.',
    zh: '{field}：两组已关闭商机分别为 {first} 和 {second} 单，每组至少需要 {least} 单，未对比。',
  },
} as const satisfies Record<string, Text>;

function signed(value: number, digits: number, translator: Translator): string {
  const text = translator.number(Math.abs(value), digits);
  if (Number(text) === 0) return text;
  return value > 0 ? `+${text}` : `−${text}`;
}

function groupTable({ field, groups }: GroupComparison, translator: Translator): TableBlock {
  const name = translator.field(field);
  return {
    type: 'table',
    columns: [
      wordColumn({ en: name, zh: name }, 0, translator),
      figureColumn(COLUMNS.rate, 0, translator),
      figureColumn(COLUMNS.days, 1, translator),
      figureColumn(COLUMNS.amount, 2, translator),
    ],
    rows: groups.map((group): Inline[] => [
      translator.value(group.value),
      shareOf(group.rate, translator),
      translator.number(group.medianWonDays),
      amountsText(group.meanWonAmount, translator),
    ]),
  };
}

function comparisonBlocks(comparison: GroupComparison, translator: Translator): Block[] {
  const { groups, difference, differenceInterval, z, probability, slower } = comparison;
  const names = { first: groups[0].value, second: groups[1].value };
  const verdict = (isReal: boolean) => ({ text: isReal ? REAL : CHANCE });
  const [low, high] = differenceInterval;
  const words = translator.text(DIFFERENCE, {
    ...names,
    points: signed(difference * 100, 0, translator),
    low: signed(low * 100, 0, translator),
    high: signed(high * 100, 0, translator),
    verdict: verdict(low > 0 || high < 0),
    p: probability < 0.001 ? '< 0.001' : translator.number(probability, 3),
    z: z === null ? null : signed(z, 2, translator),
  });
  const shown: Block[] = [groupTable(comparison, translator), paragraph(words)];
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

function blocks({ comparisons, refused, leastClosed }: GroupComparisonResult, translator: Translator): Block[] {
  const refusals = refused.map(({ field, because, values, closed: [first, second] }) =>
    translator.text(REFUSED[because], { field: { field }, values, first, second, least: leastClosed }),
  );
  return [
    heading(2, translator.text(TITLE)),
    ...comparisons.flatMap((comparison) => comparisonBlocks(comparison, translator)),
    ...(refusals.length === 0 ? [] : [{ type: 'list', items: refusals } as const]),
  ];
}

export default defineMetric<GroupComparisonResult>({
  metric: 'groupComparison',
  title: TITLE,
  definition: {
    en: 'For a field with two values (or the two largest of a field named with --by): win rate, median days to win and mean won amount of each, and whether they differ beyond chance. Refused with fewer than 30 closed deals in a group.',
    zh: '对只有两个取值的字段（或用 --by 指定字段中最大的两个取值），比较赢单率、赢单天数中位数和平均赢单金额，并判断差异是否超出偶然。任一组已关闭商机不足 30 单则不比较。',
  },
  formula: {
    en: 'win rate of the first group − win rate of the second',
    zh: '第一组赢单率 − 第二组赢单率',
  },
  place: 'further',
  needsStages: true,
  missing: (context: MetricContext) => {
    if (breakdownsOf(context).length === 0) return { en: 'no column to break down by', zh: '没有可供分组的列' };
    return missingOutcomes(currentState(context.dataset).outcome);
  },
  compute: (context) => {
    const { dataset, details, by } = context;
    return compareGroups(dataset, breakdownsOf(context), { isNamed: by.length > 0, details });
  },
  blocks,
});
