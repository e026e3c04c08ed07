/** Candidates held before they are cut down again. */
const HELD = 20;

/**
 * The first `limit` of many candidates in the order of `compare`, without sorting them all. The order has to tell any
 * two apart, or the order in which they come shows.
 */
export function firstOf(
  candidates: Iterable<number>,
  limit: number,
  compare: (a: number, b: number) => number,
): number[] {
  let held: number[] = [];
  let worst: number | null = null;
  for (const candidate of candidates) {
    if (worst !== null && compare(candidate, worst) >= 0) continue;
    held.push(candidate);
    if (held.length < limit * HELD) continue;
    held = held.sort(compare).slice(0, limit);
    worst = held[limit - 1]!;
  }
  return held.sort(compare).slice(0, limit);
}
