import type { Expression } from '../../ruleset/expression/expression.ts';
import type { Dataset } from '../dataset.ts';
import { currencyCodes } from './currency-codes.ts';
import { rowSource, type Table, tableOf } from './sources.ts';
import type { WholeEvaluation } from './whole.ts';

/**
 * For each row the share of the known values that lie strictly below its own, 0–1; NaN where that is unknown. Amounts
 * are ranked among those of one currency.
 */
export function rankTable(dataset: Dataset, value: Expression, whole: WholeEvaluation): Table {
  const numbers = whole.numbers(value, dataset, false);
  const group =
    value.type === 'money' ? currencyCodes(value, dataset, whole) : new Int32Array(dataset.rowCount).fill(0);
  const sorted = sortedGroups(numbers, group);
  const ranks = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (let row = 0; row < ranks.length; row += 1) {
    const value = numbers[row]!;
    const others = sorted.get(group[row]!);
    if (!Number.isNaN(value) && others !== undefined) ranks[row] = countBelow(others, value) / others.length;
  }
  return tableOf(rowSource(dataset.rowCount), ranks);
}

/** The known values of each group, ascending. */
function sortedGroups(numbers: Float64Array, group: Int32Array): ReadonlyMap<number, Float64Array> {
  const sizes = new Map<number, number>();
  for (let row = 0; row < numbers.length; row += 1) {
    if (!Number.isNaN(numbers[row]!)) sizes.set(group[row]!, (sizes.get(group[row]!) ?? 0) + 1);
  }
  const groups = new Map([...sizes].map(([name, size]) => [name, new Float64Array(size)]));
  const next = new Map<number, number>();
  for (let row = 0; row < numbers.length; row += 1) {
    if (Number.isNaN(numbers[row]!)) continue;
    const name = group[row]!;
    const place = next.get(name) ?? 0;
    groups.get(name)![place] = numbers[row]!;
    next.set(name, place + 1);
  }
  for (const values of groups.values()) values.sort();
  return groups;
}

/** How many of ascending values are smaller. */
function countBelow(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
