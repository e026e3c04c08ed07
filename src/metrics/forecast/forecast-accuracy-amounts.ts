import { numberAt, textAt } from '../../dataset/cells.ts';
import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import { type ForecastErrors, forecastErrors } from '../../stats/forecast-errors.ts';
import { SEVERAL_CURRENCIES } from '../pipeline/pipeline-amounts.ts';
import { kindThen, ownChance, type PastExport, pastExports, stageChance } from './forecast-accuracy-exports.ts';
import { categoryClass } from './forecast-category-words.ts';

/** What an export can say of the amounts to come: by the probability of the deals, of their stages, by commitment. */
export const PAST_MODELS = ['manual', 'stage', 'commit'] as const;
export type PastModel = (typeof PAST_MODELS)[number];

/** The deals due between one export and the next: what was forecast of them, and what was won of them by then. */
export interface AmountPeriod {
  /** ISO days: of the export, and of the next one or the as-of day. */
  readonly from: string;
  readonly until: string;
  readonly deals: number;
  readonly forecastAmount: number;
  readonly wonAmount: number;
}

export interface ModelAccuracy extends Pick<ForecastErrors, 'bias' | 'weightedError' | 'meanPercentageError'> {
  readonly model: PastModel;
  readonly deals: number;
  readonly periods: readonly AmountPeriod[];
}

export interface OwnerBias {
  readonly owner: string;
  /** Deals due of this owner that are won or lost by now. */
  readonly closedDeals: number;
  readonly forecastAmount: number;
  readonly wonAmount: number;
  /** (forecast − won) ÷ won; null where nothing was won. */
  readonly bias: number | null;
}

export interface AmountAccuracy {
  readonly currency: string | null;
  /** Why there are no figures although there are amounts. */
  readonly withheld: Text | null;
  readonly models: readonly ModelAccuracy[];
  /** By the deals' own probabilities (else those of their stages); owners with at least five closed deals. */
  readonly owners: readonly OwnerBias[];
  /** Deals due without an amount, left out. */
  readonly withoutAmount: number;
}

const FEWEST_CLOSED = 5;

interface Sums {
  readonly forecast: MoneySum;
  readonly won: MoneySum;
  deals: number;
}

interface OwnerSums extends Sums {
  closed: number;
}

interface Tally {
  /** By model, then by export. */
  readonly models: Readonly<Record<PastModel, readonly Sums[]>>;
  readonly owners: Map<string, OwnerSums>;
  /** One a deal: 1 once it is counted for its owner. */
  readonly isCounted: Uint8Array;
  readonly currencies: Set<string>;
  withoutAmount: number;
}

/** From one export to the next, or to the as-of day. */
interface Gap {
  readonly index: number;
  readonly past: PastExport;
  readonly next: PastExport | null;
  readonly untilDay: number;
  /** One a forecast category: 1 for a commitment, else 0; null without any. */
  readonly commitmentOf: Float64Array | null;
}

const emptySums = (): Sums => ({ forecast: emptyMoneySum(), won: emptyMoneySum(), deals: 0 });

function currencyName(list: { currency: Int16Array; currencies: readonly string[] }, row: number): string {
  return list.currencies[list.currency[row]!] ?? NO_CURRENCY;
}

/**
 * What had come in of a deal by the end of a period: 0 where it was not won by then, `amountThen` where it was won for an
 * amount nobody wrote down. Its currency is noted.
 */
function wonBy(tally: Tally, dataset: Dataset, { next, untilDay }: Gap, deal: number, amountThen: number): number {
  const row = next?.rowOfDeal[deal] ?? -1;
  const kind = next === null || row < 0 ? null : kindThen(dataset, next, row);
  let amount: number;
  if (next !== null && kind !== null) {
    if (kind !== 'won') return 0;
    amount = numberAt(next.columns.get('amount'), row);
    tally.currencies.add(currencyName(next, row));
  } else {
    // An export of the open deals alone does not tell how they ended: the list of today does.
    const { outcome } = currentState(dataset);
    if (outcome[deal] !== OUTCOME.won || numberAt(dataset.columns.get('closed'), deal) > untilDay) return 0;
    amount = numberAt(dataset.columns.get('amount'), deal);
    tally.currencies.add(currencyName(dataset, deal));
  }
  return Number.isFinite(amount) ? amount : amountThen;
}

/** For each distinct forecast category of an export: 1 where it is a commitment, else 0; null without the column. */
function commitments(past: PastExport): Float64Array | null {
  const column = past.columns.get('forecast_category');
  if (column === undefined) return null;
  return Float64Array.from(column.texts, (text, code) =>
    Number(column.state[code] === PRESENT && categoryClass(text) === 'commit'),
  );
}

/** The chance a model gave a deal then, NaN where it says nothing of it. */
function chanceThen(model: PastModel, dataset: Dataset, { past, commitmentOf }: Gap, row: number): number {
  if (model === 'commit') return commitmentOf?.[past.columns.get('forecast_category')!.codes[row]!] ?? Number.NaN;
  const own = model === 'manual' ? ownChance(past, row) : Number.NaN;
  return Number.isNaN(own) ? stageChance(dataset, past, row) : own;
}

