import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { closedDays } from '../closing-days.ts';
import { type CohortRates, cohortRates, usualWindow } from '../conversion/cohort-rates.ts';
import { CAUSE, type StageCohort } from '../conversion/conversion-cohorts.ts';
import { isFromFirstExport } from '../first-export.ts';
import { shareOf } from '../rate.ts';

/** The deals from their creation on: `advanced` is won, `pending` neither won nor lost. Parallel arrays, a deal each. */
export interface CreatedCohort extends StageCohort {
  /** Day number. */
  readonly createdDay: Float64Array;
  /** Deals left out: created on no known day or after the as-of day, or closed on none, or before they were created. */
  readonly undatedDeals: number;
}

/** What share of the deals is won within the window, by created cohort. */
export interface CreatedCohortRates extends CohortRates {
  readonly deals: number;
  readonly undatedDeals: number;
  readonly definition: Text;
}

/** First day of a deal in the history, for deals without a creation date; NaN for none, or older than all exports. */
function firstDay(dataset: Dataset, row: number): number {
  const { journeys } = dataset;
  if (journeys === null) return Number.NaN;
  const first = journeys.offsets[row]!;
  if (journeys.offsets[row + 1] === first || isFromFirstExport(dataset, first, row)) return Number.NaN;
  return Math.floor(journeys.start[first]! / DAY_MILLIS);
}

// Half a dozen metrics start from these; datasets never change once they are built.
const creations = new WeakMap<Dataset, Float64Array>();

/** By row: the day number a deal was created on, else of its first change; NaN where unknown. Not to be written to. */
export function createdDays(dataset: Dataset): Float64Array {
  const known = creations.get(dataset);
  if (known !== undefined) return known;
  const days = readCreatedDays(dataset);
  creations.set(dataset, days);
  return days;
}

function readCreatedDays(dataset: Dataset): Float64Array {
  const column = dataset.columns.get('created');
  const created = column?.type === 'date' ? column : undefined;
  const days = new Float64Array(dataset.rowCount);
  for (let row = 0; row < days.length; row += 1) {
    const day = numberAt(created, row);
    days[row] = Number.isNaN(day) ? firstDay(dataset, row) : Math.floor(day);
  }
  return days;
}

/** By row: days from creation to Won; NaN for deals not won, without the dates, or closed before they were created. */
export function wonCycleDays(dataset: Dataset): Float64Array {
  const { outcome } = currentState(dataset);
  const created = createdDays(dataset);
  const closed = closedDays(dataset);
  const days = new Float64Array(dataset.rowCount);
  for (let row = 0; row < days.length; row += 1) {
    const cycle = closed[row]! - created[row]!;
    days[row] = outcome[row] === OUTCOME.won && cycle >= 0 ? cycle : Number.NaN;
  }
  return days;
}

/** Share of the closed deals whose closing day may be unknown before older deals as a whole mislead. */
const MOST_UNKNOWN = 0.1;
const CAUSE_OF_OUTCOME = Int8Array.from([-1, CAUSE.pending, CAUSE.advanced, CAUSE.lost, CAUSE.pending]);

const cohorts = new WeakMap<Dataset, CreatedCohort>();

/**
 * All deals with a known stage from their creation to Won, to Lost, or to the as-of day. Further calls for the same
 * dataset are free.
 */
export function createdCohort(dataset: Dataset): CreatedCohort {
  const known = cohorts.get(dataset);
  if (known !== undefined) return known;
  const cohort = readCohort(dataset);
  cohorts.set(dataset, cohort);
  return cohort;
}

/**
 * The day from which on created deals are followed all their life. Of older deals those that were closed before the
 * first export have to be left out where nobody knows when that was, and those that are left are the slow ones.
 */
function followedFromDay(dataset: Dataset, closed: Float64Array): number {
  const first = dataset.snapshots?.days[0];
  if (first === undefined) return Number.NEGATIVE_INFINITY;
  const { outcome } = currentState(dataset);
  let decided = 0;
  let unknown = 0;
  for (let row = 0; row < closed.length; row += 1) {
    if (outcome[row] !== OUTCOME.won && outcome[row] !== OUTCOME.lost) continue;
    decided += 1;
    if (Number.isNaN(closed[row])) unknown += 1;
  }
  return unknown > MOST_UNKNOWN * decided ? first : Number.NEGATIVE_INFINITY;
}

