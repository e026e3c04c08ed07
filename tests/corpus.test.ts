import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorHint, FunnelintError } from '../src/errors.ts';
import { type InspectedTable, inspectFiles } from '../src/inspect.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { cellName } from '../src/source/cell-name.ts';
import { readEveryTable } from '../src/source/read-sheet.ts';

const CORPUS = new URL('../../shared/corpora/', import.meta.url);
const AVAILABLE = existsSync(CORPUS);

type Expectation = 'ok' | 'warn' | 'clear-error';

interface CorpusSheet {
  readonly name: string;
  readonly state?: string;
  readonly rows: number;
  readonly cols: number;
  readonly cells: number;
}

interface CorpusFile {
  readonly path: string;
  readonly kind: string;
  readonly trait: string;
  readonly expect: Expectation;
  readonly alsoAccept?: readonly Expectation[];
  readonly rows?: number;
  readonly cols?: number;
  readonly minCols?: number;
  readonly nonEmptyFields?: number;
  readonly cells?: number;
  readonly sheetForCounts?: string;
  readonly sheets?: readonly CorpusSheet[];
  readonly values?: Readonly<Record<string, string>>;
  readonly locate?: Location | readonly Location[];
  readonly withOptions?: { readonly encoding: string; readonly expect: Expectation };
}

interface Location {
  readonly line?: number;
  readonly row?: number;
  readonly cell?: string;
  readonly byte?: number;
}

const FILES: readonly CorpusFile[] = AVAILABLE
  ? JSON.parse(readFileSync(new URL('index.json', CORPUS), 'utf8')).files
  : [];
const RULES = loadRuleset({ file: null, packs: [] });

/** Files whose counts in the index are of another reading: this one is cut by commas there, but is written with ;. */
const MISCOUNTED = ['csv/mt-weird_head_padding.csv'];

/** The tables of a file, or the refusal, which must say what to do next. */
async function inspect(path: string, encoding?: string): Promise<readonly InspectedTable[] | FunnelintError> {
  const files = [fileURLToPath(new URL(path, CORPUS))];
  const reading = encoding === undefined ? {} : { encoding };
  try {
    return (await inspectFiles({ files, ruleset: RULES, reading, today: '2026-11-01' })).tables;
  } catch (error) {
    if (error instanceof FunnelintError) return error;
    throw error;
  }
}

function outcomeOf(read: readonly InspectedTable[] | FunnelintError): Expectation {
  if (read instanceof FunnelintError) return 'clear-error';
  if (read.some(({ setAside }) => setAside.some(({ reason }) => reason === 'quote' || reason === 'cut-off')))
    return 'clear-error';
  const told = read.some(({ notices, setAside }) => notices.length + setAside.length > 0);
  return told || read.length === 0 ? 'warn' : 'ok';
}

function checkText(file: CorpusFile, [table]: readonly InspectedTable[]): void {
  const { rows, cols, minCols, nonEmptyFields } = file;
  expect(table).toBeDefined();
  if (rows !== undefined) expect(table?.records).toBe(rows);
  if (cols !== undefined) expect(table?.widest).toBe(cols);
  if (minCols !== undefined) expect(table?.narrowest).toBe(minCols);
  if (nonEmptyFields !== undefined) expect(table?.nonEmptyCells).toBe(nonEmptyFields);
}

function countsOf({ cells, rows, cols }: CorpusFile): object {
  return {
    ...(cells === undefined ? {} : { cells }),
    ...(rows === undefined ? {} : { rows }),
    ...(cols === undefined ? {} : { cols }),
  };
}

