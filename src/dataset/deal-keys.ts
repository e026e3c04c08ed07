import { textAt } from './cells.ts';
import type { Dataset } from './dataset.ts';

/**
 * The identity of each row across exports: of a deal the key fields of the rules file joined by `|`, of another row the
 * key of its table; null when all are missing.
 */
export function dealKeys(dataset: Dataset): (row: number) => string | null {
  const { view, ruleset } = dataset;
  const columns = view?.key ?? ruleset.source.key.flatMap((field) => dataset.columns.get(field) ?? []);
  return (row) => {
    const parts = columns.map((column) => textAt(column, row));
    return parts.every((part) => part === null) ? null : parts.map((part) => part ?? '').join('|');
  };
}
