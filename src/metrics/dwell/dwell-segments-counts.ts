import type { TimedGroup } from '../../stats/log-rank.ts';
import { distinctOf, lastIndexAt } from '../../stats/risk-set.ts';
import { sortAscending } from '../../stats/sort-ascending.ts';
import { kaplanMeier, survivalMedian } from '../../stats/survival.ts';
import type { Breakdown } from '../breakdown.ts';
import type { StageVisits } from './dwell-visits.ts';

/** Dwell of one segment in one stage. */
export interface SegmentDwell {
  readonly value: string;
  readonly visits: number;
  readonly closedVisits: number;
  readonly openVisits: number;
  /** Kaplan–Meier; null with fewer than five visits, or where half of them are not over. */
  readonly medianDays: number | null;
  /** 95 %, log-log; null for a limit that is not reached. */
  readonly medianInterval: readonly [number | null, number | null];
}

/** Segments kept of each field. */
const MOST_SEGMENTS = 200;
/** Fewer visits than this have no median, and are in no test. */
export const MEDIAN_FROM_VISITS = 5;
/** A test takes times × segments² steps; beyond so many the times are put in classes. */
const MOST_TEST_STEPS = 2e7;
const MOST_CLASSES = 5000;
/** Steps in which the class of a time is looked up. */
const STEPS = 32_768;

/** The segments of a field that are kept, and which of them each deal belongs to. */
export interface KeptSegments {
  readonly values: readonly string[];
  /** One a deal: index into `values`, -1 for deals of no segment, or of one that is left out. */
  readonly segmentOf: Int16Array;
  /** Smaller segments that are left out. */
  readonly omitted: number;
  readonly visitsWithoutValue: number;
}

/** The segments with the most visits, then in order of their texts. */
export function keepSegments({ values, groupOf }: Breakdown, stages: readonly StageVisits[]): KeptSegments {
  const visits = new Int32Array(values.length);
  let visitsWithoutValue = 0;
  for (const { deal } of stages) {
    for (let visit = 0; visit < deal.length; visit += 1) {
      const group = groupOf[deal[visit]!]!;
      if (group < 0) visitsWithoutValue += 1;
      else visits[group]! += 1;
    }
  }
  const groups = Array.from(visits.keys())
    .filter((group) => visits[group]! > 0)
    .sort((a, b) => visits[b]! - visits[a]! || (values[a]! < values[b]! ? -1 : 1));
  const kept = groups.slice(0, MOST_SEGMENTS);
  const indexOf = new Int32Array(values.length).fill(-1);
  kept.forEach((group, index) => {
    indexOf[group] = index;
  });
  const segmentOf = new Int16Array(groupOf.length);
  for (let row = 0; row < segmentOf.length; row += 1) segmentOf[row] = groupOf[row]! < 0 ? -1 : indexOf[groupOf[row]!]!;
  return {
    values: kept.map((group) => values[group]!),
    segmentOf,
    omitted: groups.length - kept.length,
    visitsWithoutValue,
  };
}

/** The visits to one stage by segment, in one pass over them. */
export function splitVisits({ days, ended, deal }: StageVisits, { values, segmentOf }: KeptSegments): TimedGroup[] {
  // The visits are in order of length, so that each deal is looked up far from the last: once, in a small loop.
  const segmentOfVisit = new Int16Array(deal.length);
  for (let visit = 0; visit < deal.length; visit += 1) segmentOfVisit[visit] = segmentOf[deal[visit]!]!;
  const sizes = new Int32Array(values.length);
  for (let visit = 0; visit < deal.length; visit += 1) {
    const segment = segmentOfVisit[visit]!;
    if (segment >= 0) sizes[segment]! += 1;
  }
  const groups = Array.from(sizes, (size) => ({ durations: new Float64Array(size), events: new Uint8Array(size) }));
  sizes.fill(0);
  for (let visit = 0; visit < deal.length; visit += 1) {
    const segment = segmentOfVisit[visit]!;
    if (segment < 0) continue;
    const at = sizes[segment]!;
    groups[segment]!.durations[at] = days[visit]!;
    groups[segment]!.events[at] = ended[visit]!;
    sizes[segment] = at + 1;
  }
  return groups;
}

export function segmentDwell(value: string, { durations, events }: TimedGroup): SegmentDwell {
  const closedVisits = events.reduce((sum, event) => sum + event, 0);
  const counts = { value, visits: events.length, closedVisits, openVisits: events.length - closedVisits };
  if (events.length < MEDIAN_FROM_VISITS) return { ...counts, medianDays: null, medianInterval: [null, null] };
  const { median, interval } = survivalMedian(kaplanMeier(durations, events));
  return { ...counts, medianDays: median, medianInterval: interval };
}

/** Times at which visits to a stage ended, each once, ascending. */
export function timesOfEnds({ days, ended }: StageVisits): Float64Array {
  const times = new Float64Array(days.length);
  let filled = 0;
  for (let visit = 0; visit < days.length; visit += 1) if (ended[visit] === 1) times[filled++] = days[visit]!;
  return distinctOf(sortAscending(times.subarray(0, filled)));
}

/**
 * The groups as they are, or with their times in so few classes that a test of many groups ends in time. The test goes
 * by the order of times alone: classes that hold about equally many times cost it little.
 * @param times at which some of them end, ascending
 */
export function testableGroups(groups: readonly TimedGroup[], times: Float64Array): readonly TimedGroup[] {
  const most = Math.min(MOST_CLASSES, Math.max(2, Math.floor(MOST_TEST_STEPS / groups.length ** 2)));
  if (times.length <= most) return groups;
  const limits = Float64Array.from({ length: most }, (_, index) => times[Math.floor((index * times.length) / most)]!);
  const classOf = classFinder(limits);
  return groups.map(({ durations, events }) => {
    const classes = new Float64Array(durations.length);
    for (let visit = 0; visit < classes.length; visit += 1) classes[visit] = classOf(durations[visit]!);
    return { durations: classes, events };
  });
}

/** How many of the ascending limits are not above a value: steps of one width tell nearly where to look. */
function classFinder(limits: Float64Array): (value: number) => number {
  const first = limits[0]!;
  const last = limits[limits.length - 1]!;
  const width = (last - first) / STEPS;
  const found = Int32Array.from({ length: STEPS + 1 }, (_, step) => lastIndexAt(limits, first + step * width) + 1);
  return (value) => {
    if (!(value > first)) return value < first ? 0 : found[0]!;
    if (value >= last) return limits.length;
    // One step back, as the quotient may be rounded up.
    const step = Math.max(0, Math.floor((value - first) / width) - 1);
    let low = found[step]!;
    let high = found[Math.min(STEPS, step + 3)]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (limits[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
