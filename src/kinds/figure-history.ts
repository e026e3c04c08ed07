import { numberAt } from '../dataset/cells.ts';
import type { Dataset, Journeys } from '../dataset/dataset.ts';
import { summarizeJourneys } from '../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../dataset/values/calendar.ts';
import { periodStart, shiftPeriods } from '../dataset/values/periods.ts';
import type { FigureArgument, FigureCall, FigureOptions, Period } from '../ruleset/expression/expression.ts';
import { countRatioInterval } from '../stats/count-ratio.ts';
import type { Figure } from '../stats/figure.ts';
import type { FigureScope } from './define.ts';

const USUAL_PERIOD = 'month';
const USUAL_PERIODS = 3;
/** Figures of closed deals: these belong to the period in which they were closed. */
const BY_CLOSE: readonly string[] = ['win_rate', 'win_value_rate', 'decided', 'cycle', 'won_amount'];
/** Figures that add up: their past is the mean of the periods, where others are taken over all deals of them. */
const ADDITIVE: readonly string[] = ['count', 'sum', 'entries', 'decided', 'resolved', 'known', 'won_amount'];

/** Computes the figure for some deals. */
export type FigureOf = (select: Uint8Array, options: FigureOptions) => Figure;

export interface PastAndPresent {
  /** Of the last complete period. */
  readonly present: Figure;
  /** Of the periods before it. */
  readonly past: Figure;
  /** 95 % interval of present ÷ past, where both are counts that add up. */
  readonly ratio: readonly [number, number] | null;
}

/**
 * A figure of the deals of the last complete period, and of those of the `periods` before it. A deal belongs to the
 * period in which it first entered the stage the figure is of, in which it was closed (figures of closed deals), or in
 * which it was created. Where each deal is given `windowDays` to move on, a period is complete once all of its deals
 * have had them. Periods that were over before the first deal of the data hold no zero: nothing is known of them.
 */
export function pastAndPresent(
  call: FigureCall,
  figureOf: FigureOf,
  {
    dataset,
    scope,
    options,
  }: { readonly dataset: Dataset; readonly scope: FigureScope; readonly options: FigureOptions },
): PastAndPresent {
  const period = options.period ?? USUAL_PERIOD;
  const periods = options.periods ?? USUAL_PERIODS;
  const waitDays = options.windowDays === null ? 0 : Math.max(0, Math.ceil(options.windowDays) - 1);
  const until = periodStart(dataset.asOfDay - waitDays, period);
  const from = shiftPeriods(until, period, -1);
  const days = cohortDays(call, dataset);
  const past = figureOf(within(scope.select, days, shiftPeriods(from, period, -periods), from), options);
  const present = figureOf(within(scope.select, days, from, until), options);
  if (!ADDITIVE.includes(call.figure) || past.value === null) return { present, past, ratio: null };
  const known = knownPeriods(days, from, { period, periods });
  return {
    present,
    past: { ...past, value: known === 0 ? null : past.value / known },
    ratio: known === 0 ? null : countRatio(present, past, known),
  };
}

/** How many of the periods before a day are not over before the first deal. */
function knownPeriods(
  days: Float64Array,
  from: number,
  { period, periods }: { readonly period: Period; readonly periods: number },
): number {
  let first = Number.POSITIVE_INFINITY;
  for (const day of days) if (day < first) first = day;
  let known = 0;
  while (known < periods && shiftPeriods(from, period, -known) > first) known += 1;
  return known;
}

/** Chance has its part in how many deals come in a period, as in any count. */
function countRatio(present: Figure, past: Figure, periods: number): readonly [number, number] | null {
  if (present.unit !== 'count' || present.value === null || past.value === null) return null;
  return countRatioInterval(present.value, past.value, periods);
}

function within(select: Uint8Array, days: Float64Array, from: number, until: number): Uint8Array {
  const chosen = new Uint8Array(select.length);
  for (let row = 0; row < select.length; row++) {
    const day = days[row] as number;
    if (select[row] === 1 && day >= from && day < until) chosen[row] = 1;
  }
  return chosen;
}

/** Day by which each deal belongs to a period, NaN where it is not known. */
function cohortDays({ figure, args }: FigureCall, dataset: Dataset): Float64Array {
  const [first] = args;
  if (first?.type === 'stage') return entryDays(first, dataset);
  if (BY_CLOSE.includes(figure)) return firstKnown(dataset, ['closed', 'close']);
  return firstKnown(dataset, ['created']);
}

function entryDays({ stage }: Extract<FigureArgument, { type: 'stage' }>, dataset: Dataset): Float64Array {
  const days = new Float64Array(dataset.rowCount).fill(Number.NaN);
  const { journeys, stages } = dataset;
  const position = stages.findIndex(({ id }) => id === stage);
  if (journeys === null || stages[position]?.kind !== 'open') return days;
  const { openStageCount, openIndexOfStage, firstEntry } = summarizeJourneys(journeys, stages);
  const openStage = openIndexOfStage[position] as number;
  for (let deal = 0; deal < days.length; deal++) {
    const entry = firstEntry[deal * openStageCount + openStage] as number;
    if (entry >= 0) days[deal] = dayOfStay(journeys, entry);
  }
  return days;
}

function dayOfStay(journeys: Journeys, stay: number): number {
  return Math.floor((journeys.start[stay] as number) / DAY_MILLIS);
}

function firstKnown(dataset: Dataset, fields: readonly string[]): Float64Array {
  const days = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (const field of fields) {
    const column = dataset.columns.get(field);
    if (column?.type !== 'date') continue;
    for (let row = 0; row < days.length; row++) {
      if (Number.isNaN(days[row])) days[row] = numberAt(column, row);
    }
  }
  return days;
}
