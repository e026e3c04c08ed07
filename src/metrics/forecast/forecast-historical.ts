import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import {
  currentState,
  daysUntilAsOf,
  type JourneySummary,
  OUTCOME,
  summarizeJourneys,
} from '../../dataset/journeys/visits.ts';
import { openRowsOf, rowsOfOutcome, wonRowsOf } from '../row-facts.ts';
import { chanceUntil, lastingLonger, type ReadChance, type VisitCohort, visitCohorts } from './landmark-cohorts.ts';

/** Decided deals from which on a rate is read off the curve of its own group. */
const ENOUGH_DECIDED = 10;
/** Deals of the usual rate that stand beside those counted, so that few deals do not decide. */
const PRIOR_DEALS = 4;
/** Ages a stage is looked at, at most; the chances of the ages between are taken from a straight line. */
const MOST_LANDMARKS = 32;

/** The chances of the open deals by the deals before them. */
interface HistoricalForecast {
  /** The chance of the open deal in a row. */
  readonly chanceOf: (row: number) => number;
  /** One a row: how far each chance itself may be off, as a standard deviation; null where that is not computed. */
  readonly errors: Float64Array | null;
}

/** A rate counted on `of` deals, drawn towards the usual one: (w + m·p0) / (n + m) with w = rate·n and m = 4. */
export function shrunkRate(rate: number, of: number, usual: number): number {
  return (rate * of + PRIOR_DEALS * usual) / (of + PRIOR_DEALS);
}

interface Levels {
  readonly stages: readonly VisitCohort[];
  readonly all: ReadChance;
  readonly horizonDays: number;
}

interface AgedChance {
  readonly chance: number;
  readonly error: number;
}

/** Drawn towards the usual rate; its error is that of a share of as many deals, √(p(1 − p)/(n + m + 1)). */
function drawn({ share, decided }: ReadChance, usual: number): AgedChance {
  const chance = Math.min(1, Math.max(0, shrunkRate(share, decided, usual)));
  return { chance, error: Math.sqrt((chance * (1 - chance)) / (decided + PRIOR_DEALS + 1)) };
}

/** From the particular to the general, until enough deals were decided: stage and age, stage, all deals. */
function chancesAt({ stages, all, horizonDays }: Levels, stage: number, landmarks: Float64Array): AgedChance[] {
  const ofStage = chanceUntil(stages[stage]!, horizonDays);
  const general = drawn(ofStage.decided >= ENOUGH_DECIDED ? ofStage : all, all.share);
  let cohort = stages[stage]!;
  return Array.from(landmarks, (age) => {
    if (cohort.days.length < ENOUGH_DECIDED) return general;
    // Ascending: who stays longer than the next age has stayed longer than this one. At 0 nobody has moved on yet.
    if (age > 0) cohort = lastingLonger(cohort, age, cohort === stages[stage] ? undefined : cohort);
    const aged = chanceUntil(cohort, age + horizonDays);
    return aged.decided >= ENOUGH_DECIDED ? drawn(aged, all.share) : general;
  });
}

/** The ages at which a stage is looked at: each one of its open deals, or as many as are allowed, evenly among them. */
function landmarksOf(ages: Float64Array): Float64Array {
  const sorted = ages.toSorted();
  const distinct = sorted.filter((age, index) => index === 0 || age !== sorted[index - 1]);
  if (distinct.length <= MOST_LANDMARKS) return distinct;
  const step = (sorted.length - 1) / (MOST_LANDMARKS - 1);
  const chosen = Float64Array.from({ length: MOST_LANDMARKS }, (_, index) => sorted[Math.round(index * step)]!);
  return chosen.filter((age, index) => index === 0 || age !== chosen[index - 1]);
}

function between(low: AgedChance, high: AgedChance, part: number): AgedChance {
  return {
    chance: low.chance + part * (high.chance - low.chance),
    error: low.error + part * (high.error - low.error),
  };
}

/** The chance at an age, out of those at the landmarks. */
function chanceAt(landmarks: Float64Array, chances: readonly AgedChance[], age: number): AgedChance {
  let low = 0;
  let high = landmarks.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (landmarks[middle]! >= age) high = middle;
    else low = middle + 1;
  }
  if (landmarks[low] === age || low === 0) return chances[low]!;
  const from = landmarks[low - 1]!;
  return between(chances[low - 1]!, chances[low]!, (age - from) / (landmarks[low]! - from));
}

