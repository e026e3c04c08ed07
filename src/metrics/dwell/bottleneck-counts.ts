import { numberAt } from '../../dataset/cells.ts';
import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { median } from '../../stats/quantile.ts';
import { addCompensated, currencyCode, sumAmounts } from '../amounts.ts';
import { headlineRate, stageWindow } from '../conversion/cohort-rates.ts';
import { CAUSE, type StageCohort, stageCohorts } from '../conversion/conversion-cohorts.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import type { MetricContext } from '../define.ts';
import { type OpenStage, olderThan } from './stalled-deals.ts';
import { stagesOfHistory } from './stalled-stages.ts';

type Amounts = Readonly<Record<string, number>>;

/** Going on from a stage: the headline of the conversion metric. */
export interface StageRate {
  readonly value: number | null;
  /** Deals it rests on. */
  readonly of: number;
  /** 95 %. */
  readonly interval: readonly [number, number] | null;
  readonly headline: 'matured' | 'estimated' | null;
}

export interface StageLoss {
  readonly conversion: StageRate;
  readonly lostDeals: number;
  readonly lostAmounts: Amounts;
}

/** Deals that have been in the stage for more than 1.5 times what is typical. */
export interface StageStuck extends DealsBehind {
  /** Null with few visits: then nothing is judged. */
  readonly typicalDays: number | null;
  readonly thresholdDays: number | null;
  readonly stuckDeals: number;
  readonly stuckAmounts: Amounts;
  /** Days beyond what is typical, of all these deals together. */
  readonly excessDays: number;
  /** These days times the amount of the deal, in currency times days. */
  readonly excessAmountDays: Amounts;
}

function rateOfCohort(cohort: StageCohort, givenWindowDays: number | null): StageRate {
  const windowDays = stageWindow(cohort, givenWindowDays);
  if (windowDays === null || cohort.deal.length === 0) {
    return { value: null, of: cohort.deal.length, interval: null, headline: null };
  }
  const rate = headlineRate(cohort, windowDays);
  const { value, of, interval } = rate.headline === 'matured' ? rate.matured : rate.estimated;
  return { value, of, interval, headline: rate.headline };
}

/** What each open stage lost, in funnel order. */
export function stageLosses({ dataset, windowDays }: MetricContext, journeys: Journeys): StageLoss[] {
  const cohorts = stageCohorts(dataset, journeys, summarizeJourneys(journeys, dataset.stages));
  return cohorts.map((cohort) => {
    const groupOf = new Int8Array(dataset.rowCount).fill(-1);
    for (let member = 0; member < cohort.deal.length; member += 1) {
      if (cohort.cause[member] === CAUSE.lost) groupOf[cohort.deal[member]!] = 0;
    }
    const [lost] = sumAmounts(dataset, groupOf, 1);
    return {
      conversion: rateOfCohort(cohort, windowDays),
      lostDeals: lost?.deals ?? 0,
      lostAmounts: lost?.amounts ?? {},
    };
  });
}

/** What waits in each open stage, in funnel order. */
export function stageStuck({ dataset, details }: MetricContext, journeys: Journeys): StageStuck[] {
  return stagesOfHistory(dataset, journeys).map((stage) => {
    const { typicalDays, limitDays } = stage;
    if (typicalDays === null || limitDays === null) return NOT_JUDGED;
    const { rows, days } = beyond(stage, limitDays, typicalDays);
    const groupOf = new Int8Array(dataset.rowCount).fill(-1);
    for (const row of rows) groupOf[row] = 0;
    const [stuck] = sumAmounts(dataset, groupOf, 1);
    return {
      typicalDays,
      thresholdDays: limitDays,
      stuckDeals: rows.length,
      stuckAmounts: stuck?.amounts ?? {},
      excessDays: days.reduce((total, each) => total + each, 0),
      excessAmountDays: amountDays(dataset, rows, days),
      ...dealsBehind(dataset, details, () => rows),
    };
  });
}

const NOT_JUDGED: StageStuck = {
  typicalDays: null,
  thresholdDays: null,
  stuckDeals: 0,
  stuckAmounts: {},
  excessDays: 0,
  excessAmountDays: {},
};

function beyond(stage: OpenStage, limitDays: number, typicalDays: number) {
  const older = olderThan(stage, limitDays);
  return {
    rows: older.map((each) => stage.rows[each]!),
    days: older.map((each) => stage.ages[each]! - typicalDays),
  };
}

function amountDays(dataset: Dataset, rows: readonly number[], days: readonly number[]): Amounts {
  const column = dataset.columns.get('amount');
  const width = dataset.currencies.length + 1;
  const sums = new Float64Array(width);
  const lost = new Float64Array(width);
  const known = new Uint8Array(width);
  for (const [index, row] of rows.entries()) {
    const amount = numberAt(column, row);
    if (Number.isNaN(amount)) continue;
    const slot = dataset.currency[row]! + 1;
    known[slot] = 1;
    addCompensated(sums, lost, slot, amount * days[index]!);
  }
  const slots = Array.from(known.keys()).filter((slot) => known[slot] === 1);
  return Object.fromEntries(
    slots
      .map((slot) => [currencyCode(dataset, slot - 1), sums[slot]! + lost[slot]!] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What a stage is measured against. */
export interface StageBenchmark {
  readonly value: number;
  /** The rules file, or the median of the stages of this funnel. */
  readonly from: 'rules' | 'median';
}

const BENCHMARK_FIGURES = ['conversion', 'pass_through'];
/** A stage with fewer deals says nothing of the others. */
const MEDIAN_FROM_DEALS = 5;

/** What each open stage is measured against; null where neither the rules nor other stages say. */
export function stageBenchmarks(dataset: Dataset, losses: readonly StageLoss[]): (StageBenchmark | null)[] {
  const { benchmarks } = dataset.ruleset;
  const rates = losses.flatMap(({ conversion: { value, of } }) =>
    value === null || of < MEDIAN_FROM_DEALS ? [] : [value],
  );
  const typical = rates.length < 2 ? null : median(rates);
  return dataset.stages
    .filter(({ kind }) => kind === 'open')
    .map(({ id }) => {
      const own = benchmarks.find(
        ({ figure, stage, unit }) => BENCHMARK_FIGURES.includes(figure) && unit === 'rate' && stage === id,
      );
      if (own !== undefined) return { value: own.value, from: 'rules' };
      return typical === null ? null : { value: typical, from: 'median' };
    });
}
