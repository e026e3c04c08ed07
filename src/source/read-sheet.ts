import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { type ByteSource, fileBytes } from './byte-source.ts';
import { chooseSheet } from './choose-sheet.ts';
import type { Grid } from './grid.ts';
import { type OpenedFile, type OpenedGrids, openFile } from './open-file.ts';
import { readTextTable } from './read-text.ts';
import type { Notice, ReadOptions, Sheet } from './sheet.ts';
import { startTable } from './table.ts';

/**
 * Reads one table, whatever the file is called and whatever holds it. Records below the header are rows, rows set
 * aside, or blank: together they are all of them.
 * @throws FunnelintError `file/…` and `table/…`
 */
export async function readSheet(file: string | ByteSource, options: ReadOptions): Promise<Sheet> {
  const source = typeof file === 'string' ? fileBytes(file) : file;
  const [opened] = await openFile(source, options.encoding);
  if (opened === undefined) throw new FunnelintError('table/no-header', { file: source.name });
  return readOpened(opened, options);
}

/**
 * Reads the table of an opened file, of several the one that is asked for or has most known headers.
 * @throws FunnelintError `flag/not-for-file`, `table/…`, `file/…`
 */
async function readOpened(opened: OpenedFile, options: ReadOptions): Promise<Sheet> {
  refuseFlags(opened, options);
  if (opened.kind === 'text') return readTextTable(opened, options);
  const { sheet, notices } = await chooseSheet(opened.file, opened.grids, options);
  const read = await readGrid(opened, sheet, options);
  return { ...read, notices: [...notices, ...read.notices] };
}

const WORKBOOK: Text = { en: 'a workbook', zh: '工作簿' };
const TEXT_FILE: Text = { en: 'a text file without sheets', zh: '没有工作表的文本文件' };

/** A setting that cannot apply is a mistake about the file, which nobody should have to find out from the figures. */
function refuseFlags(opened: OpenedFile, { sheet, delimiter, encoding }: ReadOptions): void {
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
async function readGrid(opened: OpenedGrids, grid: Grid, options: ReadOptions): Promise<Sheet> {
  const { file, facts, grids } = opened;
  const all = grids.map(({ name }) => name);
  const table = startTable({ file, layout: 'grid', sheet: { name: grid.name, all }, read: options });
  const cellNotices: Notice[] = [];
  for await (const row of grid.rows((notice) => cellNotices.push(notice))) {
    options.onRecord?.(row.cells, row.row);
    table.row(row.cells, row.row, row.row, row);
  }
  options.onProgress?.(facts.size, facts.size, table.rowCount());
  const parts = table.finish();
  return {
    file,
    sheet: opened.entry === null ? grid.name : `${opened.entry}/${grid.name}`,
    sha256: facts.sha256,
    format: opened.format,
    encoding: opened.encoding?.name ?? null,
    delimiter: null,
    ...parts,
    notices: [...parts.notices, ...cellNotices],
  };
}
