import { type Dataset, EXIT, type Journeys } from '../dataset.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import { openStageIndexes } from './journeys.ts';

/** Where a deal stands on the as-of day; `unknown` where its stage is missing or not in the stage list. */
export const OUTCOME = { unknown: 0, open: 1, won: 2, lost: 3, dormant: 4 } as const;
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];

/** The parts of a dataset that say where its deals are. */
export type DealStages = Pick<Dataset, 'rowCount' | 'stages' | 'stage' | 'journeys'>;

export interface CurrentState {
  /** One a deal: index into the stages, -1 where unknown. */
  readonly stage: Int16Array;
  /** One a deal: an `OUTCOME`. */
  readonly outcome: Uint8Array;
  /** Deals that no row of the history speaks of; 0 without a history. */
  readonly dealsWithoutHistory: number;
  /** Deals whose last stage in the history is not the stage in the table. */
  readonly stageDisagreements: number;
}

/** What the journeys say of each deal, one entry a deal. Open stages are numbered from 0 in funnel order. */
export interface JourneySummary {
  readonly openStageCount: number;
  /** Stage → number of the open stage, -1 for closed and dormant stages. */
  readonly openIndexOfStage: Int16Array;
  /** Number of the open stage → index into the stages. */
  readonly stageOfOpenIndex: Int16Array;
  /** Highest open stage visited, -1 where none. */
  readonly furthest: Int16Array;
  /** `openStageCount` for deals that are won, else `furthest`. */
  readonly reach: Int16Array;
  /** 1 where a won or lost deal came back to an open stage, whatever became of it. */
  readonly reopened: Uint8Array;
  /** Backward exits from open stages. */
  readonly regressions: Int32Array;
  /** Visits to open stages the deal had been in before. */
  readonly reEntries: Int32Array;
  /** Stay of the first entry at `deal * openStageCount + open stage`, -1 where the deal never was there. */
  readonly firstEntry: Int32Array;
}

/** Stays grouped by stage: those of stage `s` are `stays[offsets[s] .. offsets[s + 1] - 1]`, in order of deal and time. */
export interface StaysByStage {
  readonly offsets: Int32Array;
  readonly stays: Int32Array;
}

// A rule judged for a hundred owners asks for these a hundred times; datasets never change once they are built.
const states = new WeakMap<DealStages, CurrentState>();
const summaries = new WeakMap<Journeys, JourneySummary>();

/** Days from one instant to another: elapsed where the log has times of day, else the difference of calendar days. */
export function daysBetween(startMillis: number, endMillis: number, hasTime: boolean): number {
  if (hasTime) return (endMillis - startMillis) / DAY_MILLIS;
  return Math.floor(endMillis / DAY_MILLIS) - Math.floor(startMillis / DAY_MILLIS);
}

/**
 * Days from an instant to the beginning of the as-of day, at least 0: what is certain to have passed, whatever the hour
 * of the export.
 */
export function daysUntilAsOf(startMillis: number, asOfDay: number, hasTime: boolean): number {
  return Math.max(0, daysBetween(startMillis, asOfDay * DAY_MILLIS, hasTime));
}

/** Length of a stay in days; for one that lasts, its age on the as-of day. */
export function stayDays(journeys: Journeys, stay: number, asOfDay: number): number {
  const end = journeys.end[stay]!;
  const start = journeys.start[stay]!;
  if (Number.isNaN(end)) return daysUntilAsOf(start, asOfDay, journeys.hasTime);
  return daysBetween(start, end, journeys.hasTime);
}

/** Groups all stays by stage. */
export function staysByStage(journeys: Journeys, stageCount: number): StaysByStage {
  const offsets = new Int32Array(stageCount + 1);
  const total = journeys.stage.length;
  for (let stay = 0; stay < total; stay += 1) offsets[journeys.stage[stay]! + 1]! += 1;
  for (let stage = 0; stage < stageCount; stage += 1) offsets[stage + 1]! += offsets[stage]!;
  const next = offsets.slice();
  const stays = new Int32Array(total);
  for (let stay = 0; stay < total; stay += 1) {
    const stage = journeys.stage[stay]!;
    stays[next[stage]!] = stay;
    next[stage]! += 1;
  }
  return { offsets, stays };
}

