import { Parser } from 'htmlparser2';
import type { Grid, GridRow } from '../grid.ts';
import type { Notice } from '../sheet.ts';
import { sheetNotices } from '../workbook/sheet-notices.ts';
import { isData, type PageTable, startPage } from './page-reader.ts';

/**
 * The tables of a page that are lists: those of at least two rows and two columns, named by their caption or by what
 * Excel saved beside them. None for a page that asks for a password, whatever else it shows.
 * @param text the decoded page
 * @throws FunnelintError `file/damaged`, `file/too-large`
 */
export function readHtmlTables(file: string, text: string): Grid[] {
  const island = text.slice(0, ISLAND_CHARACTERS);
  const page = startPage(file, /<x:Date1904\s*\/>/i.test(island));
  const parser = new Parser({
    onopentag: (name, attributes) => page.open(name, attributes),
    ontext: (data) => page.text(data),
    onclosetag: (name, implied) => page.close(name, implied),
  });
  parser.end(text);
  const { tables, asksPassword } = page.finish();
  if (asksPassword) return [];
  const lists = tables.filter(isData);
  const names = namesOf(lists, worksheetNames(island));
  return lists.map((table, index) => gridOf(table, names[index] as string));
}

/** What Excel says of its sheets stands at the head of a page. */
const ISLAND_CHARACTERS = 200_000;
const WORKSHEET_NAME = /<x:Name>([^<]{1,100})<\/x:Name>/gi;

function worksheetNames(island: string): string[] {
  return [...island.matchAll(WORKSHEET_NAME)].map(([, name = '']) =>
    name.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim(),
  );
}

/** Each name once, so that every table can be asked for. */
function namesOf(tables: readonly PageTable[], worksheets: readonly string[]): string[] {
  const used = new Set<string>();
  const known = worksheets.length === tables.length ? worksheets : [];
  return tables.map(({ caption }, index) => {
    const wanted = caption || known[index] || `Table ${index + 1}`;
    const name = used.has(wanted) ? `${wanted} (${index + 1})` : wanted;
    used.add(name);
    return name;
  });
}

function gridOf(table: PageTable, name: string): Grid {
  const notices = sheetNotices(table.tallies);
  if (!table.hasEnd) notices.push({ code: 'table/no-end', args: {}, line: table.rows.at(-1)?.row ?? null, cell: null });
  return {
    name,
    state: table.hidden ? 'hidden' : 'visible',
    rows: (tell = () => {}) => rowsOf(table.rows, notices, tell),
  };
}

async function* rowsOf(
  rows: readonly GridRow[],
  notices: readonly Notice[],
  tell: (notice: Notice) => void,
): AsyncGenerator<GridRow> {
  yield* rows;
  for (const notice of notices) tell(notice);
}