function checkSheets(file: CorpusFile, tables: readonly InspectedTable[]): void {
  const { sheets = [] } = file;
  const filled = sheets.filter(({ cells }) => cells > 0);
  // The index names sheets that have no name of their own, and tells those of one name apart.
  const named = !['duplicate-sheet-names', 'html-as-xls', 'xls-biff2-4'].includes(file.trait);
  if (named) {
    expect(tables.map(({ sheet }) => sheet).sort()).toEqual(filled.map(({ name }) => name).sort());
  }
  for (const [index, sheet] of filled.entries()) {
    const { name } = sheet;
    // The counts of the file were made by hand where those of its sheets leave formulas out.
    const { cells, rows, cols } = name === file.sheetForCounts ? { ...sheet, ...countsOf(file) } : sheet;
    const table = named ? tables.find((each) => each.sheet === name) : tables[index];
    expect([table?.nonEmptyCells, table?.lastRow, table?.widest]).toEqual([cells, rows, cols]);
  }
}

/** The places that the messages of a reading point at. */
function placesOf(read: readonly InspectedTable[] | FunnelintError): readonly unknown[] {
  if (read instanceof FunnelintError)
    return [...Object.values(read.args), ...read.message.split(/[\s:()]+/), ...read.message.split(/\D+/).map(Number)];
  return read.flatMap(({ notices, setAside }) => [
    ...notices.flatMap(({ line, cell, args }) => [line, cell, ...Object.values(args)]),
    ...setAside.flatMap(({ line, row }) => [line, cellName(0, row)]),
  ]);
}

function checkPlace({ locate = [] }: CorpusFile, read: readonly InspectedTable[] | FunnelintError): void {
  const wanted = [locate].flat().map(({ line, row, cell, byte }) => [line, row, cell, byte]);
  if (wanted.length === 0) return;
  const places = placesOf(read);
  expect(wanted.some((place) => place.some((value) => value !== undefined && places.includes(value)))).toBe(true);
}

async function checkValues({ path, values = {} }: CorpusFile): Promise<void> {
  const rows = new Map<number, readonly string[]>();
  await readEveryTable(fileURLToPath(new URL(path, CORPUS)), {}, () => ({
    knownHeader: () => false,
    choose: () => [],
    anyTable: true,
    onRecord: (cells, row) => rows.set(row, cells),
  }));
  for (const [cell, value] of Object.entries(values)) {
    expect(rows.get(Number(cell.slice(1)))?.[cell.charCodeAt(0) - 65]).toBe(value);
  }
}

async function checkContent(file: CorpusFile, tables: readonly InspectedTable[]): Promise<void> {
  if (file.values !== undefined) await checkValues(file);
  if (file.sheets !== undefined) checkSheets(file, tables);
  else if (file.rows !== undefined && !MISCOUNTED.includes(file.path)) checkText(file, tables);
}

describe.skipIf(!AVAILABLE)('the corpus of nasty files', () => {
  it('is there', () => {
    expect(FILES.length).toBeGreaterThan(290);
  });

  it.each(FILES.filter(({ kind }) => kind !== 'payloads').map((file) => [file.path, file] as const))(
    '%s',
    async (path, file) => {
      const read = await inspect(path);
      const outcome = outcomeOf(read);
      // What could be read without a word satisfies whoever expected a word as well.
      expect([file.expect, ...(file.alsoAccept ?? []), ...(file.expect === 'ok' ? ['warn'] : [])]).toContain(outcome);
      if (read instanceof FunnelintError) expect(errorHint(read.code, read.args, 'en')).not.toBe('');
      if (outcome !== 'ok') checkPlace(file, read);
      if (!(read instanceof FunnelintError) && outcome !== 'clear-error') await checkContent(file, read);
    },
    30_000,
  );

  it.each(FILES.filter(({ withOptions }) => withOptions !== undefined).map((file) => [file.path, file] as const))(
    '%s in the encoding that the user names',
    async (path, { withOptions, rows }) => {
      const read = await inspect(path, withOptions?.encoding);
      expect([withOptions?.expect, 'warn']).toContain(outcomeOf(read));
      expect(read instanceof FunnelintError ? [] : read[0]?.notices.map(({ code }) => code)).not.toContain(
        'file/encoding-guessed',
      );
      if (!(read instanceof FunnelintError)) expect(read[0]?.records).toBe(rows);
    },
  );
});
