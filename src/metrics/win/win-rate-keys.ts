import type { Dataset } from '../../dataset/dataset.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';

/** The keys of the deals of each group, in code-unit order; `groupOf` has one entry a row, -1 for deals of no group. */
export function keysByGroup(dataset: Dataset, groupOf: ArrayLike<number>, groupCount: number): readonly string[][] {
  const keyOf = dealKeys(dataset);
  const keys: string[][] = Array.from({ length: groupCount }, () => []);
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const group = groupOf[row]!;
    const key = group < 0 ? null : keyOf(row);
    if (key !== null) keys[group]!.push(key);
  }
  return keys.map((each) => each.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
}
