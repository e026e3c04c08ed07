import { FunnelintError } from '../errors.ts';
import type { Grid, GridRow } from './grid.ts';
import type { Notice, ReadOptions } from './sheet.ts';
import { bestKnown, HEADER_SEARCH_ROWS } from './table/header.ts';

/**
 * The sheet asked for; else the visible one whose best row holds most known headers, a hidden one only where no
 * visible one holds two (with a notice); else the first visible one with content.
 * @throws FunnelintError `table/no-sheet`
 */
export async function chooseSheet(
  file: string,
  sheets: readonly Grid[],
  { sheet: asked, knownHeader }: Pick<ReadOptions, 'sheet' | 'knownHeader'>,
): Promise<{ readonly sheet: Grid; readonly notices: readonly Notice[] }> {
  if (asked !== undefined) return { sheet: namedSheet(file, sheets, asked), notices: [] };
  const [only] = sheets;
  if (only !== undefined && sheets.length === 1) {
    return { sheet: only, notices: only.state === 'visible' ? [] : [hiddenNotice(only)] };
  }
  const visible = sheets.filter(({ state }) => state === 'visible');
  const [matching, ...others] = await matchingSheets(visible, knownHeader);
  if (matching !== undefined) return { sheet: matching, notices: leftOut(others) };
  const [hidden] = await matchingSheets(
    sheets.filter(({ state }) => state !== 'visible'),
    knownHeader,
  );
  if (hidden !== undefined) return { sheet: hidden, notices: [hiddenNotice(hidden)] };
  const first = (await firstFilled(visible)) ?? visible[0] ?? sheets[0];
  if (first === undefined) throw new FunnelintError('table/no-header', { file });
  return { sheet: first, notices: first.state !== 'visible' ? [hiddenNotice(first)] : [] };
}

/** Other sheets that people see and that may be tables of deals too, such as one for each month. */
function leftOut(others: readonly Grid[]): Notice[] {
  if (others.length === 0) return [];
  const sheets = { list: others.map(({ name }) => name) };
  return [{ code: 'table/sheets-left-out', args: { sheets }, line: null, cell: null }];
}

function hiddenNotice({ name }: Grid): Notice {
  return { code: 'table/hidden-sheet', args: { sheet: name }, line: null, cell: null };
}

function namedSheet(file: string, sheets: readonly Grid[], asked: string): Grid {
  const wanted = asked.trim().toLowerCase();
  const found =
    sheets.find(({ name }) => name === asked) ?? sheets.find(({ name }) => name.trim().toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new FunnelintError('table/no-sheet', {
    file,
    sheet: asked,
    sheets: sheets.map(({ name }) => name).join(', '),
  });
}

async function firstFilled(sheets: readonly Grid[]): Promise<Grid | undefined> {
  for (const sheet of sheets) {
    if ((await topRows(sheet)).length > 0) return sheet;
  }
  return undefined;
}

/** Sheets whose best row holds two known headers, those with most first. */
async function matchingSheets(
  sheets: readonly Grid[],
  knownHeader: (header: string) => boolean,
): Promise<readonly Grid[]> {
  const counted: { readonly sheet: Grid; readonly count: number }[] = [];
  for (const sheet of sheets) {
    const rows = (await topRows(sheet)).map(({ headerCells }) => ({ cells: headerCells }));
    counted.push({ sheet, count: bestKnown(rows, knownHeader).count });
  }
  return counted
    .filter(({ count }) => count > 1)
    .sort((one, other) => other.count - one.count)
    .map(({ sheet }) => sheet);
}

async function topRows(sheet: Grid): Promise<GridRow[]> {
  const rows: GridRow[] = [];
  for await (const row of sheet.rows()) {
    if (row.row > HEADER_SEARCH_ROWS) break;
    rows.push(row);
  }
  return rows;
}
