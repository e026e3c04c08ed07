import { type Dataset, EXIT, type Journeys } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { currentState, type JourneySummary } from '../../dataset/journeys/visits.ts';
import { type Rate, rateOf } from '../rate.ts';
import { CAUSE, type StageCohort } from './conversion-cohorts.ts';

/** Visits of a stage by how they ended; they add up to all visits. */
export type ExitCounts = Readonly<Record<keyof typeof EXIT, number>>;

/** Movements in and out of one open stage. */
export interface StageMoves {
  readonly visits: number;
  /** Deals that were in the stage. */
  readonly entries: number;
  /** Deals that reached the stage or one beyond it; won deals reached all. */
  readonly reached: number;
  /** Deals that got beyond the stage without having been in it. */
  readonly skipped: number;
  readonly reEntries: number;
  /** Visits that ended by going back. */
  readonly movedBack: number;
  /** Visits that began where a won or lost deal came back. */
  readonly reopened: number;
  readonly exits: ExitCounts;
}

/** How the deals that entered a stage stand now: entries = advanced + lostHere + pending. */
export interface StandingCounts {
  readonly advanced: number;
  readonly lostHere: number;
  readonly pending: number;
}

/** Where the pending deals of a stage are; they add up to all pending ones. */
export interface PendingCounts {
  /** Still in the stage, or in it again. */
  readonly stillHere: number;
  /** In an earlier open stage. */
  readonly nowEarlier: number;
  readonly dormantHere: number;
}

/** Deals that did not just walk up the funnel; a deal can be in several of these. */
export interface DetourCounts {
  /** Came back after they were won or lost. */
  readonly reopenedDeals: number;
  /** Went back from an open stage at least once. */
  readonly regressedDeals: number;
  /** Entered an open stage they had been in before. */
  readonly reEnteredDeals: number;
  /** Got beyond at least one open stage without having been in it. */
  readonly skippedDeals: number;
}

/** A step of the ladder of stages reached; the last one is won. */
export interface LadderStep {
  /** Stage id, or null for won. */
  readonly stage: string | null;
  readonly reached: number;
  /** Of those that reached the step before; null at the first step. */
  readonly step: Rate | null;
  /** Of those that reached the first stage. */
  readonly cumulative: Rate;
}

interface MoveTallies {
  readonly exits: Int32Array;
  readonly reopened: Int32Array;
}

const EXIT_NAMES = ['forward', 'skipForward', 'backward', 'won', 'lost', 'dormant', 'open'] as const;

/** Movements by open stage, in funnel order. */
export function countMoves(dataset: Dataset, journeys: Journeys, summary: JourneySummary): StageMoves[] {
  const tallies = tallyVisits(dataset, journeys, summary);
  const reached = countReached(summary, null);
  const { entries, skipped } = countEntries(summary);
  return Array.from({ length: summary.openStageCount }, (_, openStage) => {
    const exits = exitCounts(tallies.exits, openStage);
    const visits = Object.values(exits).reduce((total, count) => total + count, 0);
    return {
      visits,
      entries: entries[openStage]!,
      reached: reached[openStage]!,
      skipped: skipped[openStage]!,
      reEntries: visits - entries[openStage]!,
      movedBack: exits.backward,
      reopened: tallies.reopened[openStage]!,
      exits,
    };
  });
}

function tallyVisits(dataset: Dataset, journeys: Journeys, summary: JourneySummary): MoveTallies {
  const exits = new Int32Array(summary.openStageCount * EXIT_NAMES.length);
  const reopened = new Int32Array(summary.openStageCount);
  const closed = Uint8Array.from(dataset.stages, (stage) => Number(stage.kind === 'won' || stage.kind === 'lost'));
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    let previousClosed = 0;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const stage = journeys.stage[stay]!;
      const openStage = summary.openIndexOfStage[stage]!;
      if (openStage >= 0) {
        exits[openStage * EXIT_NAMES.length + journeys.exit[stay]!]! += 1;
        reopened[openStage]! += previousClosed;
      }
      previousClosed = closed[stage]!;
    }
  }
  return { exits, reopened };
}

