import type { Dataset } from '../../dataset/dataset.ts';
import { type DealFacts, dealFacts } from '../../dataset/deal-facts.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { say, type Text } from '../../i18n/text.ts';
import { closedDays } from '../closing-days.ts';
import { keysOf } from '../deals-behind.ts';
import { rowsWonBetween, wonBetween } from '../pipeline/pipeline-amounts.ts';
import { type CurrencyDeals, pick, rowsInCurrency, rowsWhere } from '../pipeline/pipeline-rows.ts';
import { topRows } from '../pipeline/pipeline-top-deals.ts';
import { numbersOf, wonRowsOf } from '../row-facts.ts';
import { categoryClass } from './forecast-category-words.ts';
import { DUE } from './forecast-due.ts';
import { countKnown, expectationOf, type ForecastSpread, intervalOf, spreadOf } from './forecast-figures.ts';
import {
  type ChanceOf,
  chancesOfRows,
  FORECAST_MODELS,
  type ForecastModel,
  forecastChances,
} from './forecast-models.ts';
import type { RunningDays } from './forecast-period.ts';
import { chanceErrors, sharedVariance } from './forecast-uncertainty.ts';
import { type WinRange, winRange } from './forecast-wins.ts';

/** What one model expects of the deals due. */
export interface ModelForecast {
  readonly model: ForecastModel;
  /** Σ amount × chance of the open deals due; null where the model knows no chance. */
  readonly expected: number | null;
  /** With what is won in the period already; null too where the file has no close dates. */
  readonly withWon: number | null;
  /** Deals due with an amount and a chance. */
  readonly deals: number;
  /** Deals due with an amount, of which the model knows no chance. */
  readonly unknown: number;
  /** √(Σ a²p(1 − p)), as if the deals were independent. */
  readonly standardDeviation: number | null;
  /** Of what is expected, by the errors of estimated chances; 0 where the chances are stated, not estimated. */
  readonly chanceDeviation: number | null;
  /** Of what is expected, at 95 %; null where chance has no part in it. */
  readonly interval: readonly [number, number] | null;
  /** Of the deals due, an amount or none; null where chance has no part in it. */
  readonly wins: WinRange | null;
  /** Why the model says nothing, or what its figure is. */
  readonly note?: Text;
}

/** The deal that brings most of what is expected, by the model named. */
export interface BiggestDeal extends DealFacts {
  readonly model: ForecastModel;
  readonly expected: number;
  /** Share of all that is expected. */
  readonly share: number;
}

export interface Amount {
  readonly amount: number;
  readonly deals: number;
}

/** The forecasts of the deals in one currency. */
export interface CurrencyForecast {
  readonly currency: string;
  /** Won in the period up to the as-of day; null where the file has no close dates: then there is no period. */
  readonly won: Amount | null;
  /** Open deals due, with an amount and without. */
  readonly dueDeals: number;
  readonly withoutAmount: number;
  readonly models: readonly ModelForecast[];
  /** Open deals of the category “best case” among the deals due; null without categories. */
  readonly bestCase: Amount | null;
  readonly spread: ForecastSpread;
  /** Null where nothing is expected. */
  readonly biggest: BiggestDeal | null;
  readonly pastDue: Amount;
  readonly dealKeys?: { readonly due: readonly string[]; readonly won: readonly string[] };
}

/** Read once for all currencies; typed arrays have one entry a row. */
export interface ForecastColumns {
  readonly dataset: Dataset;
  readonly running: RunningDays;
  /** Of the open deals, as `rowsByDue` tells. */
  readonly due: readonly Int32Array[];
  readonly amounts: Float64Array;
  readonly closed: Float64Array;
  readonly outcome: Uint8Array;
  readonly chances: ReadonlyMap<ForecastModel, ChanceOf | null>;
  /** One a row: how far the chances of the historical model may be off; null where that is not computed. */
  readonly errors: Float64Array | null;
  /** The model that says which deal brings most; null where none says anything. */
  readonly headline: { readonly model: ForecastModel; readonly chanceOf: ChanceOf } | null;
}

/** The chance that says which deal brings most: the first of these that can be computed. */
const HEADLINE: readonly ForecastModel[] = ['historical', 'manual', 'stage', 'commit'];

const NOTES: Readonly<Record<ForecastModel, Text>> = {
  stage: say('no stage has a probability', '阶段没有设置赢率'),
  manual: say('no probability on the deals', '商机上没有填写赢率'),
  commit: say('no forecast category on the deals', '商机上没有填写预测类别'),
  historical: say('no lost deals to go by', '没有可供参考的输单'),
};
const NONE_DUE = say('no open deal due has an amount', '期内到期的在途单都没有金额');
const PROMISE = say('a promise, so without a range', '是承诺，因此没有区间');

/** Reads what the forecasts of all currencies rest on. */
export function forecastColumns(dataset: Dataset, running: RunningDays, due: readonly Int32Array[]): ForecastColumns {
  const horizon = dataset.columns.has('close') ? running.untilDay - dataset.asOfDay : Number.POSITIVE_INFINITY;
  const amounts = numbersOf(dataset, 'amount');
  const ofModel = new Map(FORECAST_MODELS.map((model) => [model, forecastChances(model, dataset, horizon)]));
  const model = HEADLINE.find((name) => (ofModel.get(name) ?? null) !== null);
  const chanceOf = model === undefined ? null : (ofModel.get(model) ?? null);
  return {
    dataset,
    running,
    due,
    amounts,
    closed: closedDays(dataset),
    outcome: currentState(dataset).outcome,
    chances: ofModel,
    errors: chanceErrors('historical', dataset, horizon),
    headline: model === undefined || chanceOf === null ? null : { model, chanceOf },
  };
}

