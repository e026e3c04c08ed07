import type { Column } from '../dataset/dataset.ts';
import { groupRows, groupSizes, MISSING_PART, splitBy } from './key-groups.ts';

/** Rows of one deal that agree in all but what they are allowed to differ in. */
export interface TeamRows {
  /** One a row: rows with one number are one deal; negative where a row stands alone or has no key. */
  readonly group: Int32Array;
  /** Groups of several rows that do differ there; rows that agree throughout are plain duplicates. */
  readonly repeated: ReadonlySet<number>;
}

/**
 * Finds deals with a row for each team member, role or product: rows of one key that agree in all other columns.
 * @param apart the columns they may differ in, at least one
 * @param others all columns but these and the key
 */
export function findTeamRows(
  key: readonly Column[],
  apart: readonly Column[],
  others: readonly Column[],
  selected: Uint8Array,
): TeamRows {
  const group = groupRows(key, selected);
  for (const column of others) splitBy(column, group, 'is a value');
  const sizes = groupSizes(group);
  const within = group.slice();
  for (const column of apart) splitBy(column, within, 'is a value');
  const firstOf = new Map<number, number>();
  const repeated = new Set<number>();
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number <= MISSING_PART || (sizes[number] as number) < 2) continue;
    const first = firstOf.get(number);
    if (first === undefined) firstOf.set(number, within[row] as number);
    else if (first !== within[row]) repeated.add(number);
  }
  return { group, repeated };
}
