import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Text } from '../../i18n/text.ts';
import type { FigureArgument } from '../../ruleset/expression/expression.ts';
import type { Figure } from '../../stats/figure.ts';
import { NORMAL_975 } from '../../stats/intervals.ts';
import { quantile } from '../../stats/quantile.ts';
import { addCompensated } from '../amounts.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { dealAmounts, dueAmounts, SEVERAL_CURRENCIES } from '../pipeline/pipeline-amounts.ts';
import { allRows, pick, rowsWhere } from '../pipeline/pipeline-rows.ts';
import { type Basis, unknownFigure } from '../rate.ts';
import { chancesOfRows, FORECAST_MODELS, type ForecastModel, forecastChances } from './forecast-models.ts';
import { chanceErrors, sharedVariance } from './forecast-uncertainty.ts';

const ONE_MODEL: Text = {
  en: 'fewer than two forecasts can be made: needs probabilities, forecast categories or closed deals',
  zh: '可计算的预测不足两种：需要赢率、预测类别或已关闭的商机',
};
const NO_CHANCE: Text = { en: 'the file does not say how likely the open deals are', zh: '无法得知在途商机的赢率' };

/** What the deals with a known amount and chance are expected to bring. */
export interface Expectation {
  readonly total: number;
  /** √(Σ a²p(1 − p)), as if the deals were independent. */
  readonly standardDeviation: number;
  readonly deals: number;
  /** Sum of the amounts of these deals. */
  readonly known: number;
}

/** Sum of amount × chance over the deals whose amount and chance are known. */
export function expectationOf(amounts: Float64Array, chances: Float64Array): Expectation {
  // Total, variance and sum of the amounts, compensated, so that the order of the rows does not show.
  const sums = new Float64Array(3);
  const lost = new Float64Array(3);
  let deals = 0;
  for (let row = 0; row < amounts.length; row += 1) {
    const amount = amounts[row]!;
    const chance = chances[row]!;
    if (Number.isNaN(amount) || Number.isNaN(chance)) continue;
    addCompensated(sums, lost, 0, amount * chance);
    addCompensated(sums, lost, 1, amount * amount * chance * (1 - chance));
    addCompensated(sums, lost, 2, amount);
    deals += 1;
  }
  const [total, variance, known] = Array.from(sums, (sum, index) => sum + lost[index]!) as [number, number, number];
  // A probability above 100 % is a mistake in the data that rules of its own tell.
  return { total, standardDeviation: Math.sqrt(Math.max(0, variance)), deals, known };
}

/** The model a word names, null for none. */
export function modelOf(argument: FigureArgument | undefined): ForecastModel | null {
  if (argument?.type !== 'word') return null;
  return FORECAST_MODELS.find((model) => model === argument.word.toLowerCase()) ?? null;
}

function basisOf({ dataset }: FigureContext, model: ForecastModel | null): Basis {
  return model === 'historical' && dataset.journeys !== null ? 'history' : 'snapshot';
}

/** Open deals of the selection, by the rows of their amounts: NaN for the closed ones. */
function openAmounts({ dataset, select }: FigureContext) {
  const { outcome } = currentState(dataset);
  const open = new Uint8Array(select.length);
  for (let row = 0; row < open.length; row += 1) open[row] = outcome[row] === OUTCOME.open ? select[row]! : 0;
  return dealAmounts(dataset, open);
}

/** The rows whose amount is known. */
function knownRows(amounts: Float64Array): Int32Array {
  return rowsWhere(allRows(amounts.length), (row) => !Number.isNaN(amounts[row]!));
}

/** How many of some amounts are known. */
export function countKnown(amounts: Float64Array): number {
  let known = 0;
  for (let row = 0; row < amounts.length; row += 1) if (!Number.isNaN(amounts[row]!)) known += 1;
  return known;
}

/**
 * What may come in, at 95 %: ± 1.96 standard deviations, no less than nothing, no more than all; null without chance.
 * @param sharedVariance of the total, by the errors of the chances
 */
