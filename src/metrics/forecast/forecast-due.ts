import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { type AmountGroup, sumAmounts } from '../amounts.ts';
import { numbersOf } from '../row-facts.ts';
import type { RunningDays } from './forecast-period.ts';

/** When an open deal is due, seen from the running period. */
export const DUE = { notOpen: -1, inPeriod: 0, pastDue: 1, later: 2, withoutDate: 3 } as const;

/**
 * One a row: when the deal is due. Dates before the as-of day are past, and are not rolled on. A file without a column
 * for the close date says it of none: all its open deals are forecast, whenever they close.
 */
export function dueOf(dataset: Dataset, { untilDay }: Pick<RunningDays, 'untilDay'>): Int8Array {
  const { outcome } = currentState(dataset);
  const hasDates = dataset.columns.has('close');
  const close = numbersOf(dataset, 'close');
  const due = new Int8Array(dataset.rowCount).fill(DUE.notOpen);
  for (let row = 0; row < due.length; row += 1) {
    if (outcome[row] !== OUTCOME.open) continue;
    const day = close[row]!;
    if (!hasDates) due[row] = DUE.inPeriod;
    else if (Number.isNaN(day)) due[row] = DUE.withoutDate;
    else if (day < dataset.asOfDay) due[row] = DUE.pastDue;
    else due[row] = day <= untilDay ? DUE.inPeriod : DUE.later;
  }
  return due;
}

/** The open deals by when they are due, in the order of `DUE`, with their amounts by currency. */
export function dueAmountGroups(dataset: Dataset, due: Int8Array): readonly AmountGroup[] {
  return sumAmounts(dataset, due, 4);
}
