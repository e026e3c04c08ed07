import { numberAt } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { Text } from '../../i18n/text.ts';
import { addCompensated } from '../amounts.ts';
import { closedDays } from '../closing-days.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';
import { numbersOf } from '../row-facts.ts';
import { NO_LOST_DEALS } from '../win/win-rate-counts.ts';
import { dealAmounts, SEVERAL_CURRENCIES, wonBetween } from './pipeline-amounts.ts';

/** Days over which what was won is averaged, where the rule gives no window. */
export const USUAL_WINDOW_DAYS = 90;

/** Mean days from creation to close, null without any deal, and the deals it rests on. */
export interface MeanCycle {
  readonly meanDays: number | null;
  readonly deals: number;
}

/** What the velocity is made of, for deals of one currency. */
export interface VelocityParts {
  readonly open: number;
  readonly won: number;
  readonly lost: number;
  /** Mean of the amounts above 0 of the won deals; null without any. */
  readonly averageWonAmount: number | null;
  readonly wonWithAmount: number;
  /** Won deals whose closing day is known. */
  readonly wonDated: number;
  /** Mean days from creation to close: of the won deals, and of all closed ones. */
  readonly wonCycle: MeanCycle;
  readonly closedCycle: MeanCycle;
}

/** One a deal: what the velocity rests on. */
export interface VelocityColumns {
  readonly outcome: Uint8Array;
  /** Absent where the file has none. */
  readonly created: Column | undefined;
  readonly closed: Float64Array;
  readonly amounts: Float64Array;
}

/** The columns of all deals. */
export function velocityColumns(dataset: Dataset): VelocityColumns {
  const { outcome } = currentState(dataset);
  const created = dataset.columns.get('created');
  return { outcome, created, closed: closedDays(dataset), amounts: numbersOf(dataset, 'amount') };
}

/** A mean as `mean` computes it, of values that come one by one. */
interface RunningMean {
  readonly sums: Float64Array;
  readonly lost: Float64Array;
  readonly counts: Int32Array;
}

function emptyMeans(size: number): RunningMean {
  return { sums: new Float64Array(size), lost: new Float64Array(size), counts: new Int32Array(size) };
}

function addValue({ sums, lost, counts }: RunningMean, slot: number, value: number): void {
  addCompensated(sums, lost, slot, value);
  counts[slot]! += 1;
}

function meanAt({ sums, lost, counts }: RunningMean, slot: number): number | null {
  return counts[slot] === 0 ? null : (sums[slot]! + lost[slot]!) / counts[slot]!;
}

function cycleAt(means: RunningMean, slot: number): MeanCycle {
  return { meanDays: meanAt(means, slot), deals: means.counts[slot]! };
}

const OUTCOMES = Object.keys(OUTCOME).length;

/** What is added up of the deals of each slot. */
interface Running {
  readonly wonDated: Int32Array;
  readonly wonAmounts: RunningMean;
  readonly wonCycles: RunningMean;
  readonly closedCycles: RunningMean;
}

function addClosed(running: Running, columns: VelocityColumns, row: number, slot: number): void {
  const closed = columns.closed[row]!;
  const amount = columns.amounts[row]!;
  const cycle = closed - numberAt(columns.created, row);
  if (cycle >= 0) addValue(running.closedCycles, slot, cycle);
  if (columns.outcome[row] === OUTCOME.lost) return;
  if (!Number.isNaN(closed)) running.wonDated[slot]! += 1;
  if (cycle >= 0) addValue(running.wonCycles, slot, cycle);
  if (amount > 0) addValue(running.wonAmounts, slot, amount);
}

/**
 * The parts of the velocity of the deals of each slot, in one pass.
 * @param slotOf one a row: number of its slot from -1 on, which is the first; null for all in the first
 * @param select the deals with a 1, null for all
 */
export function velocityParts(
  columns: VelocityColumns,
  slotOf: Int16Array | null,
  slots: number,
  select: Uint8Array | null,
): VelocityParts[] {
  const { outcome } = columns;
  const deals = new Int32Array(slots * OUTCOMES);
  const running: Running = {
    wonDated: new Int32Array(slots),
    wonAmounts: emptyMeans(slots),
    wonCycles: emptyMeans(slots),
    closedCycles: emptyMeans(slots),
  };
  for (let row = 0; row < outcome.length; row += 1) {
    if (select !== null && select[row] !== 1) continue;
    const its = outcome[row]!;
    const slot = slotOf === null ? 0 : slotOf[row]! + 1;
    deals[slot * OUTCOMES + its]! += 1;
    if (its === OUTCOME.won || its === OUTCOME.lost) addClosed(running, columns, row, slot);
  }
  return Array.from(running.wonDated, (wonDated, slot) => ({
    open: deals[slot * OUTCOMES + OUTCOME.open]!,
    won: deals[slot * OUTCOMES + OUTCOME.won]!,
    lost: deals[slot * OUTCOMES + OUTCOME.lost]!,
    averageWonAmount: meanAt(running.wonAmounts, slot),
    wonWithAmount: running.wonAmounts.counts[slot]!,
    wonDated,
    wonCycle: cycleAt(running.wonCycles, slot),
    closedCycle: cycleAt(running.closedCycles, slot),
  }));
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
  const [parts] = velocityParts(velocityColumns(dataset), null, 1, select) as [VelocityParts];
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
  const amounts = numbersOf(dataset, 'amount');
  const deals = new Int32Array(dataset.currencies.length + 1);
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] === 1 && !Number.isNaN(amounts[row]!)) deals[dataset.currency[row]! + 1]! += 1;
  }
  const named = new Set(dataset.currencies.filter((name, index) => name !== NO_CURRENCY && deals[index + 1]! > 0));
  const known = deals.reduce((sum, count) => sum + count, 0);
  return { ...unknownFigure('count', 'snapshot', known), value: named.size };
};

/** Figures of how much is sold, and how fast. */
export const VELOCITY_FIGURES: Readonly<Record<string, FigureFunction>> = {
  velocity,
  output_per_day: outputPerDay,
  won_amount: wonAmount,
  currencies,
};
