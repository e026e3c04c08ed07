import { numberAt } from '../dataset/cells.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import { mean } from '../stats/mean.ts';
import type { FigureContext, FigureFunction } from './define.ts';
import { closedDays, dealAmounts, SEVERAL_CURRENCIES, wonBetween } from './pipeline-amounts.ts';
import { unknownFigure } from './rate.ts';
import { countOutcomes } from './win-rate-counts.ts';

/** Days over which what was won is averaged, where the rule gives no window. */
const USUAL_WINDOW_DAYS = 90;

/** Mean days from creation to close of the won deals selected; null without any. */
function wonCycleDays({ dataset, select }: FigureContext, outcome: Uint8Array): number | null {
  const created = dataset.columns.get('created');
  const closed = closedDays(dataset);
  const cycles: number[] = [];
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] !== 1 || outcome[row] !== OUTCOME.won) continue;
    const days = closed[row]! - numberAt(created, row);
    if (days >= 0) cycles.push(days);
  }
  return mean(cycles);
}

/** Mean of the known amounts of deals with an outcome; null without any. */
function meanAmount(amounts: Float64Array, outcome: Uint8Array): number | null {
  return mean(amounts.filter((amount, row) => outcome[row] === OUTCOME.won && !Number.isNaN(amount)));
}

/**
 * Currency a day that the open deals promise: open deals × win rate × mean won amount ÷ mean cycle of the won deals.
 * The market formula, which takes the cycle of the won deals alone.
 */
const velocity: FigureFunction = (_args, context) => {
  const { dataset, select } = context;
  const { outcome } = currentState(dataset);
  const { open, won, lost } = countOutcomes(outcome, select);
  const { amounts, currency, isMixed } = dealAmounts(dataset, select);
  const figure = unknownFigure('money', dataset.journeys === null ? 'snapshot' : 'history', open + won + lost);
  if (isMixed) return { ...figure, note: SEVERAL_CURRENCIES };
  const amount = meanAmount(amounts, outcome);
  const cycleDays = wonCycleDays(context, outcome);
  if (amount === null || cycleDays === null || cycleDays === 0) return figure;
  return { ...figure, value: (((open * won) / (won + lost)) * amount) / cycleDays, currency };
};

/** Won amount a day over the window that ends on the as-of day; the base is the deals won in it. */
const outputPerDay: FigureFunction = (_args, { dataset, select, windowDays }) => {
  const { outcome } = currentState(dataset);
  const days = closedDays(dataset);
  const window = windowDays ?? USUAL_WINDOW_DAYS;
  const recent = { fromDay: dataset.asOfDay - window + 1, untilDay: dataset.asOfDay };
  // What was closed long ago, or lost, is not in the sum, and its currency is no matter.
  const won = select.map((value, row) => {
    const isRecent = days[row]! >= recent.fromDay && days[row]! <= recent.untilDay;
    return value === 1 && outcome[row] === OUTCOME.won && isRecent ? 1 : 0;
  });
  const { amounts, currency, isMixed } = dealAmounts(dataset, won);
  const { total, deals } = wonBetween(amounts, outcome, days, recent);
  const figure = unknownFigure('money', 'snapshot', deals);
  if (isMixed) return { ...figure, note: SEVERAL_CURRENCIES };
  return deals === 0 ? figure : { ...figure, value: total / window, currency };
};

/** Won amount of the selected deals up to the as-of day, in the window where the rule gives one. */
const wonAmount: FigureFunction = (_args, { dataset, select, windowDays }) => {
  const { amounts, currency, isMixed } = dealAmounts(dataset, select);
  const fromDay = windowDays === null ? Number.NEGATIVE_INFINITY : dataset.asOfDay - windowDays + 1;
  const range = { fromDay, untilDay: dataset.asOfDay };
  const { total, deals } = wonBetween(amounts, currentState(dataset).outcome, closedDays(dataset), range);
  const figure = unknownFigure('money', 'snapshot', deals);
  if (isMixed) return { ...figure, note: SEVERAL_CURRENCIES };
  return deals === 0 ? figure : { ...figure, value: total, currency };
};

/** Currencies that the amounts name. */
const currencies: FigureFunction = (_args, { dataset, select }) => {
  const { amounts, known } = dealAmounts(dataset, select);
  const named = new Set<string>();
  for (let row = 0; row < amounts.length; row += 1) {
    const name = Number.isNaN(amounts[row]!) ? undefined : dataset.currencies[dataset.currency[row]!];
    if (name !== undefined && name !== NO_CURRENCY) named.add(name);
  }
  return { ...unknownFigure('count', 'snapshot', known), value: named.size };
};

/** Figures of how much is sold, and how fast. */
export const VELOCITY_FIGURES: Readonly<Record<string, FigureFunction>> = {
  velocity,
  output_per_day: outputPerDay,
  won_amount: wonAmount,
  currencies,
};
