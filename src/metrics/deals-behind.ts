import type { Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';

/** The deals behind a count, where results are to carry them. */
export interface DealsBehind {
  /** Keys of the deals, in order: the order of the file shows nowhere. */
  readonly dealKeys?: readonly string[];
}

/** Keys of the deals of some rows, those without a key left out, in order of their text. */
export function keysOf(dataset: Dataset, rows: Iterable<number>): string[] {
  const keyOf = dealKeys(dataset);
  return Array.from(rows, keyOf)
    .filter((key) => key !== null)
    .sort();
}

/** The keys of the deals of some rows, as a part of a result; nothing where results are to carry none. */
export function dealsBehind(dataset: Dataset, details: boolean, rows: () => Iterable<number>): DealsBehind {
  return details ? { dealKeys: keysOf(dataset, rows()) } : {};
}

/** The rows whose entry is not 0. */
export function* rowsWhere(mask: ArrayLike<number>): Generator<number> {
  for (let row = 0; row < mask.length; row += 1) if (mask[row] !== 0) yield row;
}