function addDeal(sums: Sums, forecast: number, won: number): void {
  addMoney(sums.forecast, forecast);
  addMoney(sums.won, won);
  sums.deals += 1;
}

/** The sums of the owner of a deal then, with the deal counted once it is closed; null where nobody owns it. */
function ownerSums(tally: Tally, dataset: Dataset, past: PastExport, row: number): OwnerSums | null {
  const deal = past.dealOfRow[row]!;
  const now = deal < 0 ? null : textAt(dataset.columns.get('owner'), deal);
  const owner = textAt(past.columns.get('owner'), row) ?? now;
  if (owner === null) return null;
  const sums = tally.owners.get(owner) ?? { ...emptySums(), closed: 0 };
  tally.owners.set(owner, sums);
  if (deal < 0 || tally.isCounted[deal] === 1) return sums;
  const { outcome } = currentState(dataset);
  if (outcome[deal] !== OUTCOME.won && outcome[deal] !== OUTCOME.lost) return sums;
  tally.isCounted[deal] = 1;
  sums.closed += 1;
  return sums;
}

/** Adds one deal due: what each model promised of it, and what came in by the end of the period. */
function addDue(tally: Tally, dataset: Dataset, gap: Gap, row: number): void {
  const { index, past } = gap;
  const amount = numberAt(past.columns.get('amount'), row);
  if (!Number.isFinite(amount)) {
    tally.withoutAmount += 1;
    return;
  }
  const deal = past.dealOfRow[row]!;
  const won = deal < 0 ? 0 : wonBy(tally, dataset, gap, deal, amount);
  tally.currencies.add(currencyName(past, row));
  for (const model of PAST_MODELS) {
    const chance = chanceThen(model, dataset, gap, row);
    if (!Number.isFinite(chance)) continue;
    addDeal(tally.models[model][index]!, amount * chance, won);
    const sums = model === 'manual' ? ownerSums(tally, dataset, past, row) : null;
    if (sums !== null) addDeal(sums, amount * chance, won);
  }
}

function addGap(tally: Tally, dataset: Dataset, gap: Gap): void {
  const { past, untilDay } = gap;
  const close = past.columns.get('close');
  for (const row of past.firstRows) {
    const day = numberAt(close, row);
    if (day > past.day && day <= untilDay && kindThen(dataset, past, row) === 'open') addDue(tally, dataset, gap, row);
  }
}

function modelAccuracy(model: PastModel, sums: readonly Sums[], days: readonly number[]): ModelAccuracy | null {
  const periods = sums.flatMap(({ forecast, won, deals }, index): AmountPeriod[] => {
    if (deals === 0) return [];
    const [from, until] = [isoOf(days[index]!), isoOf(days[index + 1]!)];
    return [{ from, until, deals, forecastAmount: moneyTotal(forecast), wonAmount: moneyTotal(won) }];
  });
  if (periods.length === 0) return null;
  const { bias, weightedError, meanPercentageError } = forecastErrors(
    periods.map(({ forecastAmount }) => forecastAmount),
    periods.map(({ wonAmount }) => wonAmount),
  );
  const deals = periods.reduce((sum, period) => sum + period.deals, 0);
  return { model, deals, bias, weightedError, meanPercentageError, periods };
}

function ownerBiases(owners: Tally['owners']): readonly OwnerBias[] {
  return [...owners]
    .filter(([, { closed }]) => closed >= FEWEST_CLOSED)
    .map(([owner, { forecast, won, closed }]): OwnerBias => {
      const [forecastAmount, wonAmount] = [moneyTotal(forecast), moneyTotal(won)];
      const { bias } = forecastErrors([forecastAmount], [wonAmount]);
      return { owner, closedDeals: closed, forecastAmount, wonAmount, bias };
    })
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

/**
 * What each export promised of the open deals due before the next one (amount × chance), against what was won of them by
 * then; deals that have vanished brought nothing. Null where no deal with an amount was due.
 */
export function amountAccuracyOf(dataset: Dataset): AmountAccuracy | null {
  const exports = pastExports(dataset);
  const perExport = (): Sums[] => exports.map(emptySums);
  const tally: Tally = {
    models: { manual: perExport(), stage: perExport(), commit: perExport() },
    owners: new Map(),
    isCounted: new Uint8Array(dataset.rowCount),
    currencies: new Set(),
    withoutAmount: 0,
  };
  for (const [index, past] of exports.entries()) {
    const next = exports[index + 1] ?? null;
    const untilDay = next?.day ?? dataset.asOfDay;
    addGap(tally, dataset, { index, past, next, untilDay, commitmentOf: commitments(past) });
  }
  const { withoutAmount } = tally;
  const named = [...tally.currencies].filter((currency) => currency !== NO_CURRENCY).sort();
  if (named.length > 1) return { currency: null, withheld: SEVERAL_CURRENCIES, models: [], owners: [], withoutAmount };
  const days = [...exports.map(({ day }) => day), dataset.asOfDay];
  const models = PAST_MODELS.flatMap((model) => modelAccuracy(model, tally.models[model], days) ?? []);
  if (models.length === 0) return null;
  return { currency: named[0] ?? null, withheld: null, models, owners: ownerBiases(tally.owners), withoutAmount };
}
