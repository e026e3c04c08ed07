import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { checkWorkbookArchive, detectContainer } from '../../../src/source/container.ts';
import { readSheet } from '../../../src/source/read-sheet.ts';
import { readWorkbook } from '../../../src/source/workbook/workbook.ts';
import { readAll } from '../temp-file.ts';
import { type Reading, readRows } from './book.ts';

const CORPUS = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url));
const INDEX = `${CORPUS}index.json`;

interface SheetCounts {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly cells: number;
}

interface CorpusFile {
  readonly path: string;
  readonly expect: string;
  readonly alsoAccept?: readonly string[];
  readonly sheets?: readonly SheetCounts[];
  readonly values?: Readonly<Record<string, string>>;
}

interface SheetReading extends Reading {
  readonly name: string;
}

type Outcome = { readonly kind: 'ok' | 'warn' | 'clear-error'; readonly sheets: readonly SheetReading[] };

const MOST_MILLISECONDS = 4000;
const isPresent = existsSync(INDEX);
const files = isPresent
  ? (JSON.parse(readFileSync(INDEX, 'utf8')) as { files: CorpusFile[] }).files.filter(({ path }) =>
      path.startsWith('xlsx/'),
    )
  : [];

/** Reads all sheets of a workbook, or a table of text; anything but a failure of ours is thrown. */
async function outcomeOf(file: string): Promise<Outcome> {
  const bytes = readFileSync(file);
  try {
    if (bytes.length === 0 || detectContainer(file, bytes) === 'text') {
      const { notices } = await readSheet(file, readAll);
      return { kind: notices.length > 0 ? 'warn' : 'ok', sheets: [] };
    }
    checkWorkbookArchive(file, bytes);
    const sheets: SheetReading[] = [];
    for (const sheet of await readWorkbook(file, bytes)) sheets.push({ name: sheet.name, ...(await readRows(sheet)) });
    // A workbook without a cell has no table, which is told a step later.
    if (sheets.every(({ rows }) => rows.length === 0)) {
      await expect(readSheet(file, readAll)).rejects.toMatchObject({ code: 'table/no-header-in-sheet' });
    }
    return { kind: sheets.some(({ notices }) => notices.length > 0) ? 'warn' : 'ok', sheets };
  } catch (error) {
    if (error instanceof FunnelintError) return { kind: 'clear-error', sheets: [] };
    throw error;
  }
}

function countsOf({ rows, notices }: Reading): Omit<SheetCounts, 'name'> & { uncalculated: number } {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const told = notices.find(({ code }) => code === 'table/formula-without-result');
  return {
    rows: filled.at(-1)?.row ?? 0,
    cols: Math.max(0, ...filled.map(({ cells }) => cells.findLastIndex((cell) => cell !== '') + 1)),
    cells: filled.reduce((sum, { cells }) => sum + cells.filter((cell) => cell !== '').length, 0),
    uncalculated: Number(told?.args['cells'] ?? 0),
  };
}

/** A reader may count formulas without a result or not, and only some count sheets that have no cells at all. */
function checkCounts(sheets: readonly SheetReading[], expected: readonly SheetCounts[]): void {
  for (const [index, wanted] of expected.entries()) {
    const sheet = sheets.find(({ name }) => name === wanted.name) ?? (wanted.cells > 0 ? sheets[index] : undefined);
    if (sheet === undefined && wanted.cells === 0) continue;
    expect(sheet, wanted.name).toBeDefined();
    const { cells, uncalculated, rows, cols } = countsOf(sheet as SheetReading);
    expect([cells, cells + uncalculated], `cells of ${wanted.name}`).toContain(wanted.cells);
    if (uncalculated === 0) expect([rows, cols], `size of ${wanted.name}`).toEqual([wanted.rows, wanted.cols]);
  }
}

function cellOf(reading: SheetReading | undefined, cell: string): string | undefined {
  const [, letter = '', row] = /^([A-Z])(\d+)$/.exec(cell) ?? [];
  return reading?.rows.find((each) => each.row === Number(row))?.cells[letter.charCodeAt(0) - 65];
}

describe('the corpus', () => {
  it.skipIf(!isPresent)('is there', () => {
    expect(files).toHaveLength(160);
  });

  it.each(files)('$path', async ({ path, expect: first, alsoAccept = [], sheets = [], values = {} }) => {
    const start = performance.now();
    const outcome = await outcomeOf(CORPUS + path);
    expect(performance.now() - start).toBeLessThan(MOST_MILLISECONDS);
    const accepted = [first, ...alsoAccept, ...(first === 'ok' ? ['warn'] : [])];
    const noCells = outcome.sheets.length > 0 && outcome.sheets.every(({ rows }) => rows.length === 0);
    expect(accepted).toContain(noCells && first === 'clear-error' ? 'clear-error' : outcome.kind);
    if (outcome.sheets.length > 0) checkCounts(outcome.sheets, sheets);
    for (const [cell, value] of Object.entries(values)) expect(cellOf(outcome.sheets[0], cell)).toBe(value);
  });
});
