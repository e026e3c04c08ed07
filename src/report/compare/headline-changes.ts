import { differenceInterval } from '../../stats/compare-estimates.ts';
import { newcombe } from '../../stats/intervals.ts';
import { HEADLINES, type Headline, headlineKey } from './headlines.ts';

type Interval = readonly [number | null, number | null];

/** A headline figure on two days. */
export interface HeadlineChange {
  readonly figure: Headline['figure'];
  /** Stage or currency it is of; null for the whole. */
  readonly part: string | null;
  readonly before: Headline | null;
  readonly after: Headline | null;
  /** After − before; null where one of them is unknown. Rates 0–1. */
  readonly change: number | null;
  /** 95 % interval of the change; null for none, or for a limit that is not reached. */
  readonly interval: Interval | null;
  /** Null where nothing can be said: no interval, too few deals, or neither way is better. */
  readonly verdict: 'better' | 'worse' | 'withinNoise' | null;
}

/** Below this number of deals a rate is told by its counts alone. */
const FEWEST = 5;

function counted({ count, of }: Headline): { readonly count: number; readonly of: number } | null {
  if (count === null || of === null || of === 0 || !(count >= 0 && count <= of)) return null;
  return { count, of };
}

/** A limit that is not reached is infinitely far away. */
function estimate({ value, interval }: Headline): Parameters<typeof differenceInterval>[0] | null {
  if (value === null || interval === null) return null;
  return { value, interval: [interval[0] ?? Number.NEGATIVE_INFINITY, interval[1] ?? Number.POSITIVE_INFINITY] };
}

function finite(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}

/** Newcombe's interval where both are counted, else the one that follows from their own intervals (MOVER). */
function changeInterval(before: Headline, after: Headline): Interval | null {
  if (before.value === null || after.value === null) return null;
  const [first, second] = [counted(after), counted(before)];
  if (first !== null && second !== null) {
    const difference = newcombe(first, second);
    return difference === null ? null : [difference.lower, difference.upper];
  }
  const [now, then] = [estimate(after), estimate(before)];
  const interval = now === null || then === null ? null : differenceInterval(now, then);
  return interval === null ? null : [finite(interval[0]), finite(interval[1])];
}

/** Whether a rate rests on too few deals for a percentage, before or after. */
export function isOfFewDeals({ figure, before, after }: Pick<HeadlineChange, 'figure' | 'before' | 'after'>): boolean {
  if (HEADLINES[figure].unit !== 'rate') return false;
  return Math.min(before?.of ?? Number.POSITIVE_INFINITY, after?.of ?? Number.POSITIVE_INFINITY) < FEWEST;
}

function verdictOf(
  change: Pick<HeadlineChange, 'figure' | 'before' | 'after' | 'interval'>,
): HeadlineChange['verdict'] {
  const { better } = HEADLINES[change.figure];
  const { interval } = change;
  if (better === null || interval === null || isOfFewDeals(change)) return null;
  const [low, high] = interval;
  if (low !== null && low > 0) return better === 'higher' ? 'better' : 'worse';
  if (high !== null && high < 0) return better === 'higher' ? 'worse' : 'better';
  return 'withinNoise';
}

function changeOf(before: Headline | null, after: Headline | null): HeadlineChange {
  const { figure, part } = (after ?? before) as Headline;
  const isKnown = before !== null && after !== null && before.value !== null && after.value !== null;
  const change = isKnown ? (after.value as number) - (before.value as number) : null;
  const interval = before === null || after === null ? null : changeInterval(before, after);
  const known = { figure, part, before, after, change, interval };
  return { ...known, verdict: verdictOf(known) };
}

/** The headline figures of two reports side by side, in order of the later one; those of the earlier one alone last. */
export function headlineChanges(before: readonly Headline[], after: readonly Headline[]): readonly HeadlineChange[] {
  const earlier = new Map(before.map((each) => [headlineKey(each), each]));
  const later = new Set(after.map(headlineKey));
  return [
    ...after.map((each) => changeOf(earlier.get(headlineKey(each)) ?? null, each)),
    ...before.filter((each) => !later.has(headlineKey(each))).map((each) => changeOf(each, null)),
  ];
}
