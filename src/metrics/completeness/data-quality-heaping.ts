import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { addMonths } from '../../dataset/values/calendar.ts';
import { periodStart } from '../../dataset/values/periods.ts';
import { type Rate, rateOf } from '../rate.ts';

/** Values that pile up where people round or catch up; facts, not faults. */
export interface HeapingFacts {
  /** Amounts of 100 and more with at most two digits that are not 0, of all such amounts; null without the column. */
  readonly roundAmounts: Rate | null;
  /** Closed on the last day of a month, of all closed deals with a date; about 1 in 30 if no day were special. */
  readonly monthEndClosings: Rate | null;
  /** Created on the day they were closed, of closed deals with both dates. */
  readonly createdAsClosed: Rate | null;
}

function isRound(amount: number): boolean {
  const unit = 10 ** (Math.floor(Math.log10(amount) + 1e-9) - 1);
  return Math.abs(amount / unit - Math.round(amount / unit)) < 1e-9;
}

function roundAmounts({ columns, rowCount }: Dataset): Rate | null {
  const column = columns.get('amount');
  if (column === undefined) return null;
  // Each distinct amount is judged once: 1 not round, 2 round, 0 too small.
  const { codes, numbers } = column;
  const kindOfCode = new Uint8Array(numbers.length);
  for (let code = 0; code < numbers.length; code += 1) {
    const amount = numbers[code]!;
    if (amount >= 100) kindOfCode[code] = 1 + Number(isRound(amount));
  }
  const counts = new Int32Array(3);
  for (let row = 0; row < rowCount; row += 1) counts[kindOfCode[codes[row]!] ?? 0]! += 1;
  return rateOf(counts[2]!, counts[1]! + counts[2]!);
}

function isMonthEnd(day: number): boolean {
  return day === addMonths(periodStart(day, 'month'), 1) - 1;
}

export function heapingFacts(dataset: Dataset): HeapingFacts {
  const { columns, rowCount } = dataset;
  const { outcome } = currentState(dataset);
  const [created, closed] = [columns.get('created'), columns.get('closed') ?? columns.get('close')];
  if (closed?.type !== 'date') {
    return { roundAmounts: roundAmounts(dataset), monthEndClosings: null, createdAsClosed: null };
  }
  const isEnd = Uint8Array.from(closed.numbers, (day) => Number(isMonthEnd(day)));
  let closings = 0;
  let monthEnds = 0;
  let both = 0;
  let same = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const day = numberAt(closed, row);
    if ((outcome[row] !== OUTCOME.won && outcome[row] !== OUTCOME.lost) || Number.isNaN(day)) continue;
    closings += 1;
    monthEnds += isEnd[closed.codes[row]!]!;
    const start = numberAt(created, row);
    if (!Number.isNaN(start)) both += 1;
    if (start === day) same += 1;
  }
  return {
    roundAmounts: roundAmounts(dataset),
    monthEndClosings: rateOf(monthEnds, closings),
    createdAsClosed: created?.type === 'date' ? rateOf(same, both) : null,
  };
}
