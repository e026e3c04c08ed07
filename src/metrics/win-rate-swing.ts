import type { Dataset } from '../dataset/dataset.ts';
import { partsOf } from '../dataset/values/calendar.ts';
import type { Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph } from '../report/document.ts';
import { controlChart, smallestAlarmingBase } from '../stats/control-chart.ts';
import { dispersionOf } from '../stats/dispersion.ts';
import { closedByPeriod } from './closed-groups.ts';
import { type Rate, rateOf, shareOf } from './rate.ts';

/** Deals closed in one period, against what chance lets their win rate be. */
export interface SwingPeriod extends Rate {
  /** `2026-Q2` or `2026-05`. */
  readonly period: string;
  /** Limits of the chart, 0–1. */
  readonly lowerLimit: number;
  readonly upperLimit: number;
  /** Outside the limits: not explained by chance. */
  readonly isOdd: boolean;
}

/** How the win rate moves from period to period: closed deals by close date, complete periods only. */
export interface WinRateSwing {
  readonly length: 'quarter' | 'month';
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

function periodName(startDay: number, length: WinRateSwing['length']): string {
  const { year, month } = partsOf(startDay);
  return length === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : `${year}-${String(month).padStart(2, '0')}`;
}

/** By quarters where there are enough of them, else by months; null where there are not enough of those either. */
export function winRateSwing(dataset: Dataset): WinRateSwing | null {
  const everything = new Uint8Array(dataset.rowCount).fill(1);
  for (const length of ['quarter', 'month'] as const) {
    const groups = closedByPeriod(dataset, everything, length, null);
    if (groups.length < FEWEST_PERIODS) continue;
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
  return null;
}

const TITLE: Readonly<Record<WinRateSwing['length'], Text>> = {
  quarter: { en: 'Win rate by quarter', zh: '各季度赢单率' },
  month: { en: 'Win rate by month', zh: '各月赢单率' },
};
const SUMMARY: Text = {
  en: 'Real swing {swing} points: what is left of the ups and downs when chance is taken away. A period without any win means something only from {base} closed deals on.',
  zh: '真实波动 {swing} 个百分点（扣除偶然因素之后）。某个周期一单未赢，至少要有 {base} 个已关闭商机才说明问题。',
};
const COLUMNS = {
  period: { en: 'Closed in', zh: '关闭于' },
  rate: { en: 'Won', zh: '赢单' },
  limits: { en: 'By chance alone', zh: '偶然波动范围' },
} as const satisfies Record<string, Text>;
const ODD: Text = { en: 'odd', zh: '异常' };
/** Periods shown: the last ones, and odd ones before them. */
const SHOWN = 12;

function rowOf(period: SwingPeriod, translator: Translator): Inline[] {
  const limits = `${translator.number(period.lowerLimit * 100, 0)}–${translator.percent(period.upperLimit, 0)}`;
  const mark = { text: ` ${translator.text(ODD)}`, tone: 'warn' } as const;
  return [period.period, shareOf(period, translator), period.isOdd ? [limits, mark] : limits];
}

/** The periods with their limits, for people; nothing where there are too few of them. */
export function swingBlocks(swing: WinRateSwing | null, translator: Translator): readonly Block[] {
  if (swing === null) return [];
  const shown = swing.periods.filter(({ isOdd }, index) => isOdd || index >= swing.periods.length - SHOWN);
  const { smallestAlarmingBase: base, excess } = swing;
  return [
    heading(3, translator.text(TITLE[swing.length])),
    {
      type: 'table',
      columns: [
        { title: translator.text(COLUMNS.period), align: 'left', priority: 0 },
        { title: translator.text(COLUMNS.rate), align: 'left', priority: 0 },
        { title: translator.text(COLUMNS.limits), align: 'left', priority: 0 },
      ],
      rows: shown.map((period) => rowOf(period, translator)),
    },
    paragraph(translator.text(SUMMARY, { swing: translator.number(excess * 100, 1), base })),
  ];
}
