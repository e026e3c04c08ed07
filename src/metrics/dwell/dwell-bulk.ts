import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { upperGamma } from '../../stats/gamma.ts';

/** From one instant up to and including another, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

const MINUTE_MILLIS = 60_000;
const WINDOW_MILLIS = 5 * MINUTE_MILLIS;
/** Fewer changes than this are no bulk edit, however quiet the log is. */
const LEAST_CHANGES = 10;
/** Changes come in bursts, at meetings and at the end of a day: as many times the usual busy window is beyond that. */
const TIMES_BUSY = 3;
const CHANCE = 0.001;
/** With fewer windows in use than this, what is usual cannot be told from the windows themselves. */
const WINDOWS_TO_LEARN_FROM = 20;
const BUSY_QUANTILE = 0.95;

/** Changes in a busy window: the 95th percentile of the windows with any, or the mean of a few. */
function busyCount(times: Float64Array, windowMillis: number): number {
  const counts: number[] = [];
  let window = Number.NaN;
  for (let index = 0; index < times.length; index += 1) {
    const own = Math.floor(times[index]! / windowMillis);
    if (own !== window) counts.push(0);
    window = own;
    counts[counts.length - 1]! += 1;
  }
  if (counts.length < WINDOWS_TO_LEARN_FROM) return times.length / WINDOWS_TO_LEARN_FROM;
  return Float64Array.from(counts).sort()[Math.floor(BUSY_QUANTILE * (counts.length - 1))]!;
}

/** Smallest count that Poisson chance reaches nowhere in the log, by Bonferroni over its changes. */
function leastBulk(busy: number, changes: number): number {
  let count = Math.max(LEAST_CHANGES, Math.ceil(TIMES_BUSY * busy));
  // P(X ≥ count) = 1 − Q(count, mean) falls quickly beyond three times the mean.
  while (1 - upperGamma(count, busy) > CHANCE / changes) count += 1;
  return count;
}

/** Puts spans of the ascending changes that overlap together, as indexes of the first and the last change. */
function denseRanges(times: Float64Array, windowMillis: number, least: number): [number, number][] {
  const ranges: [number, number][] = [];
  let after = 0;
  for (let first = 0; first < times.length; first += 1) {
    while (after < times.length && times[after]! < times[first]! + windowMillis) after += 1;
    if (after - first < least) continue;
    const last = ranges[ranges.length - 1];
    if (last !== undefined && first <= last[1]) last[1] = after - 1;
    else ranges.push([first, after - 1]);
  }
  return ranges;
}

/**
 * Spans of time with far more changes than the log usually has: at least ten in five minutes (on a day, where it has
 * dates only), three times what a busy window has, and beyond Poisson chance.
 * @param times of all changes, ascending
 */
export function bulkSpans(times: Float64Array, hasTime: boolean): Span[] {
  if (times.length < LEAST_CHANGES) return [];
  const windowMillis = hasTime ? WINDOW_MILLIS : DAY_MILLIS;
  const least = leastBulk(busyCount(times, windowMillis), times.length);
  return denseRanges(times, windowMillis, least).map(([first, last]) => {
    let from = first;
    let until = last;
    // A lone change some minutes before or after belongs to the window, not to the edit.
    while (from < until && times[from + 1]! - times[from]! > MINUTE_MILLIS) from += 1;
    while (until > from && times[until]! - times[until - 1]! > MINUTE_MILLIS) until -= 1;
    return { from: times[from]!, until: times[until]! };
  });
}
