import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { daysBetween, daysUntilAsOf } from '../../dataset/journeys/visits.ts';
import { orderOf } from '../../stats/sort-order.ts';

/** Visits that began at one point, and how and when their deals were decided, in order of the time that took. */
export interface VisitCohort {
  /** Days from the beginning of the visit to the decision, or to the as-of day where there is none; ascending. */
  readonly days: Float64Array;
  /** `DECISION` of each. */
  readonly decisions: Uint8Array;
  /** Days the visit itself lasted, so far where it goes on. */
  readonly stays: Float64Array;
}

/** What became of a deal. */
const DECISION = { none: 0, won: 1, lost: 2 } as const;

/** Share won by some day, and the decided deals it rests on, decided later ones included. */
export interface ReadChance {
  readonly share: number;
  readonly decided: number;
}

/** Visits not yet in order of time; room for as many as will come. */
interface VisitList {
  readonly days: Float64Array;
  readonly decisions: Uint8Array;
  readonly stays: Float64Array;
  size: number;
}

function emptyList(room: number): VisitList {
  return { days: new Float64Array(room), decisions: new Uint8Array(room), stays: new Float64Array(room), size: 0 };
}

/** In order of time. */
function inOrder({ days, decisions, stays, size }: VisitList): VisitCohort {
  const order = orderOf(days.subarray(0, size));
  const sorted = emptyList(size);
  const [sortedDays, sortedDecisions, sortedStays] = [sorted.days, sorted.decisions, sorted.stays];
  // One list after the other: reads far apart overlap in small loops.
  for (let at = 0; at < size; at += 1) sortedDays[at] = days[order[at]!]!;
  for (let at = 0; at < size; at += 1) sortedDecisions[at] = decisions[order[at]!]!;
  for (let at = 0; at < size; at += 1) sortedStays[at] = stays[order[at]!]!;
  return sorted;
}

type Journeyed = Pick<Dataset, 'asOfDay' | 'stages'> & { readonly journeys: Journeys };

function add(list: VisitList, { journeys, asOfDay }: Journeyed, stay: number, decision: number, at: number): void {
  const { start, end, hasTime } = journeys;
  const from = start[stay]!;
  const age = daysUntilAsOf(from, asOfDay, hasTime);
  list.days[list.size] = decision === DECISION.none ? age : Math.max(0, daysBetween(from, at, hasTime));
  list.decisions[list.size] = decision;
  list.stays[list.size] = Number.isNaN(end[stay]!) ? age : daysBetween(from, end[stay]!, hasTime);
  list.size += 1;
}

/** The visits by the stage they were to, and the deals as one visit each. */
interface VisitCohorts {
  /** In order of the stages of the dataset; empty for stages that are not open. */
  readonly stages: readonly VisitCohort[];
  readonly all: VisitCohort;
}

// Forecasts ask with several horizons; datasets never change once they are built.
const known = new WeakMap<Dataset, VisitCohorts>();

/** The visits of each stage, and the deals from their first visit on: the time to the decision counts from there. */
export function visitCohorts(dataset: Dataset, journeys: Journeys): VisitCohorts {
  const read = known.get(dataset);
  if (read !== undefined) return read;
  const cohorts = readCohorts({ ...dataset, journeys });
  known.set(dataset, cohorts);
  return cohorts;
}

function readCohorts(dataset: Journeyed): VisitCohorts {
  const { journeys, stages } = dataset;
  const { offsets, stage, start } = journeys;
  const sizes = new Int32Array(stages.length);
  for (const each of stage) sizes[each]! += 1;
  const lists = stages.map(({ kind }, index) => emptyList(kind === 'open' ? sizes[index]! : 0));
  const all = emptyList(offsets.length - 1);
  const decisionOf = stages.map(({ kind }) => (kind === 'won' || kind === 'lost' ? DECISION[kind] : DECISION.none));
  const isOpen = stages.map(({ kind }) => kind === 'open');
  for (let deal = 0; deal + 1 < offsets.length; deal += 1) {
    const first = offsets[deal]!;
    const last = offsets[deal + 1]! - 1;
    if (last < first) continue;
    const decision = decisionOf[stage[last]!]!;
    const at = start[last]!;
    add(all, dataset, first, decision, at);
    for (let stay = first; stay <= last; stay += 1) {
      if (isOpen[stage[stay]!]) add(lists[stage[stay]!]!, dataset, stay, decision, at);
    }
  }
  return { stages: lists.map(inOrder), all: inOrder(all) };
}

/**
 * The visits that lasted longer than some days: those a deal of that age is to be compared with.
 * @param into where they are put; may be the visits themselves, where nobody else needs the shorter ones any more
 */
export function lastingLonger(
  { days, decisions, stays }: VisitCohort,
  age: number,
  into: VisitCohort = emptyList(days.length),
): VisitCohort {
  const { days: keptDays, decisions: keptDecisions, stays: keptStays } = into;
  let size = 0;
  for (let visit = 0; visit < days.length; visit += 1) {
    if (!(stays[visit]! > age)) continue;
    keptDays[size] = days[visit]!;
    keptDecisions[size] = decisions[visit]!;
    keptStays[size] = stays[visit]!;
    size += 1;
  }
  return {
    days: keptDays.subarray(0, size),
    decisions: keptDecisions.subarray(0, size),
    stays: keptStays.subarray(0, size),
  };
}

/**
 * Share won by some day after the beginning of the visit. Of `lastingLonger` visits this is the landmark form of Aalen
 * and Johansen's estimate: nobody of them was decided by that age, so that the share counts from there; deals that had
 * moved on by then tell nothing of one that has not. Source: Anderson, Cain and Gelber, Journal of Clinical Oncology 1
 * (1983); Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978).
 */
export function chanceUntil({ days, decisions }: VisitCohort, untilDays: number): ReadChance {
  let atRisk = days.length;
  let open = 1;
  let share = 0;
  for (let visit = 0; visit < days.length && days[visit]! <= untilDays; ) {
    const day = days[visit]!;
    const before = atRisk;
    let won = 0;
    let lost = 0;
    for (; visit < days.length && days[visit] === day; visit += 1) {
      if (decisions[visit] === DECISION.won) won += 1;
      else if (decisions[visit] === DECISION.lost) lost += 1;
      atRisk -= 1;
    }
    if (won + lost === 0) continue;
    share += (open * won) / before;
    open *= (before - won - lost) / before;
  }
  return { share, decided: countDecided(decisions) };
}

function countDecided(decisions: Uint8Array): number {
  let decided = 0;
  for (let visit = 0; visit < decisions.length; visit += 1) if (decisions[visit] !== DECISION.none) decided += 1;
  return decided;
}
