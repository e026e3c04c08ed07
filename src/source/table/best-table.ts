import type { ReadOptions, Sheet } from '../sheet.ts';

/** A table that was read, and the row of another header on the sheet that is more worth reading. */
export interface TableReading {
  readonly sheet: Sheet;
  /** 1-based. */
  readonly betterHeaderRow: number | null;
}

/** Reads a table, and once more from another header where that one turns out to be better. */
export async function readBestTable(
  options: ReadOptions,
  read: (options: ReadOptions) => Promise<TableReading>,
): Promise<Sheet> {
  const first = await read(options);
  const { betterHeaderRow: headerRow } = first;
  if (headerRow === null) return first.sheet;
  // Records are counted once.
  const { onRecord: _, ...rest } = options;
  const { sheet } = await read({ ...rest, headerRow });
  const notice = { code: 'table/better-table', args: {}, line: sheet.headerLine, cell: null };
  return { ...sheet, notices: [notice, ...sheet.notices] };
}
