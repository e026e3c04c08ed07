import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { type ByteSource, fileBytes } from './byte-source.ts';
import { chooseEntries } from './choose-entries.ts';
import { chooseSheet } from './choose-sheet.ts';
import { type FedTable, type Grid, rowBatches, type SheetState } from './grid.ts';
import { joinSheets } from './join-sheets.ts';
import { type OpenedFile, type OpenedGrids, openFile } from './open-file.ts';
import type { Notice, ReadOptions, Sheet } from './sheet.ts';
import { readBestTable, type TableReading } from './table/best-table.ts';
import { startTable, type TableReader } from './table/table.ts';
import { readLargeText } from './text/large-text.ts';
import { readTextTable } from './text/read-text.ts';

/**
 * Reads the table of a file, whatever it is called and whatever holds it. Records below the header are rows, rows set
 * aside, or blank: together they are all of them. An archive may hold a list in several parts, which are as many sheets.
 * @throws FunnelintError `file/…` and `table/…`
 */
export async function readSheets(file: string | ByteSource, options: ReadOptions): Promise<readonly Sheet[]> {
  const source = typeof file === 'string' ? fileBytes(file) : file;
  const large = await readLargeText(source, options);
  if (large !== null) return [large];
  const opened = await openFile(source, options.encoding);
  const chosen = await chooseEntries(source.name, opened.files, options, readOpened);
  const { entries, options: rest } = chosen;
  const notices = [...opened.notices, ...chosen.notices];
  const sheets: Sheet[] = [];
  for (const entry of entries) sheets.push(await readOpened(entry, rest));
  return sheets.map((sheet, index) => (index === 0 ? withNotices(sheet, notices) : sheet));
}

/** A sheet with what is to be said of its file first. */
function withNotices(sheet: Sheet, notices: readonly Notice[]): Sheet {
  return { ...sheet, notices: [...notices, ...sheet.notices] };
}

/** Reads the table of a file that holds one list. */
export async function readSheet(file: string | ByteSource, options: ReadOptions): Promise<Sheet> {
  return joinSheets(await readSheets(file, options));
}

/** What the user says of a file. */
type Asked = Pick<ReadOptions, 'sheet' | 'delimiter' | 'encoding'>;

/** A table of a file and whether a spreadsheet shows it. */
export interface TableOfFile {
  readonly sheet: Sheet;
  readonly state: SheetState;
}

/**
 * Reads every table that a file holds, hidden ones too; sheets without a value are left out.
 * @param optionsOf called anew for each table
 * @throws FunnelintError `file/…` and `table/…`
 */
export async function readEveryTable(
  file: string | ByteSource,
  asked: Asked,
  optionsOf: () => ReadOptions,
): Promise<TableOfFile[]> {
  const source = typeof file === 'string' ? fileBytes(file) : file;
  const tables: TableOfFile[] = [];
  const { files, notices } = await openFile(source, asked.encoding);
  for (const opened of files) {
    if (opened.entry !== null && asked.sheet !== undefined && opened.entry !== asked.sheet) continue;
    if (opened.entry === null) refuseFlags(opened, asked);
    if (opened.kind === 'text') tables.push({ sheet: await readTextTable(opened, optionsOf()), state: 'visible' });
    else tables.push(...(await readGrids(opened, asked, optionsOf)));
  }
  if (tables.length === 0 && asked.sheet !== undefined) {
    throw new FunnelintError('table/no-sheet', { file: source.name, sheet: asked.sheet, sheets: '–' });
  }
  return tables.map((table, index) => (index === 0 ? { ...table, sheet: withNotices(table.sheet, notices) } : table));
}

async function readGrids(opened: OpenedGrids, asked: Asked, optionsOf: () => ReadOptions): Promise<TableOfFile[]> {
  const tables: TableOfFile[] = [];
  for (const grid of opened.grids) {
    if (opened.entry === null && asked.sheet !== undefined && asked.sheet !== grid.name) continue;
    if (await hasValue(grid)) tables.push({ sheet: await readGrid(opened, grid, optionsOf()), state: grid.state });
  }
  return tables;
}

