import type { Dataset } from '../../dataset/dataset.ts';
import type { FieldChanges } from '../../dataset/journeys/changes.ts';
import { fieldChangesOf } from '../../dataset/journeys/field-changes.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { periodStart } from '../../dataset/values/periods.ts';

/** How the close dates of the deals were moved. */
export interface DateMoves {
  /** One a deal: moves to a later and to an earlier date, and the days of the moves to a later one. */
  readonly pushes: Int32Array;
  readonly pulls: Int32Array;
  readonly pushedDays: Float64Array;
  /** Days of each single push. */
  readonly daysOfPush: Float64Array;
  /** Pushes into a later calendar month and quarter than that of the old date. */
  readonly overMonth: number;
  readonly overQuarter: number;
  /** Pushes made when the old date was past already. */
  readonly afterDue: number;
  /** Dates that were cleared, and filled in where there was none. */
  readonly cleared: number;
  readonly filledIn: number;
}

/** The changes of the close dates; null where neither a log nor earlier exports tell of them. */
export function closeChangesOf(dataset: Dataset): FieldChanges | null {
  return fieldChangesOf(dataset, 'close');
}

interface Tally {
  overMonth: number;
  overQuarter: number;
  afterDue: number;
  cleared: number;
  filledIn: number;
}

/** First days of the periods that days lie in, each distinct day looked up once. */
function periodStarts(period: 'month' | 'quarter'): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    const read = known.get(day);
    if (read !== undefined) return read;
    const start = periodStart(day, period);
    known.set(day, start);
    return start;
  };
}

interface PeriodsOfDays {
  readonly monthOf: (day: number) => number;
  readonly quarterOf: (day: number) => number;
}

function countPush(
  tally: Tally,
  { monthOf, quarterOf }: PeriodsOfDays,
  before: number,
  after: number,
  changedOn: number,
): void {
  if (monthOf(after) > monthOf(before)) tally.overMonth += 1;
  if (quarterOf(after) > quarterOf(before)) tally.overQuarter += 1;
  if (before < changedOn) tally.afterDue += 1;
}

/** Counts the moves of the close dates; each one is looked at once. */
export function dateMoves({ offsets, before, after, latest }: FieldChanges): DateMoves {
  const deals = offsets.length - 1;
  const moves = { pushes: new Int32Array(deals), pulls: new Int32Array(deals), pushedDays: new Float64Array(deals) };
  const daysOfPush = new Float64Array(before.length);
  const tally: Tally = { overMonth: 0, overQuarter: 0, afterDue: 0, cleared: 0, filledIn: 0 };
  const periods = { monthOf: periodStarts('month'), quarterOf: periodStarts('quarter') };
  let pushes = 0;
  for (let deal = 0; deal < deals; deal += 1) {
    for (let change = offsets[deal]!; change < offsets[deal + 1]!; change += 1) {
      const [from, to] = [before[change]!, after[change]!];
      if (Number.isNaN(from)) tally.filledIn += 1;
      else if (Number.isNaN(to)) tally.cleared += 1;
      else if (to < from) moves.pulls[deal]! += 1;
      else {
        moves.pushes[deal]! += 1;
        moves.pushedDays[deal]! += to - from;
        daysOfPush[pushes] = to - from;
        pushes += 1;
        countPush(tally, periods, from, to, Math.floor(latest[change]! / DAY_MILLIS));
      }
    }
  }
  return { ...moves, daysOfPush: daysOfPush.subarray(0, pushes), ...tally };
}
