import { OUTCOME } from '../../dataset/journeys/visits.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline } from '../../report/document.ts';
import { quantile } from '../../stats/quantile.ts';
import { defineMetric, type FigureFunction, type MetricContext } from '../define.ts';
import { unknownFigure } from '../rate.ts';
import {
  areCyclesNegative,
  type CycleTimes,
  closedFieldOf,
  cycleDays,
  hasCycles,
  type MaturedCycle,
  maturedCycle,
  timesOf,
} from './cycle-days.ts';

export interface CycleResult {
  /** Field that says when a deal was closed: `closed`, or the planned `close` where there is none. */
  readonly closedField: 'closed' | 'close';
  /** All won deals so far, among which the fast ones of late stand out. */
  readonly won: CycleTimes;
  readonly lost: CycleTimes;
  /** Won deals created so long ago that most deals of that time are decided; null for fewer than five. */
  readonly matured:
    | (Omit<MaturedCycle, 'createdUntilDay'> & {
        /** ISO day. */
        readonly createdUntil: string;
      })
    | null;
}

function daysOf({ dataset }: MetricContext) {
  const won = cycleDays(dataset, OUTCOME.won, null);
  const lost = cycleDays(dataset, OUTCOME.lost, null);
  return won === null || lost === null ? null : { won, lost };
}

function missing({ dataset }: MetricContext): Text | null {
  if (dataset.columns.get('created')?.type !== 'date') return say('no column for the creation date', '没有创建日期列');
  if (!hasCycles(dataset)) return say('no column for the closing date', '没有关闭日期列');
  return areCyclesNegative(dataset)
    ? say('every closed deal was closed before it was created', '已关闭的单的关闭日都早于创建日')
    : null;
}

function compute(context: MetricContext): CycleResult | null {
  const { dataset } = context;
  const cycles = daysOf(context);
  if (cycles === null) return null;
  const matured = maturedCycle(cycles.won, dataset.asOfDay);
  if (matured === null) {
    return { closedField: closedFieldOf(dataset), won: timesOf(cycles.won), lost: timesOf(cycles.lost), matured };
  }
  const { createdUntilDay, ...times } = matured;
  return {
    closedField: closedFieldOf(dataset),
    won: timesOf(cycles.won),
    lost: timesOf(cycles.lost),
    matured: { createdUntil: isoOf(createdUntilDay), ...times },
  };
}

const cycleFigure: FigureFunction = (_args, { dataset, select, quantile: level }) => {
  const won = cycleDays(dataset, OUTCOME.won, select);
  if (won === null) return unknownFigure('days', 'snapshot');
  return { ...unknownFigure('days', 'snapshot', won.days.length), value: quantile(won.days, level ?? 0.5) };
};

const TITLE: Text = { en: 'Sales cycle', zh: '成交周期' };
const MATURED: Text = {
  en: 'Won: median {median}, of deals created by {until}, long enough ago for most to be decided ({deals} won)',
  zh: '赢单：中位数 {median}（{until} 前创建、大多已有结果的单，赢单 {deals} 单）',
};
const WON_SO_FAR: Text = {
  en: 'All won so far, the fast ones of late included: median {median}, mean {mean}, 90% within {p90} ({deals} deals)',
  zh: '截至目前全部赢单（含近期较快的单）：中位数 {median}，平均 {mean}，90% 在 {p90}以内（{deals} 单）',
};
const WON_YOUNG: Text = {
  en: 'Won so far: median {median}, mean {mean}, 90% within {p90} ({deals} deals; too few old ones, so this may look fast)',
  zh: '截至目前赢单：中位数 {median}，平均 {mean}，90% 在 {p90}以内（{deals} 单；较早的单太少，可能偏快）',
};
const LOST: Text = {
  en: 'Lost: median {median}, mean {mean}, 90% within {p90} ({deals} deals)',
  zh: '输单：中位数 {median}，平均 {mean}，90% 在 {p90}以内（{deals} 单）',
};
const NO_WON: Text = { en: 'No won deals', zh: '没有赢单' };
const NO_LOST: Text = { en: 'No lost deals', zh: '没有输单' };
const NO_DATED_WON: Text = { en: 'Won: none with both dates', zh: '赢单：没有两个日期齐全的单' };
const NO_DATED_LOST: Text = { en: 'Lost: none with both dates', zh: '输单：没有两个日期齐全的单' };
const SET_ASIDE: Text = { en: 'Left out: {parts}', zh: '未计入：{parts}' };
const WITHOUT_DATE: Text = { en: '{count} without a date', zh: '缺日期 {count} 单' };
const NEGATIVE: Text = { en: '{count} closed before they were created', zh: '关闭早于创建 {count} 单' };

function timesText(text: Text, none: Text, noneDated: Text, times: CycleTimes, translator: Translator): string {
  if (times.deals === 0) return translator.text(times.uncomputable + times.negative > 0 ? noneDated : none);
  return translator.text(text, {
    median: translator.days(times.medianDays),
    mean: translator.days(times.meanDays),
    p90: translator.days(times.p90Days),
    deals: times.deals,
  });
}

function maturedItems(matured: CycleResult['matured'], translator: Translator): Inline[] {
  if (matured === null) return [];
  const { medianDays, createdUntil, deals } = matured;
  const median = translator.days(medianDays);
  return [translator.text(MATURED, { median, until: { date: createdUntil }, deals })];
}

function blocks(result: CycleResult, translator: Translator): Block[] {
  const { won, lost } = result;
  const uncomputable = won.uncomputable + lost.uncomputable;
  const negative = won.negative + lost.negative;
  // Reports of earlier versions know no matured months.
  const matured = result.matured ?? null;
  const items: Inline[] = [
    ...maturedItems(matured, translator),
    timesText(matured === null ? WON_YOUNG : WON_SO_FAR, NO_WON, NO_DATED_WON, won, translator),
    timesText(LOST, NO_LOST, NO_DATED_LOST, lost, translator),
  ];
  const parts = [
    ...(uncomputable > 0 ? [translator.text(WITHOUT_DATE, { count: uncomputable })] : []),
    ...(negative > 0 ? [translator.text(NEGATIVE, { count: negative })] : []),
  ];
  if (parts.length > 0) items.push([{ text: translator.text(SET_ASIDE, { parts: { list: parts } }), tone: 'muted' }]);
  return [heading(2, translator.text(TITLE)), { type: 'list', items }];
}

export default defineMetric<CycleResult>({
  metric: 'cycle',
  title: TITLE,
  definition: {
    en: 'Calendar days from creation to close, for won and for lost deals. The median is that of the months created so long ago that most of their deals are decided: of later ones only the fast deals have closed.',
    zh: '从创建到关闭的自然日天数，赢单与输单分开。中位数取创建较早、大多已有结果的月份：更近的月份只有快的单先关闭。',
  },
  formula: { en: 'closing day − day created', zh: '关闭日 − 创建日' },
  place: 'main',
  needsStages: true,
  missing,
  compute,
  blocks,
  figures: { cycle: cycleFigure },
});
