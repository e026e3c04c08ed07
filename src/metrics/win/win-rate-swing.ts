import type { Dataset } from '../../dataset/dataset.ts';
import { periodName } from '../../dataset/values/periods.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { controlChart, smallestAlarmingBase } from '../../stats/control-chart.ts';
import { dispersionOf } from '../../stats/dispersion.ts';
import type { ScorePart } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { wordColumn } from '../table-columns.ts';
import { closedByPeriod, judgedFromDay } from './closed-groups.ts';

/** Deals closed in one period, against what chance lets their win rate be. */
export interface SwingPeriod extends Rate {
  /** `2026-Q2`, `2026-05`, `2026`, or the Monday of a week. */
  readonly period: string;
  /** Limits of the chart, 0–1. */
  readonly lowerLimit: number;
  readonly upperLimit: number;
  /** Where chance alone would keep it, 0–1: the same limits, unless the periods swing more than that. */
  readonly chanceLimits: readonly [lower: number, upper: number];
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
  /** Probability of so large a χ² by chance, 0–1. */
  readonly probability: number;
  /** By how much the limits are wider than those of chance alone, 1 where they are not. */
  readonly sigmaZ: number;
  /** Complete periods left out: so soon after the first deal was created only quick deals could be closed. */
  readonly startUpPeriods: number;
  /** Closed deals a period needs before one without any win says something. */
  readonly smallestAlarmingBase: number;
}

/** Of dispersions beyond this probability it is not said that they are more than chance. */
const SIGNIFICANT = 0.05;
/** With fewer periods no single one can be called odd. */
const FEWEST_PERIODS = 8;

/** The periods of a length; null with fewer than eight complete ones, or where all were won or none. */
export function winRateSwing(dataset: Dataset, length: Period): WinRateSwing | null {
  const complete = closedByPeriod(dataset, null, length, null);
  const from = judgedFromDay(dataset);
  const groups = complete.filter(({ group }) => group >= from);
  if (groups.length < FEWEST_PERIODS) return null;
  const chart = controlChart(groups);
  const dispersion = dispersionOf(groups);
  if (chart === null || dispersion === null) return null;
  const periods = groups.map(({ group, count, of }, index): SwingPeriod => {
    const { lower, upper, isOdd, chance } = chart.limits[index]!;
    const limits = { lowerLimit: lower, upperLimit: upper, chanceLimits: chance, isOdd };
    return { period: periodName(group, length), ...rateOf(count, of), ...limits };
  });
  return {
    length,
    periods,
    excess: dispersion.excess,
    phi: dispersion.phi,
    probability: dispersion.probability,
    sigmaZ: Math.max(1, chart.sigmaZ),
    startUpPeriods: complete.length - groups.length,
    smallestAlarmingBase: smallestAlarmingBase(chart.pooled),
  };
}

/** How steady the win rate is from month to month, whatever periods are shown. */
export interface Steadiness {
  /** Complete months that were judged. */
  readonly months: number;
  /** Those inside their limits. */
  readonly inControl: number;
  /** Standard deviation of the win rate of these that chance does not explain, 0–1; 0 where it may be chance. */
  readonly excess: number;
  /** What the score rests on: the share in control, less twice the excess. */
  readonly value: number;
}

/**
 * A wildly unsteady rate has wide limits of its own, so that no month is outside of them: it is scored by what it swings
 * beyond chance, months outside the limits apart, which are scored by themselves. Null with fewer than eight months.
 */
export function steadinessOf(swing: WinRateSwing | null): Steadiness | null {
  if (swing === null) return null;
  const inside = swing.periods.filter(({ isOdd }) => !isOdd);
  const dispersion = dispersionOf(inside);
  const excess = dispersion !== null && dispersion.probability < SIGNIFICANT ? dispersion.excess : 0;
  const share = inside.length / swing.periods.length;
  return { months: swing.periods.length, inControl: inside.length, excess, value: share * (1 - 2 * excess) };
}

/**
 * Share of the judged months inside their limits, less twice what the others swing beyond chance. Chance alone puts one
 * month in 370 outside, so all inside and no more swing than chance is full marks; one alarm in twelve costs 42 of 100
 * points and one in five leaves none, a swing of five points costs half and one of ten leaves none.
 */
export function swingScore(steadiness: Steadiness | null): ScorePart {
  return {
    part: 'winRateInControl',
    title: { en: 'Steady win rate', zh: '赢单率平稳' },
    value: steadiness?.value ?? null,
    floor: 0.8,
    target: 1,
    weight: 20,
  };
}

