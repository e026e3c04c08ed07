import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { closedDays } from '../closing-days.ts';
import { FIRST_DAY, periodsOfDays, USUAL_DAYS } from '../day-periods.ts';
import { codesOrElse } from '../row-facts.ts';
import { createdCohort, winWindow } from './win-rate-cohort.ts';

/** Closed deals of a period, or with one value of a field: `count` of them won. */
export interface ClosedGroup {
  /** First day of the period, or number of the value in its column. */
  readonly group: number;
  readonly count: number;
  readonly of: number;
}

/** Won and closed deals of each group, groups without a closed deal left out; `groupOf` has one entry a row, -1 for none. */
function closedByGroup(
  dataset: Dataset,
  select: Uint8Array,
  groupOf: Int32Array,
  groups: ArrayLike<number>,
): ClosedGroup[] {
  const { outcome } = currentState(dataset);
  const won = new Int32Array(groups.length);
  const closed = new Int32Array(groups.length);
  for (let row = 0; row < select.length; row += 1) {
    const result = outcome[row];
    if (select[row] !== 1 || (result !== OUTCOME.won && result !== OUTCOME.lost)) continue;
    const group = groupOf[row]!;
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
 * left out. A deal was closed on the day `closedDays` tells.
 * @param select the deals with a 1, null for all
 * @param latest how many periods before the one of the as-of day; null for all.
 */
export function closedByPeriod(
  dataset: Dataset,
  select: Uint8Array | null,
  period: Period,
  latest: number | null,
): readonly ClosedGroup[] {
  const until = periodStart(dataset.asOfDay, period);
  const from = latest === null ? Number.NEGATIVE_INFINITY : shiftPeriods(until, period, -latest);
  // Days repeat, and to tell the period of one takes the calendar.
  const byDay = closedByDay(dataset, select);
  const { starts, indexOf } = periodsOfDays(
    Float64Array.from(byDay, ({ group }) => group),
    period,
    from,
    until,
  );
  const periods = Array.from(starts, (group) => ({ group, count: 0, of: 0 }));
  for (let index = 0; index < byDay.length; index += 1) {
    const its = periods[indexOf[index]!];
    if (its === undefined) continue;
    its.count += byDay[index]!.count;
    its.of += byDay[index]!.of;
  }
  return periods;
}

/** Closed deals by the day they were closed on; one far from today may be told several times. */
function closedByDay(dataset: Dataset, select: Uint8Array | null): ClosedGroup[] {
  const { outcome } = currentState(dataset);
  const days = closedDays(dataset);
  const won = new Int32Array(USUAL_DAYS);
  const closed = new Int32Array(USUAL_DAYS);
  const groups: ClosedGroup[] = [];
  let first = USUAL_DAYS;
  let last = -1;
  for (let row = 0; row < days.length; row += 1) {
    const day = days[row]!;
    if (Number.isNaN(day) || (select !== null && select[row] !== 1)) continue;
    const count = Number(outcome[row] === OUTCOME.won);
    const place = day - FIRST_DAY;
    if (place < 0 || place >= USUAL_DAYS) {
      groups.push({ group: day, count, of: 1 });
      continue;
    }
    closed[place]! += 1;
    won[place]! += count;
    if (place < first) first = place;
    if (place > last) last = place;
  }
  for (let place = first; place <= last; place += 1) {
    if (closed[place]! > 0) groups.push({ group: place + FIRST_DAY, count: won[place]!, of: closed[place]! });
  }
  return groups;
}

// Datasets never change once they are built, and rules ask for this once a segment.
const judgedFrom = new WeakMap<Dataset, number>();

/**
 * The day from which on closed deals are of all kinds: the first creation and the window later. Before it only quick
 * deals of a young file could be closed, and those are mostly lost. −∞ where no deal says when it was created.
 */
export function judgedFromDay(dataset: Dataset): number {
  const known = judgedFrom.get(dataset);
  if (known !== undefined) return known;
  const day = readJudgedFromDay(dataset);
  judgedFrom.set(dataset, day);
  return day;
}

function readJudgedFromDay(dataset: Dataset): number {
  const cohort = createdCohort(dataset);
  const windowDays = winWindow(cohort);
  if (windowDays === null) return Number.NEGATIVE_INFINITY;
  let first = Number.POSITIVE_INFINITY;
  for (let member = 0; member < cohort.createdDay.length; member += 1) {
    first = Math.min(first, cohort.createdDay[member]!);
  }
  return first + windowDays;
}

/** Closed deals by the value of a field; deals without one belong to none. */
export function closedByValue(dataset: Dataset, select: Uint8Array, field: string): readonly ClosedGroup[] {
  const column = dataset.columns.get(field);
  if (column === undefined) return [];
  return closedByGroup(
    dataset,
    select,
    codesOrElse(column, -1),
    Int32Array.from({ length: column.texts.length }, (_, code) => code),
  );
}
