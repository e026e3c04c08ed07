import { joinKey } from '../../dataset/deal-join.ts';
import type { ReportDeals } from '../deals.ts';

/** How the rows of two lists belong together: every row of either is in exactly one of these. */
export interface DealPairs {
  /** Row of the earlier list and row of the later one, one entry a deal that is in both. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Rows of the later list whose key the earlier one does not have. */
  readonly added: readonly number[];
  /** Rows of the earlier list whose key the later one does not have. */
  readonly gone: readonly number[];
  /** Rows without a key, and rows of a key in several rows that cannot be told apart. */
  readonly unmatchedBefore: readonly number[];
  readonly unmatchedAfter: readonly number[];
}

interface MutablePairs {
  readonly before: number[];
  readonly after: number[];
  readonly added: number[];
  readonly gone: number[];
  readonly unmatchedBefore: number[];
  readonly unmatchedAfter: number[];
}

type RowsOfKey = ReadonlyMap<string, number | number[]>;

/** Rows by key; rows without one go to `unmatched`. Nearly every key has one row, which needs no array of its own. */
function rowsByKey(deals: ReportDeals, unmatched: number[]): RowsOfKey {
  const rows = new Map<string, number | number[]>();
  for (let row = 0; row < deals.keys.length; row += 1) {
    const key = deals.keys[row] ?? null;
    if (key === null) {
      unmatched.push(row);
      continue;
    }
    const id = joinKey(key);
    const known = rows.get(id);
    if (known === undefined) rows.set(id, row);
    else if (typeof known === 'number') rows.set(id, [known, row]);
    else known.push(row);
  }
  return rows;
}

/** All that a comparison looks at of a row: rows that agree in it are alike. */
function stateText(deals: ReportDeals, row: number): string {
  const { stages, outcomes, amounts, currencies, closes } = deals;
  return JSON.stringify([stages[row], outcomes[row], amounts[row], currencies[row], closes[row]]);
}

/** Rows of one key on either side: alike ones first, then a last one of each; nobody can tell what the others became. */
function pairSeveral(
  before: ReportDeals,
  after: ReportDeals,
  rowsBefore: readonly number[],
  rowsAfter: readonly number[],
  pairs: MutablePairs,
): void {
  const waiting = new Map<string, number[]>();
  for (const row of rowsBefore) {
    const state = stateText(before, row);
    const alike = waiting.get(state);
    if (alike === undefined) waiting.set(state, [row]);
    else alike.push(row);
  }
  const left = rowsAfter.filter((row) => {
    const same = waiting.get(stateText(after, row))?.pop();
    if (same === undefined) return true;
    pairs.before.push(same);
    pairs.after.push(row);
    return false;
  });
  const leftBefore = [...waiting.values()].flat();
  const onlyOneEach = left.length === 1 && leftBefore.length === 1;
  pushAll(onlyOneEach ? pairs.before : pairs.unmatchedBefore, leftBefore);
  pushAll(onlyOneEach ? pairs.after : pairs.unmatchedAfter, left);
}

function listOf(rows: number | readonly number[]): readonly number[] {
  return typeof rows === 'number' ? [rows] : rows;
}

/** A call with that many arguments as one key may have rows would be one too many. */
function pushAll(target: number[], rows: number | readonly number[]): void {
  for (const row of listOf(rows)) target.push(row);
}

/**
 * Joins two lists by the key of their deals (Salesforce ids of 15 and 18 characters are the same). A key in several rows
 * is joined where its rows are alike or only one differs; the order of the rows does not matter.
 */
export function pairDeals(before: ReportDeals, after: ReportDeals): DealPairs {
  const pairs: MutablePairs = { before: [], after: [], added: [], gone: [], unmatchedBefore: [], unmatchedAfter: [] };
  const earlier = rowsByKey(before, pairs.unmatchedBefore);
  const later = rowsByKey(after, pairs.unmatchedAfter);
  for (const [key, rows] of earlier) {
    const now = later.get(key);
    if (now === undefined) pushAll(pairs.gone, rows);
    else if (typeof rows === 'number' && typeof now === 'number') {
      pairs.before.push(rows);
      pairs.after.push(now);
    } else pairSeveral(before, after, listOf(rows), listOf(now), pairs);
  }
  for (const [key, rows] of later) if (!earlier.has(key)) pushAll(pairs.added, rows);
  return pairs;
}