function exitCounts(tallies: Int32Array, openStage: number): ExitCounts {
  const at = (exit: number) => tallies[openStage * EXIT_NAMES.length + exit]!;
  return {
    forward: at(EXIT.forward),
    skipForward: at(EXIT.skipForward),
    backward: at(EXIT.backward),
    won: at(EXIT.won),
    lost: at(EXIT.lost),
    dormant: at(EXIT.dormant),
    open: at(EXIT.open),
  };
}

/** Deals that reached each open stage or went beyond, and at the end those that are won. */
export function countReached(summary: JourneySummary, select: Uint8Array | null): Int32Array {
  const reached = new Int32Array(summary.openStageCount + 1);
  for (let deal = 0; deal < summary.reach.length; deal += 1) {
    if (select !== null && select[deal] !== 1) continue;
    const reach = summary.reach[deal]!;
    if (reach >= 0) reached[reach]! += 1;
  }
  for (let step = summary.openStageCount - 1; step >= 0; step -= 1) reached[step]! += reached[step + 1]!;
  return reached;
}

function countEntries(summary: JourneySummary) {
  const entries = new Int32Array(summary.openStageCount);
  const skipped = new Int32Array(summary.openStageCount);
  for (let deal = 0; deal < summary.reach.length; deal += 1) {
    for (let openStage = 0; openStage < summary.openStageCount; openStage += 1) {
      if (summary.firstEntry[deal * summary.openStageCount + openStage]! >= 0) entries[openStage]! += 1;
      else if (summary.reach[deal]! > openStage) skipped[openStage]! += 1;
    }
  }
  return { entries, skipped };
}

export function countStanding(cohort: StageCohort): StandingCounts {
  const counts = [0, 0, 0];
  for (let member = 0; member < cohort.cause.length; member += 1) counts[cohort.cause[member]!]! += 1;
  return { advanced: counts[CAUSE.advanced]!, lostHere: counts[CAUSE.lost]!, pending: counts[CAUSE.pending]! };
}

/** Where the deals are that entered an open stage and neither advanced nor are lost. */
export function countPendingPlaces(dataset: Dataset, cohort: StageCohort, openStage: number): PendingCounts {
  const { stage } = currentState(dataset);
  const openIndex = openStageIndexes(dataset.stages);
  let stillHere = 0;
  let nowEarlier = 0;
  let dormantHere = 0;
  for (let member = 0; member < cohort.deal.length; member += 1) {
    if (cohort.cause[member] !== CAUSE.pending) continue;
    const place = openIndex[stage[cohort.deal[member]!]!]!;
    if (place === openStage) stillHere += 1;
    else if (place >= 0) nowEarlier += 1;
    else dormantHere += 1;
  }
  return { stillHere, nowEarlier, dormantHere };
}

export function countDetours(summary: JourneySummary): DetourCounts {
  let reopenedDeals = 0;
  let regressedDeals = 0;
  let reEnteredDeals = 0;
  let skippedDeals = 0;
  for (let deal = 0; deal < summary.reach.length; deal += 1) {
    reopenedDeals += summary.reopened[deal]!;
    if (summary.regressions[deal]! > 0) regressedDeals += 1;
    if (summary.reEntries[deal]! > 0) reEnteredDeals += 1;
    if (hasSkipped(summary, deal)) skippedDeals += 1;
  }
  return { reopenedDeals, regressedDeals, reEnteredDeals, skippedDeals };
}

function hasSkipped({ reach, firstEntry, openStageCount }: JourneySummary, deal: number): boolean {
  for (let openStage = 0; openStage < reach[deal]!; openStage += 1) {
    if (firstEntry[deal * openStageCount + openStage]! < 0) return true;
  }
  return false;
}

/** The ladder of stages reached: its steps multiply to the cumulative rate. */
export function ladderOf(stageIds: readonly string[], reached: ArrayLike<number>): LadderStep[] {
  return [...stageIds, null].map((stage, step) => ({
    stage,
    reached: reached[step]!,
    step: step === 0 ? null : rateOf(reached[step]!, reached[step - 1]!),
    cumulative: rateOf(reached[step]!, reached[0]!),
  }));
}
