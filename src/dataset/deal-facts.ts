import { placeOfCell } from '../source/place.ts';
import { numberAt, textAt } from './cells.ts';
import type { Dataset } from './dataset.ts';
import { dealKeys } from './deal-keys.ts';

/** What people need to find a deal and to judge it, as plain JSON. */
export interface DealFacts {
  /** Key of the deal; null where it has none. */
  readonly deal: string | null;
  readonly name: string | null;
  readonly owner: string | null;
  /** Id of its stage in the table; null where missing or unknown. */
  readonly stage: string | null;
  readonly amount: number | null;
  /** Code of the currency of the amount; null where none is known. */
  readonly currency: string | null;
  /** Where its stage stands, else its first cell. */
  readonly at: { readonly file: string; readonly sheet: string | null; readonly cell: string; readonly line: number };
}

/** The facts of a deal by its row; for the few that are listed one by one, not for a loop over all. */
export function dealFacts(dataset: Dataset): (row: number) => DealFacts {
  const { columns, sheet, stages, stage, currencies, currency } = dataset;
  const keyOf = dealKeys(dataset);
  const position = columns.get('stage')?.position ?? sheet.columns[0]?.position ?? 0;
  return (row) => {
    const amount = numberAt(columns.get('amount'), row);
    return {
      deal: keyOf(row),
      name: textAt(columns.get('name'), row),
      owner: textAt(columns.get('owner'), row),
      stage: stages[stage[row]!]?.id ?? null,
      amount: Number.isNaN(amount) ? null : amount,
      currency: Number.isNaN(amount) ? null : (currencies[currency[row]!] ?? null),
      at: placeOfCell(sheet, row, position),
    };
  };
}
