import type { Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';

/** The deals behind a count, where results are to carry them. */
export interface DealsBehind {
  /** Keys of the deals, in order: the order of the file shows nowhere. */
  readonly dealKeys?: readonly string[];
}

/** The keys of the deals of some rows, as a part of a result; nothing where results are to carry none. */
export function dealsBehind(dataset: Dataset, details: boolean, rows: () => Iterable<number>): DealsBehind {
  if (!details) return {};
  const keyOf = dealKeys(dataset);
  return { dealKeys: [...rows()].flatMap((row) => keyOf(row) ?? []).sort() };
}

/** The rows whose entry is not 0. */
export function* rowsWhere(mask: ArrayLike<number>): Generator<number> {
  for (let row = 0; row < mask.length; row += 1) if (mask[row] !== 0) yield row;
}
