import { say, type Text } from '../../i18n/text.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { dispersionWithInterval, spreadOf } from '../../stats/dispersion.ts';
import type { Figure } from '../../stats/figure.ts';
import { paceByValue } from '../conversion/pace-groups.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { literalArgument } from '../figures/order-figures.ts';
import { unknownFigure } from '../rate.ts';
import { closedByPeriod, closedByValue, judgedFromDay } from './closed-groups.ts';

/** Of fewer periods, or values of a field, nothing is said. */
const FEWEST_GROUPS = 4;

const PERIOD_NAMES: Readonly<Record<Period, Text>> = {
  week: say('complete weeks', '完整的周'),
  month: say('complete months', '完整的月份'),
  quarter: say('complete quarters', '完整的季度'),
  year: say('complete years', '完整的年份'),
};
const VALUES: Text = say('values', '取值');
const CLOSED: Text = say('closed deals', '已关闭商机');
const STAYS: Text = say('stage moves', '阶段推进');
const OTHER_WORD: Text = say(
  'write volatility(win_rate), or volatility(dwell) with across',
  '请写 volatility(win_rate)，或配合 across 写 volatility(dwell)',
);
const NO_JOURNEYS: Text = say('needs the change log (--history)', '需要阶段变更记录（--history）');

function tooFew(groups: number, least: number, what: Text, counted: Text): Text {
  return say(
    `${what.en} with at least ${least} ${counted.en}: ${groups}, needed: ${FEWEST_GROUPS}`,
    `至少有 ${least} 个${counted.zh}的${what.zh}：${groups} 个，需要 ${FEWEST_GROUPS} 个`,
  );
}

function winRateVolatility({ dataset, select, period, periods, across }: FigureContext, least: number): Figure {
  const length = period ?? 'quarter';
  const all =
    across === null ? closedByPeriod(dataset, select, length, periods) : closedByValue(dataset, select, across);
  const from = across === null ? judgedFromDay(dataset) : Number.NEGATIVE_INFINITY;
  const groups = all.filter(({ group, of }) => of >= least && group >= from);
  const closed = groups.reduce((sum, { of }) => sum + of, 0);
  const figure = unknownFigure('points', dataset.journeys === null ? 'snapshot' : 'history', closed);
  if (groups.length < FEWEST_GROUPS) {
    const what = across === null ? PERIOD_NAMES[length] : VALUES;
    return { ...figure, note: tooFew(groups.length, least, what, CLOSED) };
  }
  const dispersion = dispersionWithInterval(groups);
  // Periods in which everything was won, or everything lost, differ in nothing.
  if (dispersion === null) return { ...figure, value: 0 };
  return { ...figure, value: dispersion.excess, interval: dispersion.interval };
}

/** Coefficient of variation of a quantity whose logarithm has such a standard deviation: of a lognormal distribution. */
function relativeSpread(logSpread: number): number {
  return Math.min(Number.MAX_VALUE, Math.sqrt(Math.expm1(logSpread ** 2)));
}

function paceVolatility({ dataset, select }: FigureContext, across: string, least: number): Figure {
  if (dataset.journeys === null) return { ...unknownFigure('rate', 'snapshot'), note: NO_JOURNEYS };
  const groups = paceByValue(dataset, select, across, least);
  const stays = groups.reduce((sum, { ended }) => sum + ended, 0);
  const figure = unknownFigure('rate', 'history', stays);
  if (groups.length < FEWEST_GROUPS) return { ...figure, note: tooFew(groups.length, least, VALUES, STAYS) };
  const { excess, interval } = spreadOf(
    groups.map(({ logPace }) => logPace),
    groups.map(({ variance }) => variance),
  );
  return {
    ...figure,
    value: relativeSpread(excess),
    interval: [relativeSpread(interval[0]), relativeSpread(interval[1])],
  };
}

/**
 * How much a figure swings beyond chance. `volatility(win_rate)`: the standard deviation of the win rate, in points,
 * between periods (complete ones, by close date, from `judgedFromDay` on), or with `across` between the values of a field.
 * `volatility(dwell)` with `across`: by how many percent the values of a field differ in the time their deals take for
 * the same stages. A second argument leaves out what has fewer closed deals, or stays that ended. Unknown with fewer
 * than four periods or values.
 */
export const volatility: FigureFunction = ([figure, count], context) => {
  const least = Math.max(1, literalArgument(count) ?? 1);
  const word = figure?.type === 'word' ? figure.word : null;
  if (word === 'win_rate') return winRateVolatility(context, least);
  if (word === 'dwell' && context.across !== null) return paceVolatility(context, context.across, least);
  return { ...unknownFigure('number', 'snapshot'), note: OTHER_WORD };
};
