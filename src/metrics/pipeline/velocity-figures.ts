import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import { mean } from '../../stats/mean.ts';
import { closedDays } from '../closing-days.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';
import { countOutcomes, NO_LOST_DEALS } from '../win/win-rate-counts.ts';
import { dealAmounts, SEVERAL_CURRENCIES, wonBetween } from './pipeline-amounts.ts';
import { numbersOf, pick, rowsOf } from './pipeline-rows.ts';

/** Days over which what was won is averaged, where the rule gives no window. */
export const USUAL_WINDOW_DAYS = 90;

/** Mean days from creation to close, null without any deal, and the deals it rests on. */
export interface MeanCycle {
  readonly meanDays: number | null;
  readonly deals: number;
}

function meanCycle(created: Float64Array, closed: Float64Array, counts: (index: number) => boolean): MeanCycle {
  const cycles = closed.map((day, index) => (counts(index) ? day - created[index]! : Number.NaN));
  const known = cycles.filter((days) => days >= 0);
  return { meanDays: mean(known), deals: known.length };
}

/** What the velocity is made of, for deals of one currency. */
export interface VelocityParts {
  readonly open: number;
  readonly won: number;
  readonly lost: number;
  /** Mean of the amounts above 0 of the won deals; null without any. */
  readonly averageWonAmount: number | null;
  readonly wonWithAmount: number;
  /** Mean days from creation to close: of the won deals, and of all closed ones. */
  readonly wonCycle: MeanCycle;
  readonly closedCycle: MeanCycle;
}

/** One a deal: what the velocity rests on. */
export interface VelocityColumns {
  readonly outcome: Uint8Array;
  readonly created: Float64Array;
  readonly closed: Float64Array;
  readonly amounts: Float64Array;
}

/** The columns of all deals. */
export function velocityColumns(dataset: Dataset): VelocityColumns {
  const { outcome } = currentState(dataset);
  const created = numbersOf(dataset, 'created');
  return { outcome, created, closed: closedDays(dataset), amounts: numbersOf(dataset, 'amount') };
}

/** The columns of some rows. */
export function pickVelocity(columns: VelocityColumns, rows: Int32Array): VelocityColumns {
  return {
    outcome: Uint8Array.from(pick(columns.outcome, rows)),
    created: pick(columns.created, rows),
    closed: pick(columns.closed, rows),
    amounts: pick(columns.amounts, rows),
  };
}

/** The parts of the velocity of some deals. */
export function velocityParts({ outcome, created, closed, amounts }: VelocityColumns): VelocityParts {
  const { open, won, lost } = countOutcomes(outcome, null);
  const wonAmounts = amounts.filter((amount, index) => outcome[index] === OUTCOME.won && amount > 0);
  const isWon = (index: number): boolean => outcome[index] === OUTCOME.won;
  return {
    open,
    won,
    lost,
    averageWonAmount: mean(wonAmounts),
    wonWithAmount: wonAmounts.length,
    wonCycle: meanCycle(created, closed, isWon),
    closedCycle: meanCycle(created, closed, (index) => isWon(index) || outcome[index] === OUTCOME.lost),
  };
}

/** Why there is no velocity; null where there may be one. A single seller may well have lost none. */
export function withheldVelocity(outcome: Uint8Array, { won, lost }: Pick<VelocityParts, 'won' | 'lost'>): Text | null {
  return won > 0 && lost === 0 && !outcome.includes(OUTCOME.lost) ? NO_LOST_DEALS : null;
}

/** Open deals × win rate × average won amount ÷ mean cycle, in currency a day; null where a part is unknown. */
export function velocityPerDay(
  { open, won, lost, averageWonAmount }: VelocityParts,
  { meanDays }: MeanCycle,
): number | null {
  if (averageWonAmount === null || meanDays === null || meanDays === 0 || won + lost === 0) return null;
  return (((open * won) / (won + lost)) * averageWonAmount) / meanDays;
}

/**
 * Currency a day that the open deals promise: open deals × win rate × mean won amount ÷ mean cycle of the won deals.
 * The market formula, which takes the cycle of the won deals alone.
 */
const velocity: FigureFunction = (_args, { dataset, select }) => {
  const parts = velocityParts(pickVelocity(velocityColumns(dataset), rowsOf(select)));
  const { open, won, lost } = parts;
  const { currency, isMixed } = dealAmounts(dataset, select);
  const figure = unknownFigure('money', dataset.journeys === null ? 'snapshot' : 'history', open + won + lost);
  if (isMixed) return { ...figure, note: SEVERAL_CURRENCIES };
  const withheld = withheldVelocity(currentState(dataset).outcome, parts);
  if (withheld !== null) return { ...figure, note: withheld };
  const value = velocityPerDay(parts, parts.wonCycle);
  return value === null ? figure : { ...figure, value, currency };
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
