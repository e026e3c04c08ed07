import type { Dataset } from '../dataset/dataset.ts';
import { currentState } from '../dataset/journeys/visits.ts';
import { type HeldTarget, isInOtherCurrency, targetFor } from '../dataset/targets.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import type { Text } from '../i18n/text.ts';
import type { FigureContext, FigureFunction } from './define.ts';
import { expectationOf, modelOf } from './forecast-figures.ts';
import { type ForecastModel, forecastChances } from './forecast-models.ts';
import { closedDays, dealAmounts, dueAmounts, SEVERAL_CURRENCIES, wonBetween } from './pipeline-amounts.ts';
import { rateOf, unknownFigure } from './rate.ts';
import { countOutcomes } from './win-rate-counts.ts';

/** The figure that targets of what is to be sold name. */
const SOLD = 'won_amount';
/** Days before the end of a target's time from which on it is asked whether it will be met. */
const ATTAINMENT_DAYS = 21;
/** Which chance an amount is weighted with, the first that is known of the deal. */
const WEIGHTING: readonly ForecastModel[] = ['manual', 'stage', 'historical'];

const NO_TARGET: Text = {
  en: 'no target for won_amount holds on the as-of day',
  zh: '截止日没有生效的 won_amount 目标',
};
const OTHER_CURRENCY: Text = {
  en: 'the target is in another currency than the deals',
  zh: '目标与商机的币种不同',
};
const NO_CHANCE: Text = {
  en: 'the file does not say how likely some of the deals due are',
  zh: '无法得知部分临期商机的赢率',
};
const TOO_EARLY: Text = {
  en: 'the target has more than 21 days to go',
  zh: '距目标截止日还有 21 天以上',
};

/** What a target still wants, and what is there for it. */
interface TargetState {
  readonly target: HeldTarget;
  readonly won: number;
  readonly remaining: number;
  /** Amounts of the open deals due from today to the end of the target, NaN for the others. */
  readonly dueAmounts: Float64Array;
  readonly dueDeals: number;
  readonly dueTotal: number;
  readonly currency: string | null;
}

/** How the target of what is to be sold stands for the selected deals; else why it has none. */
function stateOf({ dataset, select }: FigureContext): TargetState | Text {
  const target = targetFor(dataset, SOLD, select);
  if (target === null || target.unit !== 'number' || !(target.value > 0)) return NO_TARGET;
  const { amounts, currency, isMixed } = dealAmounts(dataset, select);
  if (isMixed) return SEVERAL_CURRENCIES;
  if (isInOtherCurrency(target, currency)) return OTHER_CURRENCY;
  const { outcome } = currentState(dataset);
  const range = { fromDay: target.fromDay, untilDay: Math.min(target.untilDay, dataset.asOfDay) };
  const won = wonBetween(amounts, outcome, closedDays(dataset), range).total;
  const due = dueAmounts(dataset, amounts, target.untilDay);
  const sum = emptyMoneySum();
  let dueDeals = 0;
  for (const amount of due) {
    if (Number.isNaN(amount)) continue;
    addMoney(sum, amount);
    dueDeals += 1;
  }
  const dueTotal = moneyTotal(sum);
  return { target, won, remaining: target.value - won, dueAmounts: due, dueDeals, dueTotal, currency };
}

function dealCount({ dataset, select }: FigureContext): number {
  const { open, won, lost } = countOutcomes(currentState(dataset).outcome, select);
  return open + won + lost;
}

/** Open amount due up to the end of the target ÷ what the target still wants; unknown once it is met. */
const coverage: FigureFunction = (_args, context) => {
  const state = stateOf(context);
  const figure = unknownFigure('number', 'snapshot', dealCount(context));
  if (!('target' in state)) return { ...figure, note: state };
  return state.remaining > 0 ? { ...figure, value: state.dueTotal / state.remaining } : figure;
};

/**
 * Coverage × win rate: the share of what a target still wants that the open deals bring at the win rate of the closed
 * ones. Below 1 the coverage is less than the 1 ÷ win rate that is needed; 1 once the target is met.
 */
const expectedCoverage: FigureFunction = (_args, context) => {
  const state = stateOf(context);
  const figure = unknownFigure('rate', 'snapshot', dealCount(context));
  if (!('target' in state)) return { ...figure, note: state };
  if (state.remaining <= 0) return { ...figure, value: 1 };
  const { won, lost } = countOutcomes(currentState(context.dataset).outcome, context.select);
  const rate = rateOf(won, won + lost);
  const covered = state.dueTotal / state.remaining;
  if (rate.value === null) return figure;
  const interval = rate.interval && ([rate.interval[0] * covered, rate.interval[1] * covered] as const);
  return { ...figure, value: rate.value * covered, interval };
};

/** Chance of each deal: its own, else that of its stage, else that of the past; NaN where none of them knows it. */
function likeliest(dataset: Dataset, horizonDays: number): Float64Array {
  const chances = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (const model of WEIGHTING) {
    const ofModel = forecastChances(model, dataset, horizonDays);
    if (ofModel === null) continue;
    for (let row = 0; row < chances.length; row += 1) if (Number.isNaN(chances[row]!)) chances[row] = ofModel[row]!;
  }
  return chances;
}

/**
 * (Won + weighted) ÷ target, from three weeks before the end of the target on: what was won in its time, and amount ×
 * chance of the open deals due in the rest of it. The chance is the deal's own, else that of its stage, else that of
 * the past, unless the rule names a model. Deals of which no chance is known may bring all or nothing: the value is not
 * known then, and lies between the two.
 */
const attainment: FigureFunction = ([argument], context) => {
  const { dataset } = context;
  const state = stateOf(context);
  const figure = unknownFigure('rate', 'snapshot', dealCount(context));
  if (!('target' in state)) return { ...figure, note: state };
  const { target, won, dueAmounts, dueDeals, dueTotal } = state;
  const daysLeft = target.untilDay - dataset.asOfDay;
  if (daysLeft > ATTAINMENT_DAYS) return { ...figure, note: TOO_EARLY };
  if (dueDeals === 0) return { ...figure, value: won / target.value };
  const model = modelOf(argument);
  const chances = model === null ? likeliest(dataset, daysLeft) : forecastChances(model, dataset, daysLeft);
  if (chances === null) return figure;
  const { total, deals, known } = expectationOf(dueAmounts, chances);
  if (deals === dueDeals) return { ...figure, value: (won + total) / target.value };
  const atMost = total + Math.max(0, dueTotal - known);
  const interval = [(won + total) / target.value, (won + atMost) / target.value] as const;
  return { ...figure, interval, unknown: dueDeals - deals, note: NO_CHANCE };
};

/** Figures of whether targets of what is to be sold can be met. */
export const COVERAGE_FIGURES: Readonly<Record<string, FigureFunction>> = {
  coverage,
  expected_coverage: expectedCoverage,
  attainment,
};
