import exceljs, { type CellValue } from 'exceljs';
import { readSheet } from '../../../src/source/read-sheet.ts';
import type { ReadOptions, Sheet } from '../../../src/source/sheet.ts';
import { readAll, tempFile } from '../temp-file.ts';

/** Reads a worksheet with the rows given, a blank text being no cell, and the ranges merged. */
export async function readGrid(
  rows: readonly (readonly string[])[],
  merges: readonly string[] = [],
  options: Partial<ReadOptions> = {},
): Promise<Sheet> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Deals');
  sheet.addRows(rows.map((row) => row.map((cell): CellValue => (cell === '' ? null : cell))));
  for (const range of merges) sheet.mergeCells(range);
  const bytes = Buffer.from(await book.xlsx.writeBuffer());
  return readSheet(tempFile(bytes, 'deals.xlsx'), { ...readAll, ...options });
}

/** The lines of a CSV as rows of a worksheet. */
export function gridOf(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}
