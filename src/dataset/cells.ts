import { type Column, PRESENT } from './dataset.ts';

/** True when the deal has a readable value in the column. */
export function isPresent(column: Column | undefined, row: number): boolean {
  return column !== undefined && column.state[column.codes[row] as number] === PRESENT;
}

/** Text of a cell as the file has it (trimmed), null when it is missing. */
export function textAt(column: Column | undefined, row: number): string | null {
  if (column === undefined || !isPresent(column, row)) return null;
  return column.texts[column.codes[row] as number] ?? null;
}

/** Number of a cell in the unit of its column, NaN when it is missing or unreadable. */
export function numberAt(column: Column | undefined, row: number): number {
  if (column === undefined) return Number.NaN;
  return column.numbers[column.codes[row] as number] ?? Number.NaN;
}
