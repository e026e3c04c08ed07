import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { DayRange } from '../../dataset/targets.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { EarlierExport } from './pipeline-earlier.ts';

/** An export as the bridge reads it: what each row adds to the open pipeline, and where. */
export interface OpenAmounts {
  readonly rowCount: number;
  /** One a row: kind of the stage, null where unknown. */
  readonly kindOf: (row: number) => string | null;
  /** One a row: amount, 0 where none is known. */
  readonly amountOf: (row: number) => number;
  /** One a row: number of the currency in the list of names. */
  readonly currencyOf: (row: number) => number;
  /** One a row: day the deal is due, NaN where none is known. */
  readonly dueOf: (row: number) => number;
  /** One a row: whether that is in the period. */
  readonly isInPeriod: (row: number) => boolean;
}

/** Number of the currency of amounts that name none: the first of the names. */
export const UNNAMED = 0;

/** The currencies of two lists, the unnamed one first. */
export function currencyNames(dataset: Dataset, earlier: EarlierExport): readonly string[] {
  return [...new Set([NO_CURRENCY, ...earlier.currencies, ...dataset.currencies])];
}

interface ListedDeals {
  readonly rowCount: number;
  readonly columns: Dataset['columns'];
  readonly stage: Int16Array;
  readonly currency: Int16Array;
  readonly currencies: readonly string[];
}

/** Reads the open amounts of a list, with the currencies numbered by `names`. */
export function openAmountsOf(
  list: ListedDeals,
  { stages }: Pick<Dataset, 'stages'>,
  names: readonly string[],
  { fromDay, untilDay }: DayRange,
): OpenAmounts {
  const numberOf = new Map(names.map((name, index) => [name, index]));
  const ofCurrency = Int32Array.from(list.currencies, (name) => numberOf.get(name) ?? UNNAMED);
  const amount = list.columns.get('amount');
  const close = list.columns.get('close');
  const dueOf = (row: number): number => numberAt(close, row);
  return {
    rowCount: list.rowCount,
    kindOf: (row) => stages[list.stage[row]!]?.kind ?? null,
    amountOf: (row) => {
      const value = numberAt(amount, row);
      return Number.isNaN(value) ? 0 : value;
    },
    currencyOf: (row) => ofCurrency[list.currency[row]!] ?? UNNAMED,
    dueOf,
    isInPeriod: (row) => dueOf(row) >= fromDay && dueOf(row) <= untilDay,
  };
}
