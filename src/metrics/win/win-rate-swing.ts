import type { Dataset } from '../../dataset/dataset.ts';
import { isoOf, partsOf } from '../../dataset/values/calendar.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { controlChart, smallestAlarmingBase } from '../../stats/control-chart.ts';
import { dispersionOf } from '../../stats/dispersion.ts';
import type { ScorePart } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { closedByPeriod } from './closed-groups.ts';

/** Deals closed in one period, against what chance lets their win rate be. */
export interface SwingPeriod extends Rate {
  /** `2026-Q2`, `2026-05`, `2026`, or the Monday of a week. */
  readonly period: string;
  /** Limits of the chart, 0–1. */
  readonly lowerLimit: number;
  readonly upperLimit: number;
  /** Outside the limits: not explained by chance. */
  readonly isOdd: boolean;
}

/** How the win rate moves from period to period: closed deals by close date, complete periods only. */
export interface WinRateSwing {
  readonly length: Period;
  readonly periods: readonly SwingPeriod[];
  /** Standard deviation of the win rate, 0–1, that chance does not explain. */
  readonly excess: number;
  /** χ² divided by its degrees of freedom: about 1 where chance alone is at work. */
  readonly phi: number;
  /** Closed deals a period needs before one without any win says something. */
  readonly smallestAlarmingBase: number;
}

/** With fewer periods no single one can be called odd. */
const FEWEST_PERIODS = 8;

/** `2026-Q2`, `2026-05`, `2026`, or of a week its first day. */
export function periodName(startDay: number, length: Period): string {
  if (length === 'week') return isoOf(startDay);
  const { year, month } = partsOf(startDay);
  if (length === 'year') return String(year);
  return length === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : `${year}-${String(month).padStart(2, '0')}`;
}

/** The periods of a length; null with fewer than eight complete ones, or where all were won or none. */
export function winRateSwing(dataset: Dataset, length: Period): WinRateSwing | null {
  const everything = new Uint8Array(dataset.rowCount).fill(1);
  const groups = closedByPeriod(dataset, everything, length, null);
  if (groups.length < FEWEST_PERIODS) return null;
  const chart = controlChart(groups);
  const dispersion = dispersionOf(groups);
  if (chart === null || dispersion === null) return null;
  const periods = groups.map(({ group, count, of }, index): SwingPeriod => {
    const { lower, upper, isOdd } = chart.limits[index]!;
    return { period: periodName(group, length), ...rateOf(count, of), lowerLimit: lower, upperLimit: upper, isOdd };
  });
  return {
    length,
    periods,
    excess: dispersion.excess,
    phi: dispersion.phi,
    smallestAlarmingBase: smallestAlarmingBase(chart.pooled),
  };
}

/**
 * Share of the judged periods inside their limits. Chance alone puts one period in 370 outside, so all inside is full
 * marks; one alarm in twelve costs 42 of 100 points, and one in five leaves none.
 */
export function swingScore(swing: WinRateSwing | null): ScorePart {
  const inside = swing?.periods.filter(({ isOdd }) => !isOdd).length ?? 0;
  return {
    part: 'winRateInControl',
    title: { en: 'Steady win rate', zh: '赢单率平稳' },
    value: swing === null ? null : inside / swing.periods.length,
    floor: 0.8,
    target: 1,
    weight: 20,
  };
}

const EACH: Readonly<Record<Period, Text>> = {
  week: { en: 'week', zh: '周' },
  month: { en: 'month', zh: '月份' },
  quarter: { en: 'quarter', zh: '季度' },
  year: { en: 'year', zh: '年份' },
};
const SUMMARY: Text = {
  en: 'From {period} to {period} ({n} complete ones by close date) the win rate really swings by {swing} points; that is what is left when chance is taken away. {odd}',
  zh: '按关闭日期看 {n} 个完整的{period}：扣除偶然因素后，赢单率的真实波动为 {swing} 个百分点。{odd}',
};
const NONE_ODD: Text = { en: 'None is odd.', zh: '没有异常的周期。' };
const ODD_ONES: Text = { en: 'Odd: {odd}.', zh: '异常：{odd}。' };
const ODD_ONE: Text = { en: '{period} {share}, by chance {limits}', zh: '{period} {share}，偶然范围 {limits}' };
const SMALLEST: Text = {
  en: 'One without any win means something only from {base} closed deals on.',
  zh: '某个周期一单未赢，至少要有 {base} 个已关闭商机才说明问题。',
};
const COLUMNS = {
  period: { en: 'Closed in', zh: '关闭于' },
  rate: { en: 'Won', zh: '赢单' },
  limits: { en: 'By chance alone', zh: '偶然波动范围' },
} as const satisfies Record<string, Text>;
const ODD: Text = { en: 'odd', zh: '异常' };
/** Odd periods named in the summary. */
const NAMED = 3;

function limitsText({ lowerLimit, upperLimit }: SwingPeriod, translator: Translator): string {
  return `${translator.number(lowerLimit * 100, 0)}–${translator.percent(upperLimit, 0)}`;
}

/** What the periods say, in a few sentences for people; nothing where there are too few of them. */
export function swingBlocks(swing: WinRateSwing | null, translator: Translator): readonly Block[] {
  if (swing === null) return [];
  const odd = swing.periods
    .filter(({ isOdd }) => isOdd)
    .slice(-NAMED)
    .map((period) => ({
      text: ODD_ONE,
      args: { period: period.period, share: shareOf(period, translator), limits: limitsText(period, translator) },
    }));
  const words = translator.text(SUMMARY, {
    period: { text: EACH[swing.length] },
    n: swing.periods.length,
    swing: translator.number(swing.excess * 100, 1),
    odd: odd.length === 0 ? { text: NONE_ODD } : { text: ODD_ONES, args: { odd: { list: odd } } },
  });
  const smallest = translator.text(SMALLEST, { base: swing.smallestAlarmingBase });
  return [paragraph(translator.lang === 'zh' ? words + smallest : `${words} ${smallest}`)];
}

/** The periods with their limits, the latest last. */
export function swingTable(periods: readonly SwingPeriod[], translator: Translator): TableBlock {
  const rowOf = (period: SwingPeriod): Inline[] => {
    const limits = limitsText(period, translator);
    const mark = { text: ` ${translator.text(ODD)}`, tone: 'warn' } as const;
    return [period.period, shareOf(period, translator), period.isOdd ? [limits, mark] : limits];
  };
  return {
    type: 'table',
    columns: [
      { title: translator.text(COLUMNS.period), align: 'left', priority: 0 },
      { title: translator.text(COLUMNS.rate), align: 'left', priority: 0 },
      { title: translator.text(COLUMNS.limits), align: 'left', priority: 0 },
    ],
    rows: periods.map(rowOf),
  };
}
