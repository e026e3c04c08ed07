import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import {
  currentState,
  daysBetween,
  daysUntilAsOf,
  type JourneySummary,
  OUTCOME,
  summarizeJourneys,
} from '../../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { quantile } from '../../stats/quantile.ts';
import { sumAmounts } from '../amounts.ts';

/** The deals whose steps are counted. */
export interface StepCohort {
  /** Old enough that nine in ten won deals of their age are won, or, where these are too few, the deals decided. */
  readonly basis: 'matured' | 'decided';
  /** Age from which deals count as matured. */
  readonly windowDays: number | null;
  readonly deals: number;
  /** Of them still open: they count as not gone further than they are. */
  readonly open: number;
  /** Deals that reached each open stage or went beyond, and at the end those that are won. */
  readonly reached: readonly number[];
}

/** Deals that enter the funnel in a year. */
export interface YearlyVolume {
  readonly deals: number;
  /** Days of the past year that the log covers; the deals counted in them stand for 365. */
  readonly observedDays: number;
  readonly counted: number;
}

const MATURED_FROM = 30;
const WINDOW_QUANTILE = 0.9;
const YEAR_DAYS = 365;
/** Of a shorter stretch nobody can tell a year. */
const LEAST_DAYS = 30;

/** Days from the first stay of each deal to its last, NaN for deals without a history. */
function lastStayDays(dataset: Dataset, journeys: Journeys): Float64Array {
  const days = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    const [first, after] = [journeys.offsets[deal]!, journeys.offsets[deal + 1]!];
    if (first === after) continue;
    days[deal] = daysBetween(journeys.start[first]!, journeys.start[after - 1]!, journeys.hasTime);
  }
  return days;
}

/** Days since the first stay of each deal, NaN for deals without a history. */
function ageDays({ rowCount, asOfDay }: Dataset, journeys: Journeys): Float64Array {
  const ages = new Float64Array(rowCount).fill(Number.NaN);
  for (let deal = 0; deal < rowCount; deal += 1) {
    const first = journeys.offsets[deal]!;
    if (first === journeys.offsets[deal + 1]!) continue;
    ages[deal] = daysUntilAsOf(journeys.start[first]!, asOfDay, journeys.hasTime);
  }
  return ages;
}

/** The 90th percentile of the days to winning, rounded up; null without a won deal. */
function usualWindow(dataset: Dataset, journeys: Journeys): number | null {
  const { outcome } = currentState(dataset);
  const days = lastStayDays(dataset, journeys);
  const won = days.filter((length, deal) => outcome[deal] === OUTCOME.won && !Number.isNaN(length));
  const window = quantile(won, WINDOW_QUANTILE);
  return window === null ? null : Math.ceil(window);
}

function countCohort(dataset: Dataset, { reach, openStageCount }: JourneySummary, isIn: (deal: number) => boolean) {
  const { outcome } = currentState(dataset);
  const reached = new Array<number>(openStageCount + 1).fill(0);
  let open = 0;
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (reach[deal]! < 0 || !isIn(deal)) continue;
    reached[reach[deal]!]! += 1;
    if (outcome[deal] === OUTCOME.open) open += 1;
  }
  for (let step = openStageCount - 1; step >= 0; step -= 1) reached[step]! += reached[step + 1]!;
  return { deals: reached[0]!, open, reached };
}

/** How far deals get that have had the time to. */
export function stepCohort(dataset: Dataset, journeys: Journeys, givenWindowDays: number | null): StepCohort {
  const summary = summarizeJourneys(journeys, dataset.stages);
  const windowDays = givenWindowDays ?? usualWindow(dataset, journeys);
  if (windowDays !== null) {
    const ages = ageDays(dataset, journeys);
    const matured = countCohort(dataset, summary, (deal) => ages[deal]! >= windowDays);
    if (matured.deals >= MATURED_FROM && matured.reached.at(-1)! > 0)
      return { basis: 'matured', windowDays, ...matured };
  }
  const { outcome } = currentState(dataset);
  const isDecided = (deal: number): boolean => outcome[deal] === OUTCOME.won || outcome[deal] === OUTCOME.lost;
  return { basis: 'decided', windowDays, ...countCohort(dataset, summary, isDecided) };
}

/** Deals that entered in the past year, or in as much of it as the log covers; null for less than a month. */
export function yearlyVolume({ rowCount, asOfDay }: Dataset, { offsets, start }: Journeys): YearlyVolume | null {
  let earliest = asOfDay;
  let counted = 0;
  for (let deal = 0; deal < rowCount; deal += 1) {
    const first = offsets[deal]!;
    if (first === offsets[deal + 1]!) continue;
    const day = Math.floor(start[first]! / DAY_MILLIS);
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
