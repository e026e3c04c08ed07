import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { breakdownsOf, hasBreakdown } from '../breakdown.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { baseNote, baseTitle, type WinBase } from './win-base.ts';
import { missingOutcomes } from './win-rate-counts.ts';
import { type WinSegment, type WinSegmentField, winSegments } from './win-segments-counts.ts';
import { SEGMENT_LIMITS } from './win-segments-tests.ts';

export interface WinSegmentsResult {
  /** What the rates are of: the deals created at least the window ago, or for want of these dates closed deals. */
  readonly basis: WinBase['basis'];
  readonly windowDays: number | null;
  readonly fields: readonly WinSegmentField[];
  /** Comparisons made, of all fields. */
  readonly tests: number;
  /** Share of the segments flagged that may be chance. */
  readonly q: number;
  /** Smaller differences are not flagged, 0–1. */
  readonly minDifference: number;
  /** Deals of the base that a flagged segment needs. */
  readonly minDeals: number;
}

function compute(context: MetricContext): WinSegmentsResult {
  return { ...winSegments(context.dataset, breakdownsOf(context), context.details), ...SEGMENT_LIMITS };
}

const TITLE: Text = { en: 'Win rate by segment', zh: '分组赢单率' };
const COLUMNS = {
  closed: { en: 'Won of closed', zh: '赢单/已关闭' },
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
const RECENT: Text = { en: 'too recent', zh: '时间未到' };
const UNEQUAL: Text = { en: 'not judged: another share is open', zh: '不作判断：在途占比不同' };
const OVERALL: Text = {
  en: 'If all values of {field} won alike, so large a spread would occur with probability {p}.',
  zh: '{field}各取值整体：若赢单率其实相同，出现这样差异的概率{p}。',
};
const TINY: Text = { en: '< 0.001', zh: '低于 0.001' };
const AS_LARGE: Text = { en: '{p}', zh: '为 {p}' };
const OMITTED: Text = { en: '{count} smaller ones are not shown.', zh: '另有 {count} 个较小的取值未列出。' };
const RULE: Text = {
  en: 'Comparisons made: {tests}. One stands out only if, all of them counted, fewer than {q} of such calls would be chance, by {points} points or more, with {deals} deals or more; it is then checked among deals of like size, first stage and the other field that says most.',
  zh: '共比较 {tests} 次。计入全部比较后误报比例低于 {q}、相差不少于 {points} 个百分点、不少于 {deals} 单的才提示，并在金额、起始阶段及影响最大的另一字段相同的商机之间复核。',
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

function verdictText(segment: WinSegment, translator: Translator): Inline {
  const { flag, adjusted, hasUnequalTime, rate, won, lost, open } = segment;
  if (hasUnequalTime) return [{ text: translator.text(UNEQUAL), tone: 'muted' }];
  if (rate.of === 0 && won + lost + open > 0) return [{ text: translator.text(RECENT), tone: 'muted' }];
  if (flag === null) return '';
  const by = adjusted?.by === 'firstStage' ? translator.text(FIRST_STAGE) : translator.field(adjusted?.by ?? '');
  const text = translator.text(FLAGS[flag], { points: points(adjusted?.difference ?? 0, translator), by });
  return [{ text, tone: flag === 'below' ? 'warn' : flag === 'above' ? 'good' : 'muted' }];
}

function fieldTable(
  { field, segments }: WinSegmentField,
  base: Pick<WinSegmentsResult, 'basis' | 'windowDays'>,
  translator: Translator,
): TableBlock {
  const name = translator.field(field);
  const isMatured = base.basis === 'matured';
  const columns = [
    wordColumn({ en: name, zh: name }, 0, translator),
    figureColumn(baseTitle(base, translator), 0, translator),
    figureColumn(COLUMNS.difference, 1, translator),
    wordColumn(COLUMNS.verdict, 0, translator),
    ...(isMatured ? [figureColumn(COLUMNS.closed, 2, translator)] : []),
    figureColumn(COLUMNS.open, 3, translator),
    figureColumn(COLUMNS.amount, 2, translator),
    figureColumn(COLUMNS.days, 3, translator),
  ];
  return {
    type: 'table',
    columns,
    rows: segments
      .slice(0, SHOWN)
      .map((segment) => [
        translator.value(segment.value),
        shareOf(segment.rate, translator),
        differenceText(segment, translator),
        verdictText(segment, translator),
        ...(isMatured ? [shareOf(segment.closed, translator)] : []),
        translator.number(segment.open),
        amountsText(segment.wonAmount, translator),
        segment.medianWonDays === null ? '' : translator.number(segment.medianWonDays),
      ]),
  };
}

function fieldBlocks(
  field: WinSegmentField,
  base: Pick<WinSegmentsResult, 'basis' | 'windowDays'>,
  translator: Translator,
): Block[] {
  if (field.segments.length === 0) return [];
  const hidden = field.omitted + Math.max(0, field.segments.length - SHOWN);
  const words: string[] = [];
  if (field.overall !== null) {
    const { probability } = field.overall;
    const p = { text: probability < 0.001 ? TINY : AS_LARGE, args: { p: translator.number(probability, 3) } };
    words.push(translator.text(OVERALL, { field: { field: field.field }, p }));
  }
  if (hidden > 0) words.push(translator.text(OMITTED, { count: hidden }));
  const table = fieldTable(field, base, translator);
  return words.length === 0 ? [table] : [table, paragraph(words.join(translator.lang === 'zh' ? '' : ' '))];
}

function blocks(result: WinSegmentsResult, translator: Translator): Block[] {
  const { fields, tests, q, minDifference, minDeals } = result;
  const rule = translator.text(RULE, {
    tests,
    q: translator.percent(q, 0),
    points: minDifference * 100,
    deals: minDeals,
  });
  const note = baseNote(result, translator);
  return [
    heading(2, translator.text(TITLE)),
    ...fields.flatMap((field) => fieldBlocks(field, result, translator)),
    paragraph(translator.lang === 'zh' ? note + rule : `${note} ${rule}`),
  ];
}

export default defineMetric<WinSegmentsResult>({
  metric: 'winSegments',
  title: TITLE,
  definition: {
    en: 'For each value of a field, of the deals created long enough ago those won within the window, held against all other deals that have a value; closed deals (won + lost) beside it. With twenty reps one looks bad by luck, and only what luck and the mix of deals do not explain is flagged.',
    zh: '每个取值中创建已满观察期的商机在期内赢单的比例，与其余有取值的商机相比，并列出已关闭商机的赢单率。二十个销售里总有一个只是运气差；只提示运气和商机结构都解释不了的差距。',
  },
  formula: {
    en: 'won within the window ÷ created at least that long ago, of the segment − the same of the rest; without dates of creation: won ÷ (won + lost)',
    zh: '该组（期内赢单 ÷ 创建已满观察期的单）− 其余的同一比例；没有创建日期时：赢单 ÷（赢单 + 输单）',
  },
  place: 'breakdown',
  needsStages: true,
  missing: (context) => {
    if (!hasBreakdown(context)) {
      return { en: 'no column to break down by', zh: '没有可供分组的列' };
    }
    return missingOutcomes(currentState(context.dataset).outcome);
  },
  compute,
  blocks,
});
