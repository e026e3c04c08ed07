import { cellName } from '../cell-name.ts';
import type { Notice } from '../sheet.ts';

/** Counts rows that share a trait, and makes one notice of them that points at the first. */
export interface Tally {
  /**
   * @param place column and row of the cell to point at
   * @param count rows from this one on
   */
  add(line: number, place?: readonly [column: number, row: number], count?: number): void;
  notices(): Notice[];
}

export function tally(code: string): Tally {
  let rows = 0;
  let first = 0;
  let cell: string | null = null;
  return {
    add(line, place, count = 1) {
      rows += count;
      if (rows > count) return;
      first = line;
      cell = place === undefined ? null : cellName(...place);
    },
    notices: () => (rows === 0 ? [] : [{ code, args: { rows }, line: first, cell }]),
  };
}