function readCohort(dataset: Dataset): CreatedCohort {
  const { outcome } = currentState(dataset);
  const { asOfDay, rowCount } = dataset;
  const created = createdDays(dataset);
  const closed = closedDays(dataset);
  const fromDay = followedFromDay(dataset, closed);
  const deal = new Int32Array(rowCount);
  const createdDay = new Float64Array(rowCount);
  const eventDays = new Float64Array(rowCount);
  const followUpDays = new Float64Array(rowCount);
  const cause = new Uint8Array(rowCount);
  let size = 0;
  let undatedDeals = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const its = CAUSE_OF_OUTCOME[outcome[row]!]!;
    if (its < 0) continue;
    const start = created[row]!;
    const end = its === CAUSE.pending ? asOfDay : closed[row]!;
    if (!(start >= fromDay && start <= asOfDay && end >= start && end <= asOfDay)) {
      undatedDeals += 1;
      continue;
    }
    deal[size] = row;
    createdDay[size] = start;
    eventDays[size] = end - start;
    followUpDays[size] = asOfDay - start;
    cause[size] = its;
    size += 1;
  }
  return {
    deal: deal.subarray(0, size),
    createdDay: createdDay.subarray(0, size),
    eventDays: eventDays.subarray(0, size),
    followUpDays: followUpDays.subarray(0, size),
    cause: cause.subarray(0, size),
    undatedDeals,
  };
}

const DEFINITION: Text = {
  en: 'won within the window / all created at least the window ago; estimated (Aalen–Johansen, open deals as far as they got) while fewer than 30 are that old',
  zh: '观察期内赢单 ÷ 创建已满观察期的全部单；满期的不足 30 单时改为估算（Aalen–Johansen，在途单计到基准日）',
};

/**
 * Days a deal is given to be won: the 90th percentile of the days from creation to Won, rounded up. Null where no deal
 * was won, or so many on the day they were created that these dates say nothing of how long it takes.
 */
export function winWindow(cohort: CreatedCohort): number | null {
  const days = usualWindow(cohort);
  return days !== null && days > 0 ? days : null;
}

const NO_RATES = { windowDays: null, windowFrom: null, matured: null, estimated: null, headline: null } as const;

/** The share won within the window; null where no deal says when it was created. */
export function createdCohortRates(cohort: CreatedCohort): CreatedCohortRates | null {
  if (cohort.deal.length === 0) return null;
  const windowDays = winWindow(cohort);
  const rates = windowDays === null ? NO_RATES : { ...cohortRates(cohort, windowDays), windowFrom: 'p90' as const };
  return { ...rates, deals: cohort.deal.length, undatedDeals: cohort.undatedDeals, definition: DEFINITION };
}

const ESTIMATED: Text = {
  en: '≈{rate} ({interval}), estimated from {deals}',
  zh: '约 {rate}（{interval}），由 {deals} 单估算',
};
const ESTIMATED_BARE: Text = { en: '≈{rate}, estimated from {deals}', zh: '约 {rate}，由 {deals} 单估算' };
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;

/** The headline for people: a matured share with its counts, or an estimate marked as one; null where there is none. */
export function cohortText(rates: CohortRates | null, translator: Translator): string | null {
  if (rates === null || rates.headline === null || rates.estimated === null) return null;
  if (rates.headline === 'matured' && rates.matured !== null) return shareOf(rates.matured, translator);
  const { value, of, interval } = rates.estimated;
  if (of < PERCENT_FROM || value === null) {
    return rates.matured === null ? null : translator.share(rates.matured.count, rates.matured.of);
  }
  const rate = translator.percent(value, 0);
  if (interval === null) return translator.text(ESTIMATED_BARE, { rate, deals: of });
  const range = `${translator.number(interval[0] * 100, 0)}–${translator.percent(interval[1], 0)}`;
  return translator.text(ESTIMATED, { rate, interval: range, deals: of });
}
