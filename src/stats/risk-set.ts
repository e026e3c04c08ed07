import { sortAscending } from './sort-ascending.ts';

/**
 * Sorted times of the observations that were ever at risk, so that a curve is one merge over sorted arrays. An entry of
 * 0 is “from the beginning”; an observation that ended no later than it entered was never seen at risk.
 */
export interface RiskSet {
  /** All times, ascending. */
  readonly times: Float64Array;
  /** Entry times above 0, ascending. */
  readonly entries: Float64Array;
  /** Times that ended with event 1, 2, …, each ascending. */
  readonly ended: readonly Float64Array[];
  /** Observations left out because they were never at risk. */
  readonly neverAtRisk: number;
}

/**
 * @param events one an observation: 0 still going on (censored), 1 … `kinds` how it ended.
 * @throws RangeError where lengths differ, a time is NaN, infinite or negative, or an event is unknown.
 */
export function riskSetOf(
  durations: Float64Array,
  events: Uint8Array,
  entries: Float64Array | null,
  kinds: number,
): RiskSet {
  requireObservations(durations, events, entries, kinds);
  const late = new Float64Array(entries === null ? 0 : durations.length);
  const sizes = new Int32Array(kinds + 1);
  for (let index = 0; index < events.length; index++) sizes[events[index] as number]!++;
  const byEvent = Array.from(sizes, (size) => new Float64Array(size));
  sizes.fill(0);
  let seen = 0;
  let lateSeen = 0;
  for (let index = 0; index < durations.length; index++) {
    const time = durations[index] as number;
    const entry = entries?.[index] ?? 0;
    if (entry > 0 && entry >= time) continue;
    seen++;
    if (entry > 0) late[lateSeen++] = entry;
    const event = events[index] as number;
    byEvent[event]![sizes[event]!++] = time;
  }
  const sorted = byEvent.map((list, event) => sortAscending(list.subarray(0, sizes[event])));
  return {
    times: sorted.reduce(mergeAscending),
    entries: sortAscending(late.subarray(0, lateSeen)),
    ended: sorted.slice(1),
    neverAtRisk: durations.length - seen,
  };
}

/** Two ascending lists as one: less work than sorting all of their values again. */
function mergeAscending(a: Float64Array, b: Float64Array): Float64Array {
  const merged = new Float64Array(a.length + b.length);
  let nextA = 0;
  let nextB = 0;
  for (let at = 0; at < merged.length; at++) {
    const isFromA = nextB === b.length || (nextA < a.length && (a[nextA] as number) <= (b[nextB] as number));
    merged[at] = (isFromA ? a[nextA++] : b[nextB++]) as number;
  }
  return merged;
}

/** @throws RangeError where lengths differ, a time is NaN, infinite or negative, or an event is unknown. */
export function requireObservations(
  durations: Float64Array,
  events: Uint8Array,
  entries: Float64Array | null,
  kinds: number,
): void {
  if (events.length !== durations.length || (entries !== null && entries.length !== durations.length)) {
    throw new RangeError('durations, events and entries must be of one length');
  }
  for (let index = 0; index < durations.length; index++) {
    const time = durations[index] as number;
    const entry = entries?.[index] ?? 0;
    if (!(time >= 0 && time < Number.POSITIVE_INFINITY) || Number.isNaN(entry)) {
      throw new RangeError('a duration must be a finite number from 0 and its entry a number');
    }
    if ((events[index] as number) > kinds) throw new RangeError('an event of unknown kind');
  }
}

/** Distinct values of an ascending array. */
export function distinctOf(sorted: Float64Array): Float64Array {
  let kept = 0;
  const distinct = new Float64Array(sorted.length);
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) distinct[kept++] = sorted[index] as number;
  }
  return distinct.slice(0, kept);
}

/** For each time: how many of the ascending values are smaller. Both arrays ascending. */
export function countBelow(sorted: Float64Array, times: Float64Array): Float64Array {
  const below = new Float64Array(times.length);
  let passed = 0;
  for (let index = 0; index < times.length; index++) {
    while (passed < sorted.length && (sorted[passed] as number) < (times[index] as number)) passed++;
    below[index] = passed;
  }
  return below;
}

/** For each time: how many of the ascending values are equal to it. Both arrays ascending. */
export function countAt(sorted: Float64Array, times: Float64Array): Float64Array {
  const counts = new Float64Array(times.length);
  let passed = 0;
  for (let index = 0; index < times.length; index++) {
    const time = times[index] as number;
    while (passed < sorted.length && (sorted[passed] as number) < time) passed++;
    for (let at = passed; at < sorted.length && sorted[at] === time; at++) counts[index]!++;
  }
  return counts;
}

/**
 * For each time: observations that entered before it and were not yet over, those that end at it included.
 */
export function countAtRisk(risk: RiskSet, times: Float64Array): Float64Array {
  const over = countBelow(risk.times, times);
  const notYet = countBelow(risk.entries, times);
  const early = risk.times.length - risk.entries.length;
  return over.map((gone, index) => early + (notYet[index] as number) - gone);
}

/** Index of the last of the ascending times that is not after `time`, −1 for none. */
export function lastIndexAt(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
