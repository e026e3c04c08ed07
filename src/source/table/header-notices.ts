import { foldHeader } from '../../i18n/fold.ts';
import { cellName } from '../cell-name.ts';
import type { Notice } from '../sheet.ts';
import { filledCells, firstFilledCell } from './footer.ts';
import type { FoundHeader } from './header.ts';
import type { HeaderRow } from './two-row-header.ts';

/** The header of a table, and whether its row was taken for want of a better one. */
export type TableHeader = FoundHeader & { readonly isAssumed: boolean };

/** A header among the rows it was found in. */
export interface HeaderPlace {
  readonly found: TableHeader;
  /** The names that count. */
  readonly headers: readonly string[];
  readonly rows: readonly (HeaderRow & { readonly line: number })[];
  readonly sideColumns: readonly number[];
}

/** What is worth saying about a header: the rows above it, how it was found, names that come twice or are missing. */
export function headerNotices(place: HeaderPlace): Notice[] {
  const { found, rows } = place;
  const header = rows[found.last];
  if (header === undefined) return [];
  const { row, line } = header;
  const notices: Notice[] = [];
  const above = rows.slice(0, found.first).filter(({ cells }) => firstFilledCell(cells) !== -1);
  const [first] = above;
  if (first !== undefined) {
    notices.push({ code: 'table/preamble', args: { rows: above.length }, line: first.line, cell: null });
  }
  if (found.joined !== null) notices.push({ code: 'table/two-row-header', args: { row }, line, cell: null });
  if (found.isAssumed) notices.push({ code: 'table/header-assumed', args: { row }, line, cell: null });
  return [...notices, ...repeatedNames(place, row, line), ...missingName(place, row, line)];
}

function repeatedNames({ headers }: HeaderPlace, row: number, line: number): Notice[] {
  const notices: Notice[] = [];
  const seen = new Map<string, number>();
  for (const [position, text] of headers.entries()) {
    const header = text.trim();
    const key = foldHeader(header) || header;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, position);
    else if (header !== '') {
      const args = { header, first: cellName(first, row) };
      notices.push({ code: 'table/duplicate-header', args, line, cell: cellName(position, row) });
    }
  }
  return notices;
}

/** A column without a name matters when something stands in it, as far as the first rows show. */
function missingName({ found, headers, rows, sideColumns }: HeaderPlace, row: number, line: number): Notice[] {
  const beside = new Set(sideColumns);
  const lastNamed = headers.findLastIndex((text) => text.trim() !== '');
  const below = rows.slice(found.last + 1).filter(({ dataCells }) => filledCells(dataCells) > 1);
  const blank = headers.findIndex(
    (text, position) =>
      position < lastNamed &&
      text.trim() === '' &&
      !beside.has(position) &&
      below.some(({ dataCells }) => (dataCells[position] ?? '').trim() !== ''),
  );
  return blank === -1 ? [] : [{ code: 'table/blank-header', args: {}, line, cell: cellName(blank, row) }];
}
