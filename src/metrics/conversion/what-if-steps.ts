import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { currentState, type JourneySummary, OUTCOME, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { sumAmounts } from '../amounts.ts';
import type { CreatedCohort } from '../win/win-rate-cohort.ts';
import { type CohortRates, cohortRates } from './cohort-rates.ts';
import { CAUSE, stageCohorts } from './conversion-cohorts.ts';
import { countReached } from './conversion-counts.ts';

/** A headline rate: counted where enough deals have had the time, else estimated, and then without a count. */
export interface HeadlineFigure {
  /** Null with fewer than five deals. */
  readonly value: number | null;
  readonly count: number | null;
  readonly of: number;
  readonly interval: readonly [number, number] | null;
  readonly basis: 'matured' | 'estimated' | null;
}

/** The deals that the win rate is of. */
export interface StepCohort {
  readonly basis: 'matured' | 'estimated';
  /** Days from creation within which deals are won, or not. */
  readonly windowDays: number;
  readonly deals: number;
  /** Of them still open. */
  readonly open: number;
  /** Deals that reached each open stage or went beyond, and at the end those that are won. */
  readonly reached: readonly number[];
}

/** Deals that are created in a year. */
export interface YearlyVolume {
  readonly deals: number;
  /** Days of the past year that the file covers; the deals counted in them stand for 365. */
  readonly observedDays: number;
  readonly counted: number;
}

/** With fewer deals nothing is said. */
const TOLD_FROM = 5;
const YEAR_DAYS = 365;
/** Of a shorter stretch nobody can tell a year. */
const LEAST_DAYS = 30;

/** What the report shows as the headline of a cohort. */
export function headlineOf({ headline, matured, estimated }: CohortRates): HeadlineFigure {
  const unknown = { value: null, count: null, of: estimated?.of ?? 0, interval: null, basis: null };
  if (headline === 'matured' && matured !== null) return { ...matured, basis: 'matured' };
  if (estimated === null || estimated.value === null || estimated.of < TOLD_FROM) return unknown;
  return { ...estimated, count: null, basis: 'estimated' };
}

/** The headline of each open stage, in funnel order: the same numbers as stage conversion shows. */
export function stepHeadlines(
  dataset: Dataset,
  journeys: Journeys,
  windowDays: number | null,
): readonly HeadlineFigure[] {
  const summary: JourneySummary = summarizeJourneys(journeys, dataset.stages);
  return stageCohorts(dataset, journeys, summary).map((cohort) => headlineOf(cohortRates(cohort, windowDays)));
}

/** The deals behind the win rate: those that have had the time, or all where it is estimated. */
export function stepCohort(
  dataset: Dataset,
  journeys: Journeys,
  cohort: CreatedCohort,
  { basis, windowDays }: Pick<StepCohort, 'basis' | 'windowDays'>,
): StepCohort {
  const select = new Uint8Array(dataset.rowCount);
  let deals = 0;
  let open = 0;
  for (let member = 0; member < cohort.deal.length; member += 1) {
    if (basis === 'matured' && cohort.followUpDays[member]! < windowDays) continue;
    select[cohort.deal[member]!] = 1;
    deals += 1;
    if (cohort.cause[member] === CAUSE.pending) open += 1;
  }
  const reached = countReached(summarizeJourneys(journeys, dataset.stages), select);
  return { basis, windowDays, deals, open, reached: [...reached] };
}

/** Deals created in the past year, or in as much of it as the file covers; null for less than a month. */
export function yearlyVolume({ asOfDay }: Dataset, { createdDay }: CreatedCohort): YearlyVolume | null {
  let earliest = asOfDay;
  let counted = 0;
  for (let member = 0; member < createdDay.length; member += 1) {
    const day = createdDay[member]!;
    if (day < earliest) earliest = day;
    if (day > asOfDay - YEAR_DAYS) counted += 1;
  }
  const observedDays = Math.min(YEAR_DAYS, asOfDay - earliest + 1);
  return observedDays < LEAST_DAYS ? null : { deals: (counted * YEAR_DAYS) / observedDays, observedDays, counted };
}

/** What a won deal brings on average, by currency: of the won deals with an amount, in whatever currency. */
export function averageWon(dataset: Dataset): { readonly deals: number; readonly amounts: Record<string, number> } {
  const { outcome } = currentState(dataset);
  const won = outcome.map((each) => Number(each === OUTCOME.won));
  const groups = sumAmounts(
    dataset,
    Int32Array.from(won, (isWon) => isWon - 1),
    1,
  );
  const { dealsWithAmount, amounts } = groups[0]!;
  const averages = Object.entries(amounts).map(([currency, sum]) => [currency, sum / dealsWithAmount] as const);
  return { deals: dealsWithAmount, amounts: Object.fromEntries(averages) };
}
