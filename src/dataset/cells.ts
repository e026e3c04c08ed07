import { type Column, PRESENT } from './dataset.ts';
import { DAY_MILLIS } from './values/calendar.ts';

/** True when the deal has a readable value in the column. */
export function isPresent(column: Column | undefined, row: number): boolean {
  return column !== undefined && column.state[column.codes[row] as number] === PRESENT;
}

/** Text of a cell as the file has it (trimmed), null when it is missing. */
export function textAt(column: Column | undefined, row: number): string | null {
  if (column === undefined || !isPresent(column, row)) return null;
  return column.texts.at(column.codes[row] as number) ?? null;
}

/** Number of a cell in the unit of its column, NaN when it is missing or unreadable. */
export function numberAt(column: Column | undefined, row: number): number {
  if (column === undefined) return Number.NaN;
  return column.numbers[column.codes[row] as number] ?? Number.NaN;
}

/** Epoch milliseconds of each row of a date column (midnight where it has no times), NaN where unreadable. */
export function millisOfRows(column: Column): Float64Array {
  const ofCode = column.millis ?? column.numbers.map((day) => day * DAY_MILLIS);
  const { codes } = column;
  const millis = new Float64Array(codes.length);
  for (let row = 0; row < millis.length; row++) millis[row] = ofCode[codes[row] as number] as number;
  return millis;
}