/**
 * Stage and outcome on the as-of day: the last stage of the history, and the stage in the table for deals without any.
 * Further calls for the same dataset are free.
 */
export function currentState(dataset: DealStages): CurrentState {
  const known = states.get(dataset);
  if (known !== undefined) return known;
  const state = readCurrentState(dataset);
  states.set(dataset, state);
  return state;
}

function readCurrentState(dataset: DealStages): CurrentState {
  const { rowCount, journeys } = dataset;
  const stage = new Int16Array(rowCount);
  const outcome = new Uint8Array(rowCount);
  const outcomeOfStage = Uint8Array.from(dataset.stages, (definition) => OUTCOME[definition.kind]);
  let dealsWithoutHistory = 0;
  let stageDisagreements = 0;
  for (let deal = 0; deal < rowCount; deal += 1) {
    const tableStage = dataset.stage[deal]!;
    const lastStage = journeys === null ? -1 : lastStageOf(journeys, deal);
    if (journeys !== null && lastStage < 0) dealsWithoutHistory += 1;
    if (lastStage >= 0 && tableStage >= 0 && lastStage !== tableStage) stageDisagreements += 1;
    const current = lastStage >= 0 ? lastStage : tableStage;
    stage[deal] = current;
    outcome[deal] = current < 0 ? OUTCOME.unknown : outcomeOfStage[current]!;
  }
  return { stage, outcome, dealsWithoutHistory, stageDisagreements };
}

function lastStageOf(journeys: Journeys, deal: number): number {
  const after = journeys.offsets[deal + 1]!;
  return after === journeys.offsets[deal]! ? -1 : journeys.stage[after - 1]!;
}

/** Reads every journey once; further calls for the same journeys are free. */
export function summarizeJourneys(journeys: Journeys, stages: Dataset['stages']): JourneySummary {
  const known = summaries.get(journeys);
  if (known !== undefined) return known;
  const summary = readJourneys(journeys, stages);
  summaries.set(journeys, summary);
  return summary;
}

function readJourneys(journeys: Journeys, stages: Dataset['stages']): JourneySummary {
  const summary = emptySummary(journeys.offsets.length - 1, stages);
  const closedStage = Uint8Array.from(stages, (stage) => Number(stage.kind === 'won' || stage.kind === 'lost'));
  const wonStage = Uint8Array.from(stages, (stage) => Number(stage.kind === 'won'));
  for (let deal = 0; deal < summary.furthest.length; deal += 1) {
    readJourney(journeys, deal, closedStage, summary);
    const lastStage = lastStageOf(journeys, deal);
    const isWon = lastStage >= 0 && wonStage[lastStage] === 1;
    summary.reach[deal] = isWon ? summary.openStageCount : summary.furthest[deal]!;
  }
  return summary;
}

function emptySummary(dealCount: number, stages: Dataset['stages']): JourneySummary {
  const openIndexOfStage = openStageIndexes(stages);
  const openStages = stages.flatMap((stage, position) => (stage.kind === 'open' ? [position] : []));
  return {
    openStageCount: openStages.length,
    openIndexOfStage,
    stageOfOpenIndex: Int16Array.from(openStages),
    furthest: new Int16Array(dealCount).fill(-1),
    reach: new Int16Array(dealCount).fill(-1),
    reopened: new Uint8Array(dealCount),
    regressions: new Int32Array(dealCount),
    reEntries: new Int32Array(dealCount),
    firstEntry: new Int32Array(dealCount * openStages.length).fill(-1),
  };
}

function readJourney(journeys: Journeys, deal: number, closedStage: Uint8Array, summary: JourneySummary): void {
  const entryBase = deal * summary.openStageCount;
  let wasClosed = false;
  for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
    const stage = journeys.stage[stay]!;
    const openIndex = summary.openIndexOfStage[stage]!;
    if (openIndex < 0) {
      wasClosed ||= closedStage[stage] === 1;
      continue;
    }
    if (wasClosed) summary.reopened[deal] = 1;
    if (openIndex > summary.furthest[deal]!) summary.furthest[deal] = openIndex;
    if (summary.firstEntry[entryBase + openIndex] === -1) summary.firstEntry[entryBase + openIndex] = stay;
    else summary.reEntries[deal]! += 1;
    if (journeys.exit[stay] === EXIT.backward) summary.regressions[deal]! += 1;
  }
}