const EACH: Readonly<Record<Period, Text>> = {
  week: { en: 'weekly', zh: '每周' },
  month: { en: 'monthly', zh: '每月' },
  quarter: { en: 'quarterly', zh: '每季度' },
  year: { en: 'yearly', zh: '每年' },
};
const COMPLETE: Readonly<Record<Period, Text>> = {
  week: { en: '{n} complete weeks', zh: '{n} 个完整周' },
  month: { en: '{n} complete months', zh: '{n} 个完整月份' },
  quarter: { en: '{n} complete quarters', zh: '{n} 个完整季度' },
  year: { en: '{n} complete years', zh: '{n} 个完整年份' },
};
const SWINGS: Text = {
  en: 'Beyond chance, the {each} win rate varies by about {swing} points ({complete} by close date).',
  zh: '{complete}中（按关闭日期），{each}赢单率扣除偶然因素后的波动约为 {swing} 个百分点。',
};
const STEADY: Text = {
  en: 'The {each} win rate varies no more than chance would have it ({complete} by close date).',
  zh: '{complete}中（按关闭日期），{each}赢单率的波动未超出偶然。',
};
const NONE_ODD: Text = { en: 'None is unusual.', zh: '没有异常的周期。' };
const ODD_ONES: Text = { en: 'Unusual: {odd}.', zh: '异常：{odd}。' };
const ODD_ONE: Text = { en: '{period} {share}, usual range {limits}', zh: '{period} {share}，通常范围 {limits}' };
/** That the first periods are not judged. */
export const START_UP: Text = {
  en: 'Not judged: the first {count}, when only quick deals could be closed yet.',
  zh: '最初 {count} 个周期内只有推进快的单来得及关闭，不作判断。',
};
const SMALLEST: Text = {
  en: 'One without any win means something only from {base} closed deals on.',
  zh: '某个周期一单未赢，至少要有 {base} 个已关闭商机才说明问题。',
};
const COLUMNS = {
  period: { en: 'Closed in', zh: '关闭于' },
  rate: { en: 'Won', zh: '赢单' },
  chance: { en: 'By chance alone', zh: '偶然波动范围' },
  usual: { en: 'Usual swing of this list', zh: '此清单的通常波动' },
} as const satisfies Record<string, Text>;
const ODD: Text = { en: 'unusual', zh: '异常' };
/** Odd periods named in the summary. */
const NAMED = 3;

function rangeText([low, high]: readonly [number, number], translator: Translator): string {
  return `${translator.number(low * 100, 0)}–${translator.percent(high, 0)}`;
}

function usualRange({ lowerLimit, upperLimit }: SwingPeriod, translator: Translator): string {
  return rangeText([lowerLimit, upperLimit], translator);
}

function oddText({ periods }: WinRateSwing, translator: Translator): string {
  const odd = periods
    .filter(({ isOdd }) => isOdd)
    .slice(-NAMED)
    .map((period) => ({
      text: ODD_ONE,
      args: { period: period.period, share: shareOf(period, translator), limits: usualRange(period, translator) },
    }));
  return odd.length === 0 ? translator.text(NONE_ODD) : translator.text(ODD_ONES, { odd: { list: odd } });
}

/** What the periods say, in a few sentences for people; nothing where there are too few of them. */
export function swingBlocks(swing: WinRateSwing | null, translator: Translator): readonly Block[] {
  if (swing === null) return [];
  const { length, periods, excess, probability, startUpPeriods } = swing;
  const isBeyondChance = probability < SIGNIFICANT;
  const words = [
    translator.text(isBeyondChance ? SWINGS : STEADY, {
      each: { text: EACH[length] },
      complete: { text: COMPLETE[length], args: { n: periods.length } },
      ...(isBeyondChance ? { swing: translator.number(excess * 100, 1) } : {}),
    }),
    oddText(swing, translator),
    translator.text(SMALLEST, { base: swing.smallestAlarmingBase }),
  ];
  if (startUpPeriods > 0) words.push(translator.text(START_UP, { count: startUpPeriods }));
  return [paragraph(words.join(translator.lang === 'zh' ? '' : ' '))];
}

/** The periods with their limits, the latest last. */
export function swingTable(periods: readonly SwingPeriod[], sigmaZ: number, translator: Translator): TableBlock {
  const isWider = sigmaZ > 1;
  const rowOf = (period: SwingPeriod): Inline[] => {
    const chance = rangeText(period.chanceLimits, translator);
    const own: Inline[] = isWider ? [chance, usualRange(period, translator)] : [chance];
    const mark = { text: ` ${translator.text(ODD)}`, tone: 'warn' } as const;
    const last = own.pop() ?? '';
    return [period.period, shareOf(period, translator), ...own, period.isOdd ? [last, mark].flat() : last];
  };
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.period, 0, translator),
      wordColumn(COLUMNS.rate, 0, translator),
      wordColumn(COLUMNS.chance, 0, translator),
      ...(isWider ? [wordColumn(COLUMNS.usual, 0, translator)] : []),
    ],
    rows: periods.map(rowOf),
  };
}
