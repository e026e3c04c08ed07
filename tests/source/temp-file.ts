import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from '../../src/source/read-sheet.ts';
import { NO_CELL, type ReadOptions, type Sheet } from '../../src/source/sheet.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-source-'));
// Several test files of one worker share the folder.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Writes a file into a temporary folder and gives its path. */
export function tempFile(content: string | Buffer, name = 'deals.csv'): string {
  const file = join(folder, `${++files}-${name}`);
  writeFileSync(file, content);
  return file;
}

const KNOWN = new Set(['ID', 'Deal Name', 'Stage', 'Amount', 'Close Date', 'Owner', '商机名称', '销售阶段']);

/** Reads every column, with a few headers known. */
export const readAll: ReadOptions = {
  knownHeader: (header) => KNOWN.has(header.trim()),
  choose: (headers) => headers.map((_, position) => position),
};

/** Reads a text as a file. */
export function readText(content: string | Buffer, options: Partial<ReadOptions> = {}): Promise<Sheet> {
  return readSheet(tempFile(content), { ...readAll, ...options });
}

/** The rows of a sheet as texts, null where a row is too short. */
export function rowsOf(sheet: Sheet): (string | null)[][] {
  return Array.from({ length: sheet.rowCount }, (_, row) =>
    sheet.columns.map(({ codes, values }) =>
      codes[row] === NO_CELL ? null : (values.at(codes[row] as number) ?? null),
    ),
  );
}