/** Variance of the expected amount and of the expected wins, by the errors of estimated chances. */
function sharedVarianceOf({ dataset, amounts, errors }: ForecastColumns, rows: Int32Array, model: ForecastModel) {
  if (model !== 'historical' || errors === null) return { amount: 0, wins: 0 };
  return {
    amount: sharedVariance(dataset, amounts, errors, rows),
    wins: sharedVariance(dataset, null, errors, rows),
  };
}

function modelForecast(
  model: ForecastModel,
  columns: ForecastColumns,
  rows: Int32Array,
  won: Amount | null,
): ModelForecast {
  const chanceOf = columns.chances.get(model) ?? null;
  const nothing = {
    model,
    expected: null,
    withWon: null,
    deals: 0,
    standardDeviation: null,
    chanceDeviation: null,
    interval: null,
    wins: null,
  };
  const amounts = pick(columns.amounts, rows);
  const known = countKnown(amounts);
  if (chanceOf === null) return { ...nothing, unknown: known, note: NOTES[model] };
  const ofRows = chancesOfRows(chanceOf, rows);
  const expectation = expectationOf(amounts, ofRows);
  const { total, deals, standardDeviation } = expectation;
  if (deals === 0) return { ...nothing, unknown: known, note: known === 0 ? NONE_DUE : NOTES[model] };
  const isPromise = model === 'commit';
  const shared = sharedVarianceOf(columns, rows, model);
  return {
    model,
    expected: total,
    withWon: won === null || !columns.dataset.columns.has('close') ? null : total + won.amount,
    deals,
    unknown: known - deals,
    standardDeviation,
    chanceDeviation: Math.sqrt(shared.amount),
    interval: intervalOf(expectation, shared.amount),
    wins: isPromise
      ? null
      : winRange(
          ofRows.filter((chance) => !Number.isNaN(chance)),
          shared.wins,
        ),
    ...(isPromise ? { note: PROMISE } : {}),
  };
}

function amountOf({ amounts }: ForecastColumns, rows: Int32Array): Amount {
  const sum = emptyMoneySum();
  for (let index = 0; index < rows.length; index += 1) {
    const amount = amounts[rows[index]!]!;
    if (!Number.isNaN(amount)) addMoney(sum, amount);
  }
  return { amount: moneyTotal(sum), deals: rows.length };
}

function bestCaseOf(columns: ForecastColumns, due: Int32Array): Amount | null {
  const category = columns.dataset.columns.get('forecast_category');
  if (category === undefined) return null;
  const isBest = category.texts.map((text) => categoryClass(text) === 'bestCase');
  return amountOf(
    columns,
    rowsWhere(due, (row) => isBest[category.codes[row]!] === true),
  );
}

function biggestOf(columns: ForecastColumns, due: Int32Array): BiggestDeal | null {
  const { dataset, amounts, headline } = columns;
  if (headline === null) return null;
  const { model, chanceOf } = headline;
  const expectedOf = (row: number): number => amounts[row]! * chanceOf(row);
  const [top] = topRows(dataset, due, expectedOf, 1);
  const { total } = expectationOf(pick(amounts, due), chancesOfRows(chanceOf, due));
  if (top === undefined || !(total > 0)) return null;
  const expected = expectedOf(top);
  return expected > 0 ? { ...dealFacts(dataset)(top), model, expected, share: expected / total } : null;
}

/** What was won in the running period, and when; null where no deal has a close date. */
function wonColumns({ amounts, outcome, closed, dataset, running }: ForecastColumns) {
  if (!dataset.columns.has('close')) return null;
  const range = { fromDay: running.fromDay, untilDay: dataset.asOfDay };
  return { columns: { amounts, outcome, days: closed }, range };
}

function wonIn(all: ForecastColumns, rows: Int32Array): Amount | null {
  const won = wonColumns(all);
  if (won === null) return null;
  const { total, deals } = wonBetween(won.columns, rows, won.range);
  return { amount: total, deals };
}

function wonKeys(all: ForecastColumns, rows: Int32Array): string[] {
  const won = wonColumns(all);
  return won === null ? [] : keysOf(all.dataset, rowsWonBetween(won.columns, rows, won.range));
}

/** All forecasts of the deals in one currency. */
export function currencyForecast(columns: ForecastColumns, group: CurrencyDeals, details: boolean): CurrencyForecast {
  const { dataset, due, amounts, chances } = columns;
  const dueRows = rowsInCurrency(dataset, group, due[DUE.inPeriod]!);
  const wonRows = rowsInCurrency(dataset, group, wonRowsOf(dataset));
  const won = wonIn(columns, wonRows);
  const computed = [...chances.values()].flatMap((ofModel) =>
    ofModel === null ? [] : [chancesOfRows(ofModel, dueRows)],
  );
  return {
    currency: group.currency,
    won,
    dueDeals: dueRows.length,
    withoutAmount: dueRows.length - countKnown(pick(amounts, dueRows)),
    models: FORECAST_MODELS.map((model) => modelForecast(model, columns, dueRows, won)),
    bestCase: bestCaseOf(columns, dueRows),
    spread: spreadOf(pick(amounts, dueRows), computed),
    biggest: biggestOf(columns, dueRows),
    pastDue: amountOf(columns, rowsInCurrency(dataset, group, due[DUE.pastDue]!)),
    ...(details ? { dealKeys: { due: keysOf(dataset, dueRows), won: wonKeys(columns, wonRows) } } : {}),
  };
}