/** Days that each open deal has been in its stage; of a deal that the log does not know none: it has just come. */
function openAges({ asOfDay }: Dataset, { offsets, start, hasTime }: Journeys, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (deal) => {
    const after = offsets[deal + 1]!;
    return after === offsets[deal] ? 0 : daysUntilAsOf(start[after - 1]!, asOfDay, hasTime);
  });
}

function agedChances(dataset: Dataset, journeys: Journeys, levels: Levels): HistoricalForecast {
  const { stage } = currentState(dataset);
  const chances = new Float64Array(dataset.rowCount).fill(Number.NaN);
  const errors = chances.slice();
  for (let position = 0; position < dataset.stages.length; position += 1) {
    if (dataset.stages[position]!.kind !== 'open') continue;
    const rows = openRowsOf(dataset).filter((deal) => stage[deal] === position);
    const ages = openAges(dataset, journeys, rows);
    const landmarks = landmarksOf(ages);
    const atLandmarks = chancesAt(levels, position, landmarks);
    for (let index = 0; index < rows.length; index += 1) {
      const { chance, error } = chanceAt(landmarks, atLandmarks, ages[index]!);
      chances[rows[index]!] = chance;
      errors[rows[index]!] = error;
    }
  }
  return { chanceOf: (row) => chances[row]!, errors };
}

/** How many of some deals had been in each open stage, and all of them in the last place. */
function dealsByStage(rows: Int32Array, summary: JourneySummary | null): Int32Array {
  const stageCount = summary?.openStageCount ?? 0;
  const deals = new Int32Array(stageCount + 1);
  deals[stageCount] = rows.length;
  if (summary === null) return deals;
  for (let index = 0; index < rows.length; index += 1) {
    const first = rows[index]! * stageCount;
    for (let openStage = 0; openStage < stageCount; openStage += 1) {
      if (summary.firstEntry[first + openStage]! >= 0) deals[openStage]! += 1;
    }
  }
  return deals;
}

/** Win rates of the decided deals by the stages they had been in, each drawn towards the rate of all. */
function resolvedChances(dataset: Dataset, summary: JourneySummary | null): HistoricalForecast['chanceOf'] | null {
  const { stage } = currentState(dataset);
  const won = dealsByStage(wonRowsOf(dataset), summary);
  const lost = dealsByStage(rowsOfOutcome(dataset, OUTCOME.lost), summary);
  const decided = won.map((deals, openStage) => deals + lost[openStage]!);
  const stageCount = summary?.openStageCount ?? 0;
  const all = decided[stageCount]!;
  if (all === 0) return null;
  const usual = won[stageCount]! / all;
  const chanceOf = Float64Array.from(dataset.stages, (_, position) => {
    const openStage = summary?.openIndexOfStage[position] ?? -1;
    if (openStage < 0 || decided[openStage] === 0) return usual;
    return shrunkRate(won[openStage]! / decided[openStage]!, decided[openStage]!, usual);
  });
  return (row) => chanceOf[stage[row]!]!;
}

// Asked for by the forecasts and by what is said of them; datasets never change once they are built.
const known = new WeakMap<Dataset, Map<number, HistoricalForecast | null>>();

/**
 * Chance of each open deal to be won within a horizon (days, or Infinity), by the deals decided so far; null where none
 * was ever lost. From journeys by what became of the visits to the same stage that lasted as long; with fewer than
 * ten decided deals, and without journeys, by the bare win rates of the stages.
 */
export function historicalForecast(dataset: Dataset, horizonDays: number): HistoricalForecast | null {
  const ofDataset = known.get(dataset) ?? new Map<number, HistoricalForecast | null>();
  known.set(dataset, ofDataset);
  const read = ofDataset.get(horizonDays);
  if (read !== undefined) return read;
  const forecast = readForecast(dataset, horizonDays);
  ofDataset.set(horizonDays, forecast);
  return forecast;
}

function readForecast(dataset: Dataset, horizonDays: number): HistoricalForecast | null {
  // Where nobody ever lost, the lost deals are not in the file, and every chance would be 100 %.
  if (!currentState(dataset).outcome.includes(OUTCOME.lost)) return null;
  const { journeys } = dataset;
  const summary = journeys === null ? null : summarizeJourneys(journeys, dataset.stages);
  const resolved = (): HistoricalForecast | null => {
    const chanceOf = resolvedChances(dataset, summary);
    return chanceOf === null ? null : { chanceOf, errors: null };
  };
  if (journeys === null) return resolved();
  const cohorts = visitCohorts(dataset, journeys);
  const all = chanceUntil(cohorts.all, horizonDays);
  if (all.decided < ENOUGH_DECIDED) return resolved();
  return agedChances(dataset, journeys, { stages: cohorts.stages, all, horizonDays });
}
