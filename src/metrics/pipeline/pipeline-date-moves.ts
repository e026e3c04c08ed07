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

// Asked for twice: whether there are any, and which; datasets never change once they are built.
const closeChanges = new WeakMap<Dataset, FieldChanges | null>();

/** The changes of the close dates; null where neither a log nor earlier exports tell of them. */
export function closeChangesOf(dataset: Dataset): FieldChanges | null {
  const known = closeChanges.get(dataset);
  if (known !== undefined) return known;
  const changes = fieldChangesOf(dataset, 'close');
  closeChanges.set(dataset, changes);
  return changes;
}

interface Tally {
  overMonth: number;
  overQuarter: number;
  afterDue: number;
  cleared: number;
  filledIn: number;
}

function isLaterPeriod(before: number, after: number, period: 'month' | 'quarter'): boolean {
  return periodStart(after, period) > periodStart(before, period);
}

function countPush(tally: Tally, before: number, after: number, changedOn: number): void {
  if (isLaterPeriod(before, after, 'month')) tally.overMonth += 1;
  if (isLaterPeriod(before, after, 'quarter')) tally.overQuarter += 1;
  if (before < changedOn) tally.afterDue += 1;
}

/** Counts the moves of the close dates; each one is looked at once. */
export function dateMoves({ offsets, before, after, latest }: FieldChanges): DateMoves {
  const deals = offsets.length - 1;
  const moves = { pushes: new Int32Array(deals), pulls: new Int32Array(deals), pushedDays: new Float64Array(deals) };
  const daysOfPush = new Float64Array(before.length);
  const tally: Tally = { overMonth: 0, overQuarter: 0, afterDue: 0, cleared: 0, filledIn: 0 };
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
        countPush(tally, from, to, Math.floor(latest[change]! / DAY_MILLIS));
      }
    }
  }
  return { ...moves, daysOfPush: daysOfPush.subarray(0, pushes), ...tally };
}
