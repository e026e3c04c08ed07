import type { Dataset, Journeys } from '../dataset/dataset.ts';
import { isLoggedMove, moversOf } from '../dataset/journeys/movers.ts';
import { DAY_MILLIS } from '../dataset/values/calendar.ts';

/** How close together moves are for a bulk edit. */
export type BulkSpan = 'minute' | 'day';

const SPAN_MILLIS: Readonly<Record<BulkSpan, number>> = { minute: 60_000, day: DAY_MILLIS };

/** Spans of time are numbered below this, so that person and span fit one number exactly. */
const MOST_SPANS = 2 ** 32;

/** Moves made by one person in one span of time beyond the limit. */
export interface BulkMoves {
  /** How many moves stand together with the one that began a stay; 0 for those within the limit. */
  readonly sizeAt: (stay: number, deal: number) => number;
  /** Who made the move, by the log, else the owner of the deal; null where nobody is named. */
  readonly personAt: (stay: number, deal: number) => string | null;
}

/** Keys that occur more than `limit` times, with how often. */
function frequentKeys(keys: Float64Array, limit: number): ReadonlyMap<number, number> {
  const frequent = new Map<number, number>();
  let first = 0;
  for (let index = 1; index <= keys.length; index++) {
    if (keys[index] === keys[first]) continue;
    if (index - first > limit) frequent.set(keys[first] as number, index - first);
    first = index;
  }
  return frequent;
}

/**
 * Moves of the change log that one person made in one minute, or on one day, more than `limit` of; null where neither
 * the log nor the table names a person.
 */
export function bulkMoves(dataset: Dataset, limit: number, span: BulkSpan): BulkMoves | null {
  const journeys = dataset.journeys as Journeys;
  const { offsets, start } = journeys;
  const people = moversOf(dataset, journeys);
  if (people === null) return null;
  const { codeAt, nameOf } = people;
  const length = SPAN_MILLIS[span];
  const keyOf = (stay: number, deal: number): number => {
    if (!isLoggedMove(journeys, stay, deal)) return Number.NaN;
    const person = codeAt(stay, deal);
    return person < 0 ? Number.NaN : (person + 1) * MOST_SPANS + Math.floor((start[stay] as number) / length);
  };
  const keys = new Float64Array(start.length);
  let moves = 0;
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    for (let stay = offsets[deal] as number; stay < (offsets[deal + 1] as number); stay++) {
      const key = keyOf(stay, deal);
      if (!Number.isNaN(key)) keys[moves++] = key;
    }
  }
  const frequent = frequentKeys(keys.subarray(0, moves).sort(), limit);
  return {
    sizeAt: (stay, deal) => (frequent.size === 0 ? 0 : (frequent.get(keyOf(stay, deal)) ?? 0)),
    personAt: (stay, deal) => nameOf(codeAt(stay, deal)),
  };
}
