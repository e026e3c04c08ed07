import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { breakdownsOf } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { missingOutcomes } from './win-rate-counts.ts';
import { SEGMENT_LIMITS, type WinSegment, type WinSegmentField, winSegments } from './win-segments-counts.ts';

export interface WinSegmentsResult {
  readonly fields: readonly WinSegmentField[];
  /** Comparisons made, of all fields. */
  readonly tests: number;
  /** Share of the segments flagged that may be chance. */
  readonly q: number;
  /** Smaller differences are not flagged, 0–1. */
  readonly minDifference: number;
  /** Closed deals that a flagged segment needs. */
  readonly minDeals: number;
}

function compute(context: MetricContext): WinSegmentsResult {
  return { ...winSegments(context.dataset, breakdownsOf(context), context.details), ...SEGMENT_LIMITS };
}

const TITLE: Text = { en: 'Win rate by segment', zh: '分组赢单率' };
const COLUMNS = {
  rate: { en: 'Won of closed', zh: '赢单/已关闭' },
  difference: { en: 'Against the rest', zh: '与其余相比' },
  verdict: { en: 'Verdict', zh: '判断' },
  open: { en: 'Open', zh: '未定' },
  amount: { en: 'Won amount', zh: '赢单金额' },
  days: { en: 'Median days to win', zh: '赢单天数中位数' },
} as const satisfies Record<string, Text>;
const POINTS: Text = { en: '{points} points ({low} to {high})', zh: '{points} 个百分点（{low} 到 {high}）' };
const FLAGS = {
  above: { en: 'better, beyond chance', zh: '更好，不像偶然' },
  below: { en: 'worse, beyond chance', zh: '更差，不像偶然' },
  mix: {
    en: 'mix, not performance: {points} points with equal {by}',
    zh: '结构不同，不是表现差异：{by}相同时为 {points} 个百分点',
  },
} as const satisfies Record<Exclude<WinSegment['flag'], null>, Text>;
const FIRST_STAGE: Text = { en: 'first stage', zh: '起始阶段' };
const OVERALL: Text = {
  en: 'All values of {field} together: p {p} that they win alike.',
  zh: '{field}各取值整体：若赢单率其实相同，出现这样差异的概率为 {p}。',
};
const OMITTED: Text = { en: '{count} smaller ones are not shown.', zh: '另有 {count} 个较小的取值未列出。' };
const RULE: Text = {
  en: 'Comparisons made: {tests}. One stands out only if, all of them counted, fewer than {q} of such calls would be chance, by {points} points or more, with {deals} closed deals or more; it is then checked among deals of like size, first stage and the other field that says most.',
  zh: '共比较 {tests} 次。计入全部比较后误报比例低于 {q}、相差不少于 {points} 个百分点、已关闭不少于 {deals} 单的才提示，并在金额、起始阶段及影响最大的另一字段相同的商机之间复核。',
};
/** Segments shown to people, a field. */
const SHOWN = 20;
/** With fewer closed deals there is no percentage, nor a difference. */
const PERCENT_FROM = 5;

function points(difference: number, translator: Translator): string {
  const text = translator.number(Math.abs(difference) * 100, 0);
  if (text === '0') return '0';
  return difference > 0 ? `+${text}` : `−${text}`;
}

function differenceText({ rate, difference, differenceInterval }: WinSegment, translator: Translator): string {
  if (difference === null || differenceInterval === null || rate.of < PERCENT_FROM) return '';
  const [low, high] = differenceInterval;
  return translator.text(POINTS, {
    points: points(difference, translator),
    low: points(low, translator),
    high: points(high, translator),
  });
}

function verdictText({ flag, adjusted }: WinSegment, translator: Translator): Inline {
  if (flag === null) return '';
  const by = adjusted?.by === 'firstStage' ? translator.text(FIRST_STAGE) : translator.field(adjusted?.by ?? '');
  const text = translator.text(FLAGS[flag], { points: points(adjusted?.difference ?? 0, translator), by });
  return [{ text, tone: flag === 'below' ? 'warn' : flag === 'above' ? 'good' : 'muted' }];
}

function fieldTable({ field, segments }: WinSegmentField, translator: Translator): TableBlock {
  const name = translator.field(field);
  return {
    type: 'table',
    columns: [
      wordColumn({ en: name, zh: name }, 0, translator),
      figureColumn(COLUMNS.rate, 0, translator),
      figureColumn(COLUMNS.difference, 1, translator),
      wordColumn(COLUMNS.verdict, 0, translator),
      figureColumn(COLUMNS.open, 3, translator),
      figureColumn(COLUMNS.amount, 2, translator),
      figureColumn(COLUMNS.days, 3, translator),
    ],
    rows: segments
      .slice(0, SHOWN)
      .map((segment) => [
        translator.value(segment.value),
        shareOf(segment.rate, translator),
        differenceText(segment, translator),
        verdictText(segment, translator),
        translator.number(segment.open),
        amountsText(segment.wonAmount, translator),
        segment.medianWonDays === null ? '' : translator.number(segment.medianWonDays),
      ]),
  };
}

function fieldBlocks(field: WinSegmentField, translator: Translator): Block[] {
  const hidden = field.omitted + Math.max(0, field.segments.length - SHOWN);
  const words: string[] = [];
  if (field.overall !== null) {
    const { probability } = field.overall;
    const p = probability < 0.001 ? '< 0.001' : translator.number(probability, 3);
    words.push(translator.text(OVERALL, { field: { field: field.field }, p }));
  }
  if (hidden > 0) words.push(translator.text(OMITTED, { count: hidden }));
  const table = fieldTable(field, translator);
  return words.length === 0 ? [table] : [table, paragraph(words.join(translator.lang === 'zh' ? '' : ' '))];
}

function blocks({ fields, tests, q, minDifference, minDeals }: WinSegmentsResult, translator: Translator): Block[] {
  const rule = translator.text(RULE, {
    tests,
    q: translator.percent(q, 0),
    points: minDifference * 100,
    deals: minDeals,
  });
  return [
    heading(2, translator.text(TITLE)),
    ...fields.flatMap((field) => fieldBlocks(field, translator)),
    paragraph(rule),
  ];
}

export default defineMetric<WinSegmentsResult>({
  metric: 'winSegments',
  title: TITLE,
  definition: {
    en: 'Won of closed deals for each value of a field, held against all other deals that have a value: with twenty reps one looks bad by luck, and only what luck and the mix of deals do not explain is flagged.',
    zh: '每个取值的已关闭商机中赢单的比例，与其余有取值的商机相比。二十个销售里总有一个只是运气差；只提示运气和商机结构都解释不了的差距。',
  },
  formula: {
    en: 'won ÷ (won + lost) of the segment − the same of the rest',
    zh: '该组赢单 ÷（赢单 + 输单）− 其余的同一比例',
  },
  place: 'breakdown',
  needsStages: true,
  missing: (context) => {
    if (breakdownsOf(context).length === 0) {
      return { en: 'no column to break down by', zh: '没有可供分组的列' };
    }
    return missingOutcomes(currentState(context.dataset).outcome);
  },
  compute,
  blocks,
});
