import type { Dataset } from '../../dataset/dataset.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';

/** How many of an ordered list come before a row that is not in it. */
function placeAmong(ordered: readonly number[], row: number, compare: (a: number, b: number) => number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(row, ordered[middle]!) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The rows with the greatest values, the greatest first; unknown values (NaN) last, and of equal ones the deal whose key
 * comes first. Looks at each row once and keeps no more than `limit` of them.
 * @param numberOf the value of a row of the dataset
 */
export function topRows(
  dataset: Dataset,
  rows: Int32Array,
  numberOf: (row: number) => number,
  limit: number,
): number[] {
  const keyOf = dealKeys(dataset);
  const rank = (row: number): number => (Number.isNaN(numberOf(row)) ? Number.NEGATIVE_INFINITY : numberOf(row));
  const compare = (a: number, b: number): number => {
    const first = rank(a);
    const second = rank(b);
    if (first !== second) return first > second ? -1 : 1;
    const keyA = keyOf(a) ?? '';
    const keyB = keyOf(b) ?? '';
    if (keyA !== keyB) return keyA < keyB ? -1 : 1;
    return a - b;
  };
  const best: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!;
    const isFull = best.length === limit;
    // The most of a long list are told by the value alone.
    if (isFull && numberOf(row) < numberOf(best[limit - 1]!)) continue;
    if (isFull && compare(row, best[limit - 1]!) >= 0) continue;
    best.splice(placeAmong(best, row, compare), 0, row);
    if (best.length > limit) best.pop();
  }
  return best;
}
