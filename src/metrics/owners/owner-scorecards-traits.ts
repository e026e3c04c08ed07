import { numberAt } from '../../dataset/cells.ts';
import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { currentState, type JourneySummary, OUTCOME, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import { type CompletenessCounts, countRequired } from '../completeness/completeness-counts.ts';
import { requiredFields } from '../completeness/required-fields.ts';
import { dwellStudies } from '../dwell/dwell-study.ts';
import { stayDaysBy, stayMeasureOf } from '../dwell/dwell-visits.ts';

/** Quarters that won deals are counted by: that of the as-of day and those before it. */
export const QUARTERS = 8;

/** What a scorecard counts, one entry a deal; NaN where it is unknown or the deal has none. */
export interface DealTraits {
  /** An `OUTCOME`. */
  readonly outcome: Uint8Array;
  /** Days from creation to close of won deals. */
  readonly cycleDays: Float64Array;
  /** Days since the last activity of open deals; null without such a column. */
  readonly idleDays: Float64Array | null;
  /** 1 for open deals past their close date, 0 for other open ones; null without such a column. */
  readonly pastDue: Float64Array | null;
  /** 1 for open deals stuck in their stage, 0 for other ones of which that can be told; null without a history. */
  readonly stalled: Float64Array | null;
  /** 1 for deals that jumped over a stage; null without a history. */
  readonly skipped: Float64Array | null;
  /** Days in the first stage of the funnel, on the first visit; null without a history. */
  readonly firstStageDays: Float64Array | null;
  /** 1 where that visit has ended. */
  readonly firstStageEnded: Uint8Array;
  /** Required fields, and those of them that are filled; null where no field is required. */
  readonly cells: CompletenessCounts | null;
  /** Number of the quarter in which a deal was won, the oldest first; -1 for others. */
  readonly wonQuarter: Int8Array;
  /** First days of the quarters. */
  readonly quarters: readonly number[];
}

type JourneyTraits = Pick<DealTraits, 'stalled' | 'skipped' | 'firstStageDays' | 'firstStageEnded'>;

function perDeal(dataset: Dataset): Float64Array {
  return new Float64Array(dataset.rowCount).fill(Number.NaN);
}

/** Whether open deals have been in their stage for longer than 1.5 times what is typical of it. */
function stalledDeals(dataset: Dataset, journeys: Journeys): Float64Array {
  const stalled = perDeal(dataset);
  for (const { dwell, openDeal, openDays } of dwellStudies(dataset, journeys)) {
    const limit = dwell.thresholdDays;
    if (limit === null) continue;
    for (let at = 0; at < openDeal.length; at += 1) stalled[openDeal[at]!] = Number(openDays[at]! > limit);
  }
  return stalled;
}

/** Whether deals that got beyond the first stage jumped over one. */
function skippedDeals(dataset: Dataset, { reach, firstEntry, openStageCount }: JourneySummary): Float64Array {
  const skipped = perDeal(dataset);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (reach[deal]! < 1) continue;
    const from = deal * openStageCount;
    skipped[deal] = Number(firstEntry.subarray(from, from + reach[deal]!).includes(-1));
  }
  return skipped;
}

function journeyTraits(dataset: Dataset): JourneyTraits {
  const { journeys, stages, rowCount } = dataset;
  const firstStageEnded = new Uint8Array(rowCount);
  if (journeys === null) return { stalled: null, skipped: null, firstStageDays: null, firstStageEnded };
  const summary = summarizeJourneys(journeys, stages);
  const firstStageDays = perDeal(dataset);
  const daysOf = stayDaysBy(dataset, journeys, stayMeasureOf(dataset));
  for (let deal = 0; deal < rowCount && summary.openStageCount > 0; deal += 1) {
    const entry = summary.firstEntry[deal * summary.openStageCount]!;
    if (entry < 0) continue;
    firstStageDays[deal] = daysOf(entry);
    firstStageEnded[deal] = Number.isNaN(journeys.end[entry]!) ? 0 : 1;
  }
  const skipped = skippedDeals(dataset, summary);
  return { stalled: stalledDeals(dataset, journeys), skipped, firstStageDays, firstStageEnded };
}

function dateColumn(dataset: Dataset, fields: readonly string[]) {
  const columns = fields.flatMap((field) => dataset.columns.get(field) ?? []);
  return columns.find(({ type }) => type === 'date') ?? null;
}

function wonQuarters(dataset: Dataset, outcome: Uint8Array): Pick<DealTraits, 'wonQuarter' | 'quarters'> {
  const last = periodStart(dataset.asOfDay, 'quarter');
  const quarters = Array.from({ length: QUARTERS }, (_, index) =>
    shiftPeriods(last, 'quarter', index - (QUARTERS - 1)),
  );
  const wonQuarter = new Int8Array(dataset.rowCount).fill(-1);
  const column = dateColumn(dataset, ['closed', 'close']);
  if (column === null) return { wonQuarter, quarters };
  const ofCode = Int8Array.from(column.numbers, (day) =>
    Number.isNaN(day) ? -1 : quarters.indexOf(periodStart(day, 'quarter')),
  );
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (outcome[deal] === OUTCOME.won) wonQuarter[deal] = ofCode[column.codes[deal]!]!;
  }
  return { wonQuarter, quarters };
}

/** Days from creation to close of won deals. */
function cycleDaysOf(dataset: Dataset, outcome: Uint8Array): Float64Array {
  const days = perDeal(dataset);
  const created = dateColumn(dataset, ['created']);
  const closed = dateColumn(dataset, ['closed', 'close']);
  if (created === null || closed === null) return days;
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (outcome[deal] !== OUTCOME.won) continue;
    const length = numberAt(closed, deal) - numberAt(created, deal);
    if (length >= 0) days[deal] = length;
  }
  return days;
}

/** A number of each open deal by the day in one of its columns, NaN where it has none; null without the column. */
function ofOpenDeals(
  dataset: Dataset,
  outcome: Uint8Array,
  field: string,
  numberOf: (day: number) => number,
): Float64Array | null {
  const column = dateColumn(dataset, [field]);
  if (column === null) return null;
  const numbers = perDeal(dataset);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    const day = numberAt(column, deal);
    if (outcome[deal] === OUTCOME.open && !Number.isNaN(day)) numbers[deal] = numberOf(day);
  }
  return numbers;
}

/** What scorecards count of each deal. */
export function dealTraits(dataset: Dataset): DealTraits {
  const { asOfDay } = dataset;
  const { outcome } = currentState(dataset);
  const required = requiredFields(dataset);
  const counts = required.fields.length === 0 ? null : countRequired(dataset, required);
  return {
    outcome,
    cycleDays: cycleDaysOf(dataset, outcome),
    idleDays: ofOpenDeals(dataset, outcome, 'activity', (day) => Math.max(0, asOfDay - day)),
    pastDue: ofOpenDeals(dataset, outcome, 'close', (day) => Number(day < asOfDay)),
    cells: counts,
    ...wonQuarters(dataset, outcome),
    ...journeyTraits(dataset),
  };
}