async function hasValue(grid: Grid): Promise<boolean> {
  for await (const _ of grid.rows()) return true;
  return false;
}

/**
 * Reads the table of an opened file, of several the one that is asked for or has most known headers.
 * @throws FunnelintError `flag/not-for-file`, `table/…`, `file/…`
 */
async function readOpened(opened: OpenedFile, options: ReadOptions): Promise<Sheet> {
  refuseFlags(opened, options);
  if (opened.kind === 'text') return readTextTable(opened, options);
  const { sheet, notices } = await chooseSheet(opened.file, opened.grids, options);
  return withNotices(await readGrid(opened, sheet, options), notices);
}

const WORKBOOK: Text = { en: 'a workbook', zh: '工作簿' };
const TEXT_FILE: Text = { en: 'a text file without sheets', zh: '没有工作表的文本文件' };

/** A setting that cannot apply is a mistake about the file, which nobody should have to find out from the figures. */
function refuseFlags(opened: OpenedFile, { sheet, delimiter, encoding }: Asked): void {
  const [format, settings] =
    opened.kind === 'grids'
      ? [WORKBOOK, { '--delimiter': delimiter, ...(opened.encoding === null ? { '--encoding': encoding } : {}) }]
      : [TEXT_FILE, { '--sheet': sheet }];
  for (const [flag, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    throw new FunnelintError('flag/not-for-file', { flag, file: opened.file, format: { text: format } });
  }
}

/** Reads one sheet of a file that holds cells. */
function readGrid(opened: OpenedGrids, grid: Grid, options: ReadOptions): Promise<Sheet> {
  return readBestTable(options, (asked) => readGridTable(opened, grid, asked));
}

function encodingNotice({ encoding, facts }: OpenedGrids): Notice[] {
  if (encoding?.guessed !== true) return [];
  const args = { encoding: encoding.name, byte: facts.invalidUtf8At ?? 0 };
  return [{ code: 'file/encoding-guessed', args, line: null, cell: null }];
}

async function readGridTable(opened: OpenedGrids, grid: Grid, options: ReadOptions): Promise<TableReading> {
  const { file, facts } = opened;
  const { table, notices } = (await feedTable(opened, grid, options)) ?? (await fillTable(opened, grid, options));
  options.onProgress?.(facts.size, facts.size, table.rowCount());
  const { betterHeaderRow, ...parts } = table.finish();
  const sheet: Sheet = {
    file,
    sheet: opened.entry === null ? grid.name : `${opened.entry}/${grid.name}`,
    digest: facts.digest,
    format: opened.format,
    encoding: opened.encoding?.name ?? null,
    delimiter: null,
    ...parts,
    notices: [...encodingNotice(opened), ...parts.notices, ...notices],
  };
  return { sheet, betterHeaderRow };
}

function startGridTable({ file, grids }: OpenedGrids, grid: Grid, read: ReadOptions, isNumbered: boolean): TableReader {
  const all = grids.map(({ name }) => name);
  return startTable({ file, layout: 'grid', isNumbered, sheet: { name: grid.name, all }, read });
}

/** A table that the grid gave its rows; null where it cannot, or where somebody wants to see their texts. */
async function feedTable(
  opened: OpenedGrids,
  grid: Grid,
  options: ReadOptions,
): Promise<FedTable<Pick<TableReader, 'rowCount' | 'finish'>> | null> {
  if (grid.feed === undefined || options.onRecord !== undefined) return null;
  return grid.feed(() => {
    const { row, bytesFrom, rowCount, finish } = startGridTable(opened, grid, options, true);
    return { row: (each) => row(each.cells, each.row, each.row, each), plainFrom: bytesFrom, rowCount, finish };
  });
}

async function fillTable(opened: OpenedGrids, grid: Grid, options: ReadOptions): Promise<FedTable<TableReader>> {
  const table = startGridTable(opened, grid, options, false);
  const notices: Notice[] = [];
  for await (const rows of rowBatches(grid, (notice) => notices.push(notice))) {
    for (const row of rows) {
      options.onRecord?.(row.cells, row.row);
      table.row(row.cells, row.row, row.row, row);
    }
  }
  return { table, notices };
}
