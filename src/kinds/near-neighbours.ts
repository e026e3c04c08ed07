import { type GroupedRows, markedRows, rowsByGroup } from './grouped-rows.ts';

/** Deals that one deal is compared with in each order: an account with thousands of deals costs no more. */
const MOST_COMPARED = 30;

type Compare = (one: number, other: number) => number;

/** Compares each deal with those of its group that follow it in an order, as long as they agree. */
export function compareNeighbours(
  { offsets, rows }: GroupedRows,
  order: Compare,
  agree: (one: number, other: number) => boolean,
  visit: (one: number, other: number) => void,
): void {
  for (let group = 0; group + 1 < offsets.length; group++) {
    const sorted = rows.subarray(offsets[group], offsets[group + 1]);
    if (sorted.length > 1) sorted.sort(order);
    for (let at = 0; at < sorted.length; at++) {
      const one = sorted[at] as number;
      const end = Math.min(sorted.length, at + 1 + MOST_COMPARED);
      for (let next = at + 1; next < end; next++) {
        const other = sorted[next] as number;
        if (!agree(one, other)) break;
        visit(one, other);
      }
    }
  }
}

/** The deals that are compared, by their groups; deals of group -1 are not. */
export function dealsOfGroups(group: Int32Array, isWanted: (row: number) => boolean): GroupedRows {
  const wanted = new Uint8Array(group.length);
  let groups = 0;
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number >= groups) groups = number + 1;
    if (number >= 0 && isWanted(row)) wanted[row] = 1;
  }
  return rowsByGroup(markedRows(wanted), group, groups);
}
