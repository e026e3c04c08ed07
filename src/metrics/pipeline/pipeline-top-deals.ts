import type { Dataset } from '../../dataset/dataset.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';

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
    const [first, second] = [rank(a), rank(b)];
    if (first !== second) return first > second ? -1 : 1;
    const [keyA, keyB] = [keyOf(a) ?? '', keyOf(b) ?? ''];
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
    const place = best.findIndex((other) => compare(row, other) < 0);
    best.splice(place < 0 ? best.length : place, 0, row);
    if (best.length > limit) best.pop();
  }
  return best;
}
