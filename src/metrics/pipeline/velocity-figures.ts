import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import { mean } from '../../stats/mean.ts';
import { closedDays } from '../closing-days.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';
import { numbersOf } from '../row-facts.ts';
import { NO_LOST_DEALS } from '../win/win-rate-counts.ts';
import { dealAmounts, SEVERAL_CURRENCIES, wonBetween } from './pipeline-amounts.ts';
import { rowsOf } from './pipeline-rows.ts';

/** Days over which what was won is averaged, where the rule gives no window. */
export const USUAL_WINDOW_DAYS = 90;

/** Mean days from creation to close, null without any deal, and the deals it rests on. */
export interface MeanCycle {
  readonly meanDays: number | null;
  readonly deals: number;
}

/** The values put in a list so far, in the order they were put. */
interface Listed {
  readonly values: Float64Array;
  size: number;
}

function meanCycle({ values, size }: Listed): MeanCycle {
  return { meanDays: mean(values.subarray(0, size)), deals: size };
}

function put(list: Listed, value: number): void {
  list.values[list.size] = value;
  list.size += 1;
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

/** The parts of the velocity of the deals in some rows. */
export function velocityParts(columns: VelocityColumns, rows: Int32Array): VelocityParts {
  const { outcome, created, closed, amounts } = columns;
  const deals = new Int32Array(Object.keys(OUTCOME).length);
  const list = (): Listed => ({ values: new Float64Array(rows.length), size: 0 });
  const [wonAmounts, wonDays, closedCycles] = [list(), list(), list()];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!;
    const its = outcome[row]!;
    deals[its]! += 1;
    if (its !== OUTCOME.won && its !== OUTCOME.lost) continue;
    const cycle = closed[row]! - created[row]!;
    if (cycle >= 0) put(closedCycles, cycle);
    if (its === OUTCOME.lost) continue;
    if (cycle >= 0) put(wonDays, cycle);
    if (amounts[row]! > 0) put(wonAmounts, amounts[row]!);
  }
  return {
    open: deals[OUTCOME.open]!,
    won: deals[OUTCOME.won]!,
    lost: deals[OUTCOME.lost]!,
    averageWonAmount: mean(wonAmounts.values.subarray(0, wonAmounts.size)),
    wonWithAmount: wonAmounts.size,
    wonCycle: meanCycle(wonDays),
    closedCycle: meanCycle(closedCycles),
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
  const parts = velocityParts(velocityColumns(dataset), rowsOf(select));
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
  const won = new Uint8Array(select.length);
  for (let row = 0; row < won.length; row += 1) {
    const isRecent = days[row]! >= recent.fromDay && days[row]! <= recent.untilDay;
    won[row] = select[row] === 1 && outcome[row] === OUTCOME.won && isRecent ? 1 : 0;
  }
  const { amounts, currency, isMixed } = dealAmounts(dataset, won);
  const { total, deals } = wonBetween({ amounts, outcome, days }, null, recent);
  const figure = unknownFigure('money', 'snapshot', deals);
  if (isMixed) return { ...figure, note: SEVERAL_CURRENCIES };
  return deals === 0 ? figure : { ...figure, value: total / window, currency };
};

/** Won amount of the selected deals up to the as-of day, in the window where the rule gives one. */
const wonAmount: FigureFunction = (_args, { dataset, select, windowDays }) => {
  const { amounts, currency, isMixed } = dealAmounts(dataset, select);
  const fromDay = windowDays === null ? Number.NEGATIVE_INFINITY : dataset.asOfDay - windowDays + 1;
  const range = { fromDay, untilDay: dataset.asOfDay };
  const { outcome } = currentState(dataset);
  const { total, deals } = wonBetween({ amounts, outcome, days: closedDays(dataset) }, null, range);
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
