import type { FieldChanges } from '../dataset/journeys/changes.ts';
import { DAY_MILLIS, partsOf } from '../dataset/values/calendar.ts';

/** Which way a value has to move to count. */
export const DIRECTIONS = ['later', 'earlier', 'higher', 'lower', 'any'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/**
 * What counts as one move: any change; one into another calendar month, as Salesforce counts; one into another calendar
 * quarter; or any, but no more than one a day, as Oracle counts.
 */
export const COUNTS = ['any', 'month', 'quarter', 'day'] as const;
type Count = (typeof COUNTS)[number];

const MONTHS_OF: Readonly<Partial<Record<Count, number>>> = { month: 1, quarter: 3 };

/** Number of the calendar month or quarter that a day lies in. */
function periodOf(day: number, months: number): number {
  const { year, month } = partsOf(day);
  return Math.floor((year * 12 + month - 1) / months);
}

function goesThatWay(before: number, after: number, direction: Direction): boolean {
  if (direction === 'any') return true;
  return direction === 'later' || direction === 'higher' ? after > before : after < before;
}

/**
 * Whether a change counts as a move.
 * @param previous the move of the deal that counted last, -1 for none
 */
export function createMoveTest(changes: FieldChanges, direction: Direction, count: Count) {
  const { before, after, latest } = changes;
  const months = MONTHS_OF[count] ?? null;
  return (change: number, previous: number): boolean => {
    const [from, to] = [before[change] as number, after[change] as number];
    if (direction !== 'any' && (Number.isNaN(from) || Number.isNaN(to))) return false;
    if (!goesThatWay(from, to, direction)) return false;
    if (months !== null) return periodOf(from, months) !== periodOf(to, months);
    if (count !== 'day' || previous < 0) return true;
    return (
      Math.floor((latest[change] as number) / DAY_MILLIS) !== Math.floor((latest[previous] as number) / DAY_MILLIS)
    );
  };
}

/** The changes of a deal that count as moves, in order of time. */
export function movesOf(
  { offsets }: FieldChanges,
  deal: number,
  counts: (change: number, previous: number) => boolean,
): readonly number[] {
  const moves: number[] = [];
  for (let change = offsets[deal] as number; change < (offsets[deal + 1] as number); change++) {
    if (counts(change, moves.at(-1) ?? -1)) moves.push(change);
  }
  return moves;
}

/** How many moves each deal has made. */
export function countMoves(
  { offsets, seen }: FieldChanges,
  counts: (change: number, previous: number) => boolean,
): Int32Array {
  const moves = new Int32Array(seen.length);
  for (let deal = 0; deal < moves.length; deal++) {
    let previous = -1;
    for (let change = offsets[deal] as number; change < (offsets[deal + 1] as number); change++) {
      if (!counts(change, previous)) continue;
      previous = change;
      moves[deal]!++;
    }
  }
  return moves;
}