export function intervalOf(
  { total, standardDeviation, known }: Expectation,
  sharedVariance = 0,
): readonly [number, number] | null {
  const half = NORMAL_975 * Math.sqrt(standardDeviation ** 2 + sharedVariance);
  if (half === 0) return null;
  return [Math.min(total, Math.max(0, total - half)), Math.max(total, Math.min(known, total + half))];
}

/**
 * What the selected open deals are expected to bring by a model: Σ amount × chance, up to the end of the running period
 * where the rule names one. The interval is that of what comes in, ± 1.96 standard deviations, no less than nothing and
 * no more than all of it.
 */
const weighted: FigureFunction = ([argument], context) => {
  const model = modelOf(argument);
  const { dataset, period } = context;
  const { amounts, currency, isMixed } = openAmounts(context);
  const untilDay = period === null ? null : shiftPeriods(periodStart(dataset.asOfDay, period), period, 1) - 1;
  const horizon = untilDay === null ? Number.POSITIVE_INFINITY : untilDay - dataset.asOfDay;
  const chances = model === null ? null : forecastChances(model, dataset, horizon);
  const figure = unknownFigure('money', basisOf(context, model));
  if (isMixed) return { ...figure, note: SEVERAL_CURRENCIES };
  if (chances === null) return { ...figure, note: NO_CHANCE };
  const wanted = untilDay === null ? amounts : dueAmounts(dataset, amounts, untilDay);
  const rows = knownRows(wanted);
  const expected = expectationOf(pick(wanted, rows), chancesOfRows(chances, rows));
  const { total, deals } = expected;
  const unknown = rows.length - deals;
  if (deals === 0) return { ...figure, unknown };
  const errors = model === null ? null : chanceErrors(model, dataset, horizon);
  const interval = intervalOf(expected, sharedVariance(dataset, wanted, errors, rows));
  return { ...figure, of: deals, value: total, interval, currency, unknown };
};

/** How far the forecasts of some models lie apart. */
export interface ForecastSpread {
  /** (max − min) ÷ median of what the models expect; null with fewer than two, or where they expect nothing. */
  readonly value: number | null;
  /** Deals that all the models speak of, on which it rests. */
  readonly deals: number;
}

/** (max − min) ÷ median of what the models expect of the deals that all of them speak of. */
export function spreadOf(amounts: Float64Array, models: readonly Float64Array[]): ForecastSpread {
  if (models.length < 2) return { value: null, deals: 0 };
  const shared = sharedAmounts(amounts, models);
  const expected = models.map((chances) => expectationOf(shared, chances));
  const totals = expected.map(({ total }) => total);
  const { deals } = expected[0]!;
  const middle = quantile(totals, 0.5) ?? 0;
  if (deals === 0 || !(middle > 0)) return { value: null, deals };
  return { value: (Math.max(...totals) - Math.min(...totals)) / middle, deals };
}

/** Amounts of the deals that all the models speak of, NaN for the others. */
function sharedAmounts(amounts: Float64Array, models: readonly Float64Array[]): Float64Array {
  return amounts.map((amount, row) => (models.some((chances) => Number.isNaN(chances[row]!)) ? Number.NaN : amount));
}

/**
 * How far the forecasts lie apart: (max − min) ÷ median of the models that can be computed, on the deals all of them
 * speak of; the others count as unknown. No value with fewer than two.
 */
const forecastSpread: FigureFunction = (_args, context): Figure => {
  const { amounts, isMixed } = openAmounts(context);
  const rows = knownRows(amounts);
  const models = FORECAST_MODELS.flatMap((model) => {
    const chanceOf = forecastChances(model, context.dataset);
    return chanceOf === null ? [] : [chancesOfRows(chanceOf, rows)];
  });
  const basis = context.dataset.journeys === null ? 'snapshot' : 'history';
  if (isMixed) return { ...unknownFigure('rate', basis), note: SEVERAL_CURRENCIES };
  if (models.length < 2) return { ...unknownFigure('rate', basis), note: ONE_MODEL };
  const { value, deals } = spreadOf(pick(amounts, rows), models);
  return { ...unknownFigure('rate', basis, deals), unknown: rows.length - deals, value };
};

/** Figures of what the open deals will bring. */
export const FORECAST_FIGURES: Readonly<Record<string, FigureFunction>> = {
  weighted,
  forecast_spread: forecastSpread,
};
