import { cellName, columnPosition } from './cell-name.ts';
import type { Sheet } from './sheet.ts';

export { cellName, columnPosition };

/** Where a cell stands, for people (`cell`) and for machines (`line`, 1-based and physical). */
export interface Place {
  readonly file: string;
  readonly sheet: string | null;
  readonly cell: string;
  readonly line: number;
}

/**
 * Place of a cell of a sheet, in the file that it came from.
 * @param position 0-based column of the sheet
 */
export function placeOfCell(sheet: Sheet, row: number, position: number): Place {
  const part = sheet.parts?.[sheet.partOfRow?.[row] ?? -1];
  const column = part === undefined ? position : Math.max(0, part.positions[position] ?? 0);
  const { file, sheet: name } = part ?? sheet;
  return { file, sheet: name, cell: cellName(column, sheet.rows[row] ?? 0), line: sheet.lines[row] ?? 0 };
}

/** Number of a row as a spreadsheet shows it, with its file where a list has several. */
export function rowName(sheet: Sheet, row: number): string {
  const number = String(sheet.rows[row] ?? '');
  const part = sheet.parts?.[sheet.partOfRow?.[row] ?? -1];
  return part === undefined ? number : `${part.file}:${number}`;
}
