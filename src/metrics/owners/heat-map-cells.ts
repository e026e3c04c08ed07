import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { type JourneySummary, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { kaplanMeier, survivalQuantile } from '../../stats/survival.ts';
import { CAUSE, type StageCohort, stageCohorts } from '../conversion/conversion-cohorts.ts';
import { splitCohort } from '../conversion/conversion-groups.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { type StageVisits, visitsByLength } from '../dwell/dwell-visits.ts';
import { type Rate, rateOf } from '../rate.ts';
import { type LossWithin, lossWindow, lossWithin } from './heat-map-loss.ts';

/** Below this base a cell of the map stays blank. */
export const BLANK_BELOW = 5;

/** One stage of one group of deals; values of a base under five are null, their counts stand. */
export interface HeatCell extends DealsBehind {
  /** Lost from the stage to date, of the deals that entered it: young deals have had little time for that. */
  readonly loss: Rate;
  /** Lost from the stage within its window: the share to compare by. */
  readonly lossWithin: LossWithin;
  /** Deals that entered and neither went on nor are lost: they may yet be. */
  readonly pending: number;
  readonly dwell: {
    readonly visits: number;
    /** Kaplan–Meier; null where half of the visits are not over, too. */
    readonly medianDays: number | null;
  };
}

/** What is known of one open stage, deal by deal. */
export interface StageHeat {
  readonly dataset: Dataset;
  readonly cohort: StageCohort;
  readonly visits: StageVisits;
  /** Days that deals are given to leave the stage; null where none ever did. */
  readonly windowDays: number | null;
  /** Instant at which each member of the cohort first entered, in milliseconds. */
  readonly enteredAt: Float64Array;
}

/** Deals of a group that is not listed; -1 are those of no group. */
export const NOT_LISTED = -2;

/** Cohort and visits of each open stage, in funnel order. */
export function stageHeats(dataset: Dataset, journeys: Journeys, windowDays: number | null): StageHeat[] {
  const summary = summarizeJourneys(journeys, dataset.stages);
  const visits = visitsByLength(dataset, journeys);
  return stageCohorts(dataset, journeys, summary).map((cohort, openStage) => ({
    dataset,
    cohort,
    visits: visits[openStage]!,
    windowDays: lossWindow(cohort, windowDays),
    enteredAt: enteredAt(cohort, journeys, summary, openStage),
  }));
}

function enteredAt(
  { deal }: StageCohort,
  { start }: Journeys,
  { firstEntry, openStageCount }: JourneySummary,
  openStage: number,
): Float64Array {
  const instants = new Float64Array(deal.length);
  for (let member = 0; member < deal.length; member += 1) {
    instants[member] = start[firstEntry[deal[member]! * openStageCount + openStage]!]!;
  }
  return instants;
}

function lossesByGroup({ deal, cause }: StageCohort, groupOf: Int16Array, groups: number) {
  const entered = new Int32Array(groups);
  const lost = new Int32Array(groups);
  const pending = new Int32Array(groups);
  for (let member = 0; member < deal.length; member += 1) {
    const group = groupOf[deal[member]!]!;
    if (group < 0) continue;
    entered[group]! += 1;
    if (cause[member] === CAUSE.lost) lost[group]! += 1;
    if (cause[member] === CAUSE.pending) pending[group]! += 1;
  }
  return { entered, lost, pending };
}

/** Visits put together by group: those of group `g` stand from `offsets[g]` up to `offsets[g + 1]`. */
function visitsByGroup({ days, ended, deal }: StageVisits, groupOf: Int16Array, groups: number) {
  // The visits are in order of length, so that each deal is looked up far from the last: once, in a small loop.
  const groupOfVisit = new Int16Array(deal.length);
  for (let visit = 0; visit < deal.length; visit += 1) groupOfVisit[visit] = groupOf[deal[visit]!]!;
  const offsets = new Int32Array(groups + 1);
  for (let visit = 0; visit < deal.length; visit += 1) {
    const group = groupOfVisit[visit]!;
    if (group >= 0) offsets[group + 1]! += 1;
  }
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice();
  const sortedDays = new Float64Array(offsets[groups]!);
  const sortedEnded = new Uint8Array(offsets[groups]!);
  for (let visit = 0; visit < deal.length; visit += 1) {
    const group = groupOfVisit[visit]!;
    if (group < 0) continue;
    sortedDays[next[group]!] = days[visit]!;
    sortedEnded[next[group]!] = ended[visit]!;
    next[group]! += 1;
  }
  return { offsets, days: sortedDays, ended: sortedEnded };
}

function lossRate(lost: number, entered: number): Rate {
  return entered < BLANK_BELOW ? { value: null, count: lost, of: entered, interval: null } : rateOf(lost, entered);
}

/** The deals lost from the stage by group. */
function lostDeals({ deal, cause }: StageCohort, groupOf: Int16Array): Map<number, number[]> {
  const lost = new Map<number, number[]>();
  for (let member = 0; member < deal.length; member += 1) {
    if (cause[member] !== CAUSE.lost) continue;
    const group = groupOf[deal[member]!]!;
    const list = lost.get(group);
    if (list === undefined) lost.set(group, [deal[member]!]);
    else list.push(deal[member]!);
  }
  return lost;
}

/** The losses of each group within the window, and those of all deals of a group, listed or not. */
function lossesWithin(
  { cohort, windowDays }: StageHeat,
  groupOf: Int16Array,
  groups: number,
): { readonly losses: readonly LossWithin[]; readonly total: Rate } {
  const { deal } = cohort;
  const notListed = new Int32Array(deal.length);
  for (let member = 0; member < deal.length; member += 1) {
    const group = groupOf[deal[member]!]!;
    notListed[member] = group === NOT_LISTED ? groups : group;
  }
  const losses = splitCohort(cohort, notListed, groups + 1).map((part) => lossWithin(part, windowDays));
  const sum = (key: 'count' | 'of'): number => losses.reduce((total, { matured }) => total + matured[key], 0);
  return { losses: losses.slice(0, groups), total: rateOf(sum('count'), sum('of')) };
}

/** Cells of one stage, one for each group, with the matured deals that they are held against. */
export interface StageCells {
  readonly cells: readonly HeatCell[];
  readonly total: Rate;
}

/** The cells of one stage, one for each group; the deals behind them are the lost ones. */
export function cellsOf(heat: StageHeat, groupOf: Int16Array, groups: number, details: boolean): StageCells {
  const { dataset, cohort, visits } = heat;
  const behind = details ? lostDeals(cohort, groupOf) : new Map<number, number[]>();
  const { entered, lost, pending } = lossesByGroup(cohort, groupOf, groups);
  const { losses, total } = lossesWithin(heat, groupOf, groups);
  const { offsets, days, ended } = visitsByGroup(visits, groupOf, groups);
  const cells = Array.from({ length: groups }, (_, group) => {
    const [from, until] = [offsets[group]!, offsets[group + 1]!];
    const isKnown = until - from >= BLANK_BELOW;
    const curve = isKnown ? kaplanMeier(days.subarray(from, until), ended.subarray(from, until)) : null;
    return {
      loss: lossRate(lost[group]!, entered[group]!),
      lossWithin: losses[group]!,
      pending: pending[group]!,
      dwell: { visits: until - from, medianDays: curve === null ? null : survivalQuantile(curve, 0.5) },
      ...dealsBehind(dataset, details, () => behind.get(group) ?? []),
    };
  });
  return { cells, total };
}
