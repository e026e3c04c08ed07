import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { openRowsOf } from '../row-facts.ts';
import type { RunningDays } from './forecast-period.ts';

/** When an open deal is due, seen from the running period: places in what `rowsByDue` returns. */
export const DUE = { inPeriod: 0, pastDue: 1, later: 2, withoutDate: 3 } as const;

function dueOf(day: number, asOfDay: number, untilDay: number): number {
  if (Number.isNaN(day)) return DUE.withoutDate;
  if (day < asOfDay) return DUE.pastDue;
  return day <= untilDay ? DUE.inPeriod : DUE.later;
}

/**
 * The rows of the open deals by when they are due, in the order of `DUE`, each list ascending. Dates before the as-of day
 * are past, and are not rolled on. A file without a column for the close date says it of none: all its open deals are
 * forecast, whenever they close.
 */
export function rowsByDue(dataset: Dataset, { untilDay }: Pick<RunningDays, 'untilDay'>): readonly Int32Array[] {
  const open = openRowsOf(dataset);
  const close = dataset.columns.get('close');
  const due = new Int8Array(open.length);
  const sizes = new Int32Array(4);
  for (let index = 0; index < open.length; index += 1) {
    if (close !== undefined) due[index] = dueOf(numberAt(close, open[index]!), dataset.asOfDay, untilDay);
    sizes[due[index]!]! += 1;
  }
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let index = 0; index < open.length; index += 1) {
    const its = due[index]!;
    rows[its]![sizes[its]!] = open[index]!;
    sizes[its]! += 1;
  }
  return rows;
}
