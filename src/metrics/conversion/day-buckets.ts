import { quantile, quantileOfSorted } from '../../stats/quantile.ts';

/** Fewer values are sorted as quickly as they are counted. */
const MANY = 5_000;

/** How many values lie in each whole day, as the place where the values of that day begin; one entry more than days. */
function dayOffsets(days: Float64Array): Int32Array {
  let longest = 0;
  for (let index = 0; index < days.length; index += 1) if (days[index]! > longest) longest = days[index]!;
  const offsets = new Int32Array(Math.floor(longest) + 2);
  for (let index = 0; index < days.length; index += 1) offsets[Math.floor(days[index]!) + 1]! += 1;
  for (let day = 1; day < offsets.length; day += 1) offsets[day]! += offsets[day - 1]!;
  return offsets;
}

/** The day of which the value of a rank (from 0) is one. */
function dayOfRank(offsets: Int32Array, rank: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle + 1]! <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The quantile that sorting all of the durations would give (see `quantile`), from counts by day and the few values
 * around it.
 * @param days at least 0
 */
export function quantileOfMany(days: Float64Array, probability: number): number | null {
  if (days.length < MANY) return quantile(days, probability);
  const place = (days.length - 1) * probability;
  const rank = Math.floor(place);
  const offsets = dayOffsets(days);
  const first = dayOfRank(offsets, rank);
  const last = dayOfRank(offsets, Math.min(rank + 1, days.length - 1));
  const around = days.filter((value) => value >= first && value < last + 1).sort();
  const at = rank - offsets[first]!;
  return quantileOfSorted(around.subarray(at, at + 2), around.length > at + 1 ? place - rank : 0);
}

/** Durations with their causes in order of whole days, so that sorting them is little work; few are left as they are. */
export function inOrderOfDays(days: Float64Array, causes: Uint8Array) {
  if (days.length < MANY) return { days, causes };
  const next = dayOffsets(days);
  const ordered = new Float64Array(days.length);
  const orderedCauses = new Uint8Array(days.length);
  for (let index = 0; index < days.length; index += 1) {
    const day = Math.floor(days[index]!);
    const at = next[day]!;
    next[day] = at + 1;
    ordered[at] = days[index]!;
    orderedCauses[at] = causes[index]!;
  }
  return { days: ordered, causes: orderedCauses };
}
