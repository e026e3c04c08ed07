import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import {
  currentState,
  daysBetween,
  daysUntilAsOf,
  type JourneySummary,
  OUTCOME,
  summarizeJourneys,
} from '../../dataset/journeys/visits.ts';
import { aalenJohansen, conditionalIncidence, type IncidenceCurves, incidenceAt } from '../../stats/competing-risks.ts';
import { lastIndexAt } from '../../stats/risk-set.ts';

/** Decided deals from which on a rate is read off the curve of its own group. */
const ENOUGH_DECIDED = 10;
/** Deals of the usual rate that stand beside those counted, so that few deals do not decide. */
const PRIOR_DEALS = 4;
const WON = 1;
const LOST = 2;

/** What became of the deals that came to one stage, from their first entry on. */
interface DecidedCohort {
  readonly curves: IncidenceCurves;
  /** Days to the decision of the decided ones, ascending. */
  readonly decidedDays: Float64Array;
}

/** A rate counted on `of` deals, drawn towards the usual one: (w + m·p0) / (n + m) with w = rate·n and m = 4. */
export function shrunkRate(rate: number, of: number, usual: number): number {
  return (rate * of + PRIOR_DEALS * usual) / (of + PRIOR_DEALS);
}

/** Deals decided after an age. */
function decidedAfter({ decidedDays }: DecidedCohort, age: number): number {
  return decidedDays.length - 1 - lastIndexAt(decidedDays, age);
}

/** The cohort of an open stage, or of all deals from their first stay on (`openStage` null). */
function cohortOf(
  { asOfDay, stages }: Dataset,
  journeys: Journeys,
  summary: JourneySummary,
  openStage: number | null,
): DecidedCohort {
  const deals = summary.furthest.length;
  const days = new Float64Array(deals);
  const causes = new Uint8Array(deals);
  let size = 0;
  for (let deal = 0; deal < deals; deal += 1) {
    const first = journeys.offsets[deal]!;
    const last = journeys.offsets[deal + 1]! - 1;
    const entry = openStage === null ? first : summary.firstEntry[deal * summary.openStageCount + openStage]!;
    if (last < first || entry < 0) continue;
    const kind = stages[journeys.stage[last]!]!.kind;
    const start = journeys.start[entry]!;
    const isDecided = kind === 'won' || kind === 'lost';
    if (isDecided) causes[size] = kind === 'won' ? WON : LOST;
    days[size] = isDecided
      ? daysBetween(start, journeys.start[last]!, journeys.hasTime)
      : daysUntilAsOf(start, asOfDay, journeys.hasTime);
    size += 1;
  }
  const known = days.slice(0, size);
  const curves = aalenJohansen(known, causes.slice(0, size));
  return { curves, decidedDays: known.filter((_, index) => causes[index] !== 0).sort() };
}

interface Levels {
  readonly stages: readonly DecidedCohort[];
  readonly all: DecidedCohort;
  /** Share won of all deals within the horizon, which the other rates are drawn towards. */
  readonly usual: number;
  readonly horizonDays: number;
}

/** From the particular to the general, until enough deals were decided: stage and age, stage, all deals. */
function agedChance({ stages, all, usual, horizonDays }: Levels, openStage: number, age: number): number {
  const own = stages[openStage];
  const later = own === undefined ? 0 : decidedAfter(own, age);
  if (own !== undefined && later >= ENOUGH_DECIDED) {
    const rate = conditionalIncidence(own.curves, WON, age, horizonDays);
    if (rate !== null) return shrunkRate(rate, later, usual);
  }
  if (own !== undefined && own.decidedDays.length >= ENOUGH_DECIDED) {
    return shrunkRate(incidenceAt(own.curves, WON, horizonDays), own.decidedDays.length, usual);
  }
  return shrunkRate(incidenceAt(all.curves, WON, horizonDays), all.decidedDays.length, usual);
}

function agedChances(dataset: Dataset, journeys: Journeys, summary: JourneySummary, levels: Levels): Float64Array {
  const { stage, outcome } = currentState(dataset);
  const chances = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (let deal = 0; deal < chances.length; deal += 1) {
    if (outcome[deal] !== OUTCOME.open) continue;
    const openStage = summary.openIndexOfStage[stage[deal]!]!;
    const entry = summary.firstEntry[deal * summary.openStageCount + openStage]!;
    // A deal that the log does not know has no age; it is judged as one that has just come to its stage.
    const age = entry < 0 ? 0 : daysUntilAsOf(journeys.start[entry]!, dataset.asOfDay, journeys.hasTime);
    chances[deal] = agedChance(levels, openStage, age);
  }
  return chances;
}

/** Win rates of the decided deals by the stages they had been in, each drawn towards the rate of all. */
function resolvedChances(dataset: Dataset, summary: JourneySummary | null): Float64Array | null {
  const { stage, outcome } = currentState(dataset);
  const stageCount = summary?.openStageCount ?? 0;
  const won = new Int32Array(stageCount + 1);
  const decided = new Int32Array(stageCount + 1);
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    const isWon = outcome[deal] === OUTCOME.won;
    if (!isWon && outcome[deal] !== OUTCOME.lost) continue;
    for (let openStage = 0; openStage <= stageCount; openStage += 1) {
      const wasThere = openStage === stageCount || summary!.firstEntry[deal * stageCount + openStage]! >= 0;
      if (!wasThere) continue;
      decided[openStage]! += 1;
      if (isWon) won[openStage]! += 1;
    }
  }
  const all = decided[stageCount]!;
  if (all === 0) return null;
  const usual = won[stageCount]! / all;
  const chanceOf = Float64Array.from(dataset.stages, (_, position) => {
    const openStage = summary?.openIndexOfStage[position] ?? -1;
    if (openStage < 0 || decided[openStage] === 0) return usual;
    return shrunkRate(won[openStage]! / decided[openStage]!, decided[openStage]!, usual);
  });
  return Float64Array.from(stage, (position, deal) =>
    outcome[deal] === OUTCOME.open ? chanceOf[position]! : Number.NaN,
  );
}

/**
 * Chance of each open deal to be won within a horizon (days, or Infinity), by the deals decided so far; NaN for deals
 * that are not open, null where none was ever decided. From journeys by Aalen–Johansen, given stage and age; with fewer
 * than ten decided deals, and without journeys, by the bare win rates of the stages.
 */
export function historicalChances(dataset: Dataset, horizonDays: number): Float64Array | null {
  const { journeys } = dataset;
  if (journeys === null) return resolvedChances(dataset, null);
  const summary = summarizeJourneys(journeys, dataset.stages);
  const all = cohortOf(dataset, journeys, summary, null);
  if (all.decidedDays.length < ENOUGH_DECIDED) return resolvedChances(dataset, summary);
  const stages = Array.from({ length: summary.openStageCount }, (_, openStage) =>
    cohortOf(dataset, journeys, summary, openStage),
  );
  const usual = incidenceAt(all.curves, WON, horizonDays);
  return agedChances(dataset, journeys, summary, { stages, all, usual, horizonDays });
}
