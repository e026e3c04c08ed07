import { countAt, countAtRisk, distinctOf, requireObservations, riskSetOf } from './risk-set.ts';
import { sortAscending } from './sort-ascending.ts';

/** What happened at each time, of observations that end in one of several events or still go on. */
export interface RiskTable {
  /** Distinct times, ascending, those of observations that still go on included. */
  readonly times: Float64Array;
  /** Observations at risk at each time, those that end at it included. */
  readonly atRisk: Float64Array;
  /** Those that ended at each time with event 1, 2, …. */
  readonly ended: readonly Float64Array[];
  readonly observations: number;
  /** Observations left out because they ended no later than they entered. */
  readonly neverAtRisk: number;
}

/** Whole times above this are sorted as any others. */
const MOST_COUNTED = 65_535;
/** Fewer observations are sorted as quickly as they are counted. */
const COUNT_FROM = 512;

/**
 * Counts observations by their times: without sorting them where they are in order, or whole, as days are.
 * @param events one an observation: 0 still going on (censored), 1 … `kinds` how it ended.
 * @param entries when each came under observation, where that is later than the beginning (0).
 * @throws RangeError where lengths differ, a time is NaN, infinite or negative, or an event is unknown.
 */
export function riskTableOf(
  durations: Float64Array,
  events: Uint8Array,
  entries: Float64Array | null,
  kinds: number,
): RiskTable {
  if (entries === null) {
    requireObservations(durations, events, null, kinds);
    if (isAscending(durations)) return tableInOrder(durations, events, kinds);
    const longest = durations.length < COUNT_FROM ? null : longestWhole(durations);
    if (longest !== null) return countedByTime(durations, events, kinds, longest);
    return tableOfLists(sortedByEvent(durations, events, kinds));
  }
  const risk = riskSetOf(durations, events, entries, kinds);
  const times = distinctOf(risk.times);
  return {
    times,
    atRisk: countAtRisk(risk, times),
    ended: risk.ended.map((list) => countAt(list, times)),
    observations: risk.times.length,
    neverAtRisk: risk.neverAtRisk,
  };
}

function isAscending(durations: Float64Array): boolean {
  for (let index = 1; index < durations.length; index++) {
    if ((durations[index] as number) < (durations[index - 1] as number)) return false;
  }
  return true;
}

function tableInOrder(durations: Float64Array, events: Uint8Array, kinds: number): RiskTable {
  const times = new Float64Array(durations.length);
  const atRisk = new Float64Array(durations.length);
  // Those that still go on stand in the first place.
  const counts = Array.from({ length: kinds + 1 }, () => new Float64Array(durations.length));
  let size = 0;
  for (let index = 0; index < durations.length; index++) {
    const time = durations[index] as number;
    if (index === 0 || time !== times[size - 1]) {
      times[size] = time;
      atRisk[size] = durations.length - index;
      size++;
    }
    const ofEvent = counts[events[index] as number] as Float64Array;
    ofEvent[size - 1]!++;
  }
  const [, ...ended] = counts.map((list) => list.subarray(0, size));
  return {
    times: times.subarray(0, size),
    atRisk: atRisk.subarray(0, size),
    ended,
    observations: durations.length,
    neverAtRisk: 0,
  };
}

/** The times of each event by themselves, ascending; of those that still go on in the first list. */
function sortedByEvent(durations: Float64Array, events: Uint8Array, kinds: number): Float64Array[] {
  const sizes = new Int32Array(kinds + 1);
  for (let index = 0; index < events.length; index++) sizes[events[index] as number]!++;
  const lists = Array.from(sizes, (size) => new Float64Array(size));
  sizes.fill(0);
  for (let index = 0; index < events.length; index++) {
    const event = events[index] as number;
    (lists[event] as Float64Array)[sizes[event]!++] = durations[index] as number;
  }
  return lists.map(sortAscending);
}

/** One merge of ascending lists, the least time of all their heads after the other. */
function tableOfLists(lists: readonly Float64Array[]): RiskTable {
  const observations = lists.reduce((sum, list) => sum + list.length, 0);
  const times = new Float64Array(observations);
  const atRisk = new Float64Array(observations);
  const counts = lists.map(() => new Float64Array(observations));
  const next = new Int32Array(lists.length);
  let size = 0;
  for (let left = observations; left > 0; size++) {
    let time = Number.POSITIVE_INFINITY;
    for (let event = 0; event < lists.length; event++) {
      const head = lists[event]![next[event] as number];
      if (head !== undefined && head < time) time = head;
    }
    times[size] = time;
    atRisk[size] = left;
    for (let event = 0; event < lists.length; event++) {
      const list = lists[event] as Float64Array;
      const from = next[event] as number;
      let at = from;
      while (at < list.length && list[at] === time) at++;
      counts[event]![size] = at - from;
      next[event] = at;
      left -= at - from;
    }
  }
  const [, ...ended] = counts.map((list) => list.subarray(0, size));
  return { times: times.subarray(0, size), atRisk: atRisk.subarray(0, size), ended, observations, neverAtRisk: 0 };
}

/** The longest of whole durations; null where one is not whole, or too long to count by. */
function longestWhole(durations: Float64Array): number | null {
  let longest = 0;
  for (let index = 0; index < durations.length; index++) {
    const time = durations[index] as number;
    if (Math.floor(time) !== time) return null;
    if (time > longest) longest = time;
  }
  return longest <= MOST_COUNTED ? longest : null;
}

function countedByTime(durations: Float64Array, events: Uint8Array, kinds: number, longest: number): RiskTable {
  const width = kinds + 1;
  const counts = new Int32Array((longest + 1) * width);
  for (let index = 0; index < durations.length; index++) {
    counts[(durations[index] as number) * width + (events[index] as number)]!++;
  }
  const times: number[] = [];
  const atRisk: number[] = [];
  let left = durations.length;
  for (let time = 0; time <= longest; time++) {
    const here = counts.subarray(time * width, (time + 1) * width).reduce((sum, count) => sum + count, 0);
    if (here === 0) continue;
    times.push(time);
    atRisk.push(left);
    left -= here;
  }
  const endedWith = (event: number): Float64Array =>
    Float64Array.from(times, (time) => counts[time * width + event] as number);
  return {
    times: Float64Array.from(times),
    atRisk: Float64Array.from(atRisk),
    ended: Array.from({ length: kinds }, (_, kind) => endedWith(kind + 1)),
    observations: durations.length,
    neverAtRisk: 0,
  };
}
