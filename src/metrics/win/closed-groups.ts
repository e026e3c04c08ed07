import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Period } from '../../ruleset/expression/expression.ts';

/** Closed deals of a period, or with one value of a field: `count` of them won. */
export interface ClosedGroup {
  /** First day of the period, or number of the value in its column. */
  readonly group: number;
  readonly count: number;
  readonly of: number;
}

/** Columns to look a deal's group up in, the first that is filled counts: the group of each distinct text, -1 for none. */
type Lookup = readonly { readonly column: Column; readonly groupOf: Int32Array }[];

function groupAt(lookup: Lookup, row: number): number {
  for (const { column, groupOf } of lookup) {
    const code = column.codes[row]!;
    if (column.state[code] === PRESENT) return groupOf[code]!;
  }
  return -1;
}

/** Won and closed deals of each group, groups without a closed deal left out. */
function closedByGroup(dataset: Dataset, select: Uint8Array, lookup: Lookup, groups: ArrayLike<number>): ClosedGroup[] {
  const { outcome } = currentState(dataset);
  const won = new Int32Array(groups.length);
  const closed = new Int32Array(groups.length);
  for (let row = 0; row < select.length; row += 1) {
    const result = outcome[row];
    if (select[row] !== 1 || (result !== OUTCOME.won && result !== OUTCOME.lost)) continue;
    const group = groupAt(lookup, row);
    if (group < 0) continue;
    closed[group]! += 1;
    if (result === OUTCOME.won) won[group]! += 1;
  }
  return Array.from(closed, (of, index) => ({ group: groups[index]!, count: won[index]!, of })).filter(
    ({ of }) => of > 0,
  );
}

/**
 * Closed deals by the period they were closed in, in order of time: complete periods only, those without a closed deal
 * left out. A deal was closed on its `closed` date, or where it has none on its `close` date.
 * @param latest how many periods before the one of the as-of day; null for all.
 */
export function closedByPeriod(
  dataset: Dataset,
  select: Uint8Array,
  period: Period,
  latest: number | null,
): readonly ClosedGroup[] {
  const columns = ['closed', 'close']
    .flatMap((field) => dataset.columns.get(field) ?? [])
    .filter(({ type }) => type === 'date');
  const until = periodStart(dataset.asOfDay, period);
  const from = latest === null ? Number.NEGATIVE_INFINITY : shiftPeriods(until, period, -latest);
  const startsOf = columns.map(({ numbers }) =>
    numbers.map((day) => (day < until && day >= from ? periodStart(day, period) : Number.NaN)),
  );
  const starts = [...new Set(startsOf.flatMap((each) => [...each.filter((start) => !Number.isNaN(start))]))];
  starts.sort((a, b) => a - b);
  const numberOf = new Map(starts.map((start, number) => [start, number]));
  const lookup = columns.map((column, index) => ({
    column,
    groupOf: Int32Array.from(startsOf[index]!, (start) => numberOf.get(start) ?? -1),
  }));
  return closedByGroup(dataset, select, lookup, starts);
}

/** Closed deals by the value of a field; deals without one belong to none. */
export function closedByValue(dataset: Dataset, select: Uint8Array, field: string): readonly ClosedGroup[] {
  const column = dataset.columns.get(field);
  if (column === undefined) return [];
  const codes = Int32Array.from(column.texts.keys());
  return closedByGroup(dataset, select, [{ column, groupOf: codes }], codes);
}
