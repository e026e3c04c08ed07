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
  const visible = sheets.filter(({ state }) => state === 'visible');
  const matching = await bestSheet(visible, knownHeader);
  if (matching !== null) return { sheet: matching, notices: [] };
  const hidden = await bestSheet(
    sheets.filter(({ state }) => state !== 'visible'),
    knownHeader,
  );
  if (hidden !== null) return { sheet: hidden, notices: [hiddenNotice(hidden)] };
  const first = (await firstFilled(visible)) ?? visible[0] ?? sheets[0];
  if (first === undefined) throw new FunnelintError('table/no-header', { file });
  return { sheet: first, notices: first.state !== 'visible' ? [hiddenNotice(first)] : [] };
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

async function bestSheet(sheets: readonly Grid[], knownHeader: (header: string) => boolean): Promise<Grid | null> {
  let best: Grid | null = null;
  let most = 1;
  for (const sheet of sheets) {
    const rows = (await topRows(sheet)).map(({ headerCells }) => ({ cells: headerCells }));
    const { count } = bestKnown(rows, knownHeader);
    if (count > most) {
      best = sheet;
      most = count;
    }
  }
  return best;
}

async function topRows(sheet: Grid): Promise<GridRow[]> {
  const rows: GridRow[] = [];
  for await (const row of sheet.rows()) {
    if (row.row > HEADER_SEARCH_ROWS) break;
    rows.push(row);
  }
  return rows;
}
