import { type Dataset, EXIT, type Journeys } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { isFromFirstExport } from '../first-export.ts';

/** Complete periods shown before the running one. */
const SHOWN_PERIODS = 12;
/** Entries, then exits by kind. */
const WIDTH = 7;
const ENTRY = 6;

/** Movements of one stage, or of the whole funnel, in one period. */
export interface FlowCounts {
  readonly entries: number;
  readonly forward: number;
  readonly skipForward: number;
  readonly backward: number;
  readonly won: number;
  readonly lost: number;
  readonly dormant: number;
  /** Entries less all exits. */
  readonly net: number;
  /** Deals in the stage at the end of the period. */
  readonly workInProgress: number;
}

/** The periods shown, one after the other; the last one is running. */
interface FlowPeriods {
  /** Day numbers of the first days, and behind them the day after the last. */
  readonly bounds: readonly number[];
  /** At `day - bounds[0]`: number of the period. */
  readonly periodOfDay: Int32Array;
}

/** The last twelve complete periods since the first change, and the running one up to the as-of day. */
export function flowPeriods(journeys: Journeys, asOfDay: number, period: Period): FlowPeriods {
  const running = periodStart(asOfDay, period);
  let first = asOfDay;
  for (let stay = 0; stay < journeys.start.length; stay += 1) {
    const day = dayOfMillis(journeys.start[stay]!);
    if (day < first) first = day;
  }
  const earliest = periodStart(first, period);
  const bounds: number[] = [];
  for (let back = SHOWN_PERIODS; back >= 0; back -= 1) {
    const start = shiftPeriods(running, period, -back);
    if (start >= earliest) bounds.push(start);
  }
  bounds.push(asOfDay + 1);
  const periodOfDay = new Int32Array(asOfDay + 1 - bounds[0]!);
  for (let number = 0; number + 1 < bounds.length; number += 1) {
    periodOfDay.fill(number, bounds[number]! - bounds[0]!, bounds[number + 1]! - bounds[0]!);
  }
  return { bounds, periodOfDay };
}

function dayOfMillis(millis: number): number {
  return Math.floor(millis / DAY_MILLIS);
}

/** Who came when, in each period and before the first one shown. */
interface FlowTallies {
  /** At `((group * periods) + period) * WIDTH + kind`; the last group is the funnel as a whole. */
  readonly counts: Int32Array;
  /** Deals in the group when the first period began. */
  readonly before: Int32Array;
  readonly periodCount: number;
}

/** Told of each entry that falls into a period shown. */
export type EntryListener = (group: number, period: number, deal: number) => void;

/**
 * Entries and exits of every open stage and of the funnel as a whole, which deals enter from outside (when they begin,
 * or are opened again) and leave when they are won, lost or laid aside.
 */
export function tallyFlow(
  dataset: Dataset,
  journeys: Journeys,
  periods: FlowPeriods,
  onEntry: EntryListener | null,
): FlowTallies {
  const openIndex = openStageIndexes(dataset.stages);
  const funnel = dataset.stages.filter(({ kind }) => kind === 'open').length;
  const periodCount = periods.bounds.length - 1;
  const tallies = {
    counts: new Int32Array((funnel + 1) * periodCount * WIDTH),
    before: new Int32Array(funnel + 1),
    periodCount,
  };
  const enter = (group: number, stay: number, deal: number): void => {
    // A deal that the first export has came at some time before it.
    const millis = isFromFirstExport(dataset, stay, deal) ? Number.NEGATIVE_INFINITY : journeys.start[stay]!;
    const period = addMove(tallies, periods, group, millis, ENTRY);
    if (period >= 0) onEntry?.(group, period, deal);
  };
  forEachVisit(journeys, openIndex, (group, stay, deal, wasOpen) => {
    const exit = journeys.exit[stay]!;
    enter(group, stay, deal);
    if (!wasOpen) enter(funnel, stay, deal);
    if (exit !== EXIT.open) addMove(tallies, periods, group, journeys.end[stay]!, exit);
    if (isLeaving(exit)) addMove(tallies, periods, funnel, journeys.end[stay]!, exit);
  });
  return tallies;
}

/** Calls `visit` for each stay in an open stage, with whether the stay before it was in one too. */
function forEachVisit(
  journeys: Journeys,
  openIndex: Int16Array,
  visit: (group: number, stay: number, deal: number, wasOpen: boolean) => void,
): void {
  for (let deal = 0; deal + 1 < journeys.offsets.length; deal += 1) {
    let wasOpen = false;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      const group = openIndex[journeys.stage[stay]!]!;
      if (group >= 0) visit(group, stay, deal, wasOpen);
      wasOpen = group >= 0;
    }
  }
}

/** Counts one entry or exit; returns its period, -1 before the first one shown. */
function addMove(tallies: FlowTallies, periods: FlowPeriods, group: number, millis: number, kind: number): number {
  const day = dayOfMillis(millis) - periods.bounds[0]!;
  if (day < 0) {
    tallies.before[group]! += kind === ENTRY ? 1 : -1;
    return -1;
  }
  const period = periods.periodOfDay[day]!;
  tallies.counts[(group * tallies.periodCount + period) * WIDTH + kind]! += 1;
  return period;
}

function isLeaving(exit: number): boolean {
  return exit === EXIT.won || exit === EXIT.lost || exit === EXIT.dormant;
}

/** The counts of one group, period after period. */
export function flowOf(tallies: FlowTallies, group: number): FlowCounts[] {
  const { counts, before, periodCount } = tallies;
  let workInProgress = before[group]!;
  return Array.from({ length: periodCount }, (_, period) => {
    const at = (kind: number): number => counts[(group * periodCount + period) * WIDTH + kind]!;
    const exits = [EXIT.forward, EXIT.skipForward, EXIT.backward, EXIT.won, EXIT.lost, EXIT.dormant].map(at);
    const net = at(ENTRY) - exits.reduce((total, count) => total + count, 0);
    workInProgress += net;
    return {
      entries: at(ENTRY),
      forward: at(EXIT.forward),
      skipForward: at(EXIT.skipForward),
      backward: at(EXIT.backward),
      won: at(EXIT.won),
      lost: at(EXIT.lost),
      dormant: at(EXIT.dormant),
      net,
      workInProgress,
    };
  });
}
