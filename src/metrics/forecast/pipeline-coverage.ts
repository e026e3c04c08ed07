import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { type HeldTarget, isInOtherCurrency, targetFor } from '../../dataset/targets.ts';
import { resolveCurrency } from '../../dataset/values/currency-marks.ts';
import { sumMoney } from '../../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import { currencyCode } from '../amounts.ts';
import { closedDays } from '../closing-days.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { SEVERAL_CURRENCIES, type WonAmount, wonBetween } from '../pipeline/pipeline-amounts.ts';
import { pick, rowsOf, rowsWhere } from '../pipeline/pipeline-rows.ts';
import { rateOf, unknownFigure } from '../rate.ts';
import { numbersOf } from '../row-facts.ts';
import { countOutcomes } from '../win/win-rate-counts.ts';
import { expectationOf, modelOf } from './forecast-figures.ts';
import { type ChanceOf, chancesOfRows, type ForecastModel, forecastChances } from './forecast-models.ts';

/** The figure that targets of what is to be sold name. */
export const SOLD = 'won_amount';
/** Days before the end of a target's time from which on it is asked whether it will be met. */
const ATTAINMENT_DAYS = 21;
/** Which chance an amount is weighted with, the first that is known of the deal. */
const WEIGHTING: readonly ForecastModel[] = ['manual', 'stage', 'historical'];

const NO_TARGET: Text = {
  en: 'no target for won_amount holds on the as-of day',
  zh: '基准日没有生效的 won_amount 目标',
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
export interface TargetState {
  readonly target: HeldTarget;
  /** What was won in its time, up to the as-of day. */
  readonly won: WonAmount;
  readonly remaining: number;
  /** The deals it is about, and their amounts where they are open and due by its end, else NaN. */
  readonly rows: Int32Array;
  readonly dueAmounts: Float64Array;
  readonly dueDeals: number;
  readonly dueTotal: number;
  readonly currency: string | null;
  /** Deals with an amount in other currencies than the target is in, left out, by currency. */
  readonly otherCurrencies: Readonly<Record<string, number>>;
}

interface SoldColumns {
  readonly amounts: Float64Array;
  readonly closed: Float64Array;
  readonly close: Float64Array;
}

// A rule judged for a hundred owners asks for these a hundred times; datasets never change once they are built.
const columnsOf = new WeakMap<Dataset, SoldColumns>();

function soldColumns(dataset: Dataset): SoldColumns {
  const known = columnsOf.get(dataset);
  if (known !== undefined) return known;
  const close = numbersOf(dataset, 'close');
  const columns = { amounts: numbersOf(dataset, 'amount'), closed: closedDays(dataset), close };
  columnsOf.set(dataset, columns);
  return columns;
}

/** The currency of the amounts of some rows: null for none, or an unnamed one; several are a reason against a figure. */
function currencyOf(dataset: Dataset, rows: Int32Array, amounts: Float64Array): string | null | Text {
  let only = -1;
  let known = false;
  for (let index = 0; index < rows.length; index += 1) {
    if (Number.isNaN(amounts[index]!)) continue;
    const currency = dataset.currency[rows[index]!]!;
    if (known && currency !== only) return SEVERAL_CURRENCIES;
    only = currency;
    known = true;
  }
  return only < 0 ? null : currencyCode(dataset, only);
}

/** The deals in the currency of a target, of deals in several; null where it names none, or its mark means several. */
function inCurrencyOf(dataset: Dataset, target: HeldTarget, rows: Int32Array, amounts: Float64Array) {
  if (target.currency === null) return null;
  const wanted = dataset.currencies.map(
    (code) => code !== NO_CURRENCY && resolveCurrency(target.currency, code) === code,
  );
  const counted = new Set<number>();
  const left = new Map<string, number>();
  for (let index = 0; index < rows.length; index += 1) {
    if (Number.isNaN(amounts[index]!)) continue;
    const currency = dataset.currency[rows[index]!]!;
    const code = currencyCode(dataset, currency);
    if (wanted[currency] === true) counted.add(currency);
    else left.set(code, (left.get(code) ?? 0) + 1);
  }
  if (counted.size > 1) return null;
  return {
    rows: rowsWhere(rows, (row) => wanted[dataset.currency[row]!] === true),
    otherCurrencies: Object.fromEntries([...left].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * How a target of what is to be sold stands for some deals; else why it cannot be said. Of deals in several currencies
 * only those in the currency of the target count.
 */
export function targetState(dataset: Dataset, target: HeldTarget, all: Int32Array): TargetState | Text {
  const columns = soldColumns(dataset);
  const currencyOfAll = currencyOf(dataset, all, pick(columns.amounts, all));
  const isMixed = currencyOfAll !== null && typeof currencyOfAll !== 'string';
  const own = isMixed
    ? inCurrencyOf(dataset, target, all, pick(columns.amounts, all))
    : { rows: all, otherCurrencies: {} };
  if (own === null) return SEVERAL_CURRENCIES;
  const { rows, otherCurrencies } = own;
  const amounts = pick(columns.amounts, rows);
  const currency = currencyOf(dataset, rows, amounts);
  if (currency !== null && typeof currency !== 'string') return currency;
  if (isInOtherCurrency(target, currency)) return OTHER_CURRENCY;
  const { outcome } = currentState(dataset);
  const range = { fromDay: target.fromDay, untilDay: Math.min(target.untilDay, dataset.asOfDay) };
  const won = wonBetween({ amounts: columns.amounts, outcome, days: columns.closed }, rows, range);
  const due = amounts.map((amount, index) => {
    const day = columns.close[rows[index]!]!;
    const isDue = outcome[rows[index]!] === OUTCOME.open && day >= dataset.asOfDay && day <= target.untilDay;
    return isDue ? amount : Number.NaN;
  });
  const known = due.filter((amount) => !Number.isNaN(amount));
  const remaining = target.value - won.total;
  const ofDue = { dueAmounts: due, dueDeals: known.length, dueTotal: sumMoney(known) };
  return { target, won, remaining, rows, ...ofDue, currency, otherCurrencies };
}

/** How the target of what is to be sold stands for the selected deals; else why it has none. */
function stateOf({ dataset, select }: FigureContext): TargetState | Text {
  const target = targetFor(dataset, SOLD, select);
  if (target === null || target.unit !== 'number' || !(target.value > 0)) return NO_TARGET;
  return targetState(dataset, target, rowsOf(select));
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

/** Chance of a deal: its own, else that of its stage, else that of the past; NaN where none of them knows it. */
function likeliest(dataset: Dataset, horizonDays: number): ChanceOf {
  const models = WEIGHTING.flatMap((model) => forecastChances(model, dataset, horizonDays) ?? []);
  return (row) => {
    let chance = Number.NaN;
    for (let model = 0; model < models.length && Number.isNaN(chance); model += 1) chance = models[model]!(row);
    return chance;
  };
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
  const { target, rows, dueAmounts, dueDeals, dueTotal } = state;
  const won = state.won.total;
  const daysLeft = target.untilDay - dataset.asOfDay;
  if (daysLeft > ATTAINMENT_DAYS) return { ...figure, note: TOO_EARLY };
  if (dueDeals === 0) return { ...figure, value: won / target.value };
  const model = modelOf(argument);
  const chances = model === null ? likeliest(dataset, daysLeft) : forecastChances(model, dataset, daysLeft);
  if (chances === null) return figure;
  const { total, deals, known } = expectationOf(dueAmounts, chancesOfRows(chances, rows));
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
