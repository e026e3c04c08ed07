import { FunnelintError } from '../../errors.ts';
import type { ReadOptions, SetAsideRow, Sheet } from '../sheet.ts';
import { excerptOf } from './body-state.ts';
import { findHeaderRows, HEADER_SEARCH_ROWS, headerAt } from './header.ts';
import { headerNotices, type TableHeader } from './header-notices.ts';
import { type FormRow, rowForm } from './merged-rows.ts';
import { sideTableColumns } from './side-tables.ts';
import { type BodyParts, type GridCells, startBody, type TableBody } from './table-body.ts';
import type { HeaderRow } from './two-row-header.ts';

/** What a table is made of; a grid (workbook) has cells everywhere, text has as many as the line holds. */
export interface TableOptions {
  /** Path for messages. */
  readonly file: string;
  readonly layout: 'grid' | 'text';
  /** True for a grid whose rows may come as cells with text numbers. */
  readonly isNumbered?: boolean;
  /** Bytes of a text. */
  readonly byteCount?: number;
  /** The sheet read and all of the workbook, for messages. */
  readonly sheet?: { readonly name: string; readonly all: readonly string[] };
  readonly read: ReadOptions;
}

/** The part of a sheet that its rows decide, and the row of a header that it would be better to read again with. */
export type TableParts = Pick<Sheet, 'headerRow' | 'headerLine' | 'headers'> & BodyParts;

/** Takes rows of a shape without their texts. */
export type PlainRows = Pick<
  TableBody,
  'positions' | 'plainShape' | 'mayBeHeader' | 'plainRows' | 'plainRun' | 'plainCells'
>;

/** Receives the rows of a table from the top, finds its header, and sorts what stands below. */
export interface TableReader {
  row(cells: readonly string[], row: number, line: number, grid?: GridCells): void;
  /** The rows below the header where they can be taken as bytes or cells from a row on; null where their texts are needed. */
  bytesFrom(row: number): PlainRows | null;
  /** A line with damaged quotes; `mended` as in `CsvReceiver`. */
  damagedLine(text: string, mended: readonly string[] | null, row: number, line: number): void;
  /** Rows taken as deals so far. */
  rowCount(): number;
  /** @throws FunnelintError `table/no-header`, `table/no-header-in-sheet`, `table/no-such-row` */
  finish(): TableParts;
}

interface TopRow extends HeaderRow {
  readonly line: number;
  /** The raw text when its quotes are damaged; `cells` are then the mended ones, or none. */
  readonly damagedText: string | null;
  readonly mended: readonly string[] | null;
}

const TOP_ROW = { damagedText: null, mended: null, dataCells: [], spanned: undefined };

/** Starts a table: its first rows wait until the header is found among them. */
export function startTable(options: TableOptions): TableReader {
  const searchRows = Math.max(HEADER_SEARCH_ROWS, options.read.headerRow ?? 0);
  const top: TopRow[] = [];
  let settled: Settled | null = null;
  let firstRow: number | null = null;
  const hold = (held: TopRow): void => {
    if (firstRow === null && isFilled(held)) firstRow = held.row;
    top.push(held);
  };
  const body = (row: number): TableBody | null => {
    // A table may start anywhere, but its header is near the top of what there is.
    if (settled === null && row >= (firstRow ?? row) + searchRows) settled = settleHeader(top, options);
    return settled?.body ?? null;
  };
  return {
    row(cells, row, line, grid = { headerCells: cells }) {
      const target = body(row);
      if (target !== null) target.row(cells, row, line, grid);
      else hold({ ...TOP_ROW, cells: grid.headerCells, row, line, dataCells: cells, spanned: grid.spanned });
    },
    bytesFrom: body,
    damagedLine(text, mended, row, line) {
      const target = body(row);
      if (target !== null) target.damagedLine(text, mended, row, line);
      else hold({ ...TOP_ROW, cells: mended ?? [text], row, line, damagedText: text, mended });
    },
    rowCount: () => settled?.body.rowCount() ?? 0,
    finish() {
      const { parts, above, body: filled } = settled ?? settleHeader(top, options);
      const sorted = filled.finish();
      const { headerRow } = options.read;
      const betterHeaderRow = headerRow === undefined ? sorted.betterHeaderRow : null;
      const setAside = [...above, ...sorted.setAside];
      return { ...parts, ...sorted, betterHeaderRow, setAside, notices: [...parts.notices, ...sorted.notices] };
    },
  };
}

interface Settled {
  readonly parts: Pick<Sheet, 'headerRow' | 'headerLine' | 'headers' | 'notices'>;
  readonly above: readonly SetAsideRow[];
  readonly body: TableBody;
}

/** As many columns are kept as a spreadsheet can show; no list of deals comes near. */
const MOST_COLUMNS = 16_384;

function tooWide({ file }: TableOptions, line: number, columns: number): FunnelintError {
  return new FunnelintError('table/too-wide', { file, line, columns, most: MOST_COLUMNS });
}

function noHeader({ file, sheet, read }: TableOptions): FunnelintError {
  if (read.headerRow !== undefined) return new FunnelintError('table/no-such-row', { file, row: read.headerRow });
  if (sheet === undefined) return new FunnelintError('table/no-header', { file });
  return new FunnelintError('table/no-header-in-sheet', { file, sheet: sheet.name, sheets: sheet.all.join(', ') });
}

function settleHeader(top: readonly TopRow[], options: TableOptions): Settled {
  const { layout, read } = options;
  const { knownHeader } = read;
  const found = foundHeader(top, read);
  const last = found === null ? undefined : top[found.last];
  if (found === null || last === undefined) throw noHeader(options);
  const below = top.slice(found.last + 1);
  const sideColumns = sideTableColumns(
    found.headers,
    below.map(({ dataCells }) => dataCells),
    knownHeader,
  );
  const beside = new Set(sideColumns);
  const headers = found.headers.map((text, position) => (beside.has(position) ? '' : text));
  const positions = read.choose(headers);
  if (positions.length > MOST_COLUMNS) throw tooWide(options, last.line, headers.length);
  const body = startBody({
    file: options.file,
    byteCount: options.byteCount ?? 0,
    headers,
    headerRows: top.slice(found.first, found.last + 1).map(({ dataCells }) => dataCells),
    headerRow: last.row,
    positions,
    layout,
    isNumbered: options.isNumbered ?? false,
    form: rowForm(headers, found.joined?.wholeColumns ?? [], below.map(formRow), knownHeader),
    sideColumns,
    knownHeader,
  });
  for (const each of below) {
    const { dataCells, row, line, damagedText, mended, spanned } = each;
    const grid = spanned === undefined ? { headerCells: each.cells } : { headerCells: each.cells, spanned };
    if (damagedText === null) body.row(dataCells, row, line, grid);
    else body.damagedLine(damagedText, mended, row, line);
  }
  return {
    body,
    above: damagedAbove(top, found.first),
    parts: {
      headerRow: last.row,
      headerLine: last.line,
      headers: headers.map((text, position) => ({ text, position })),
      notices: headerNotices({ found, headers, rows: top, sideColumns }),
    },
  };
}

function isFilled({ cells }: TopRow): boolean {
  return cells.some((cell) => cell.trim() !== '');
}

/** Damaged lines above a header may be rows of a table that nobody can read. */
function damagedAbove(top: readonly TopRow[], headerIndex: number): SetAsideRow[] {
  return top.slice(0, headerIndex).flatMap(({ damagedText, mended, row, line }): SetAsideRow[] => {
    if (damagedText === null || mended !== null) return [];
    return [{ row, line, reason: 'quote', excerpt: excerptOf(damagedText) }];
  });
}

function formRow({ dataCells, spanned }: TopRow): FormRow {
  return { cells: dataCells, spanned };
}

/** The header that was asked for, else the one that is found, else where any table will do the first filled row. */
function foundHeader(top: readonly TopRow[], { headerRow, knownHeader, anyTable }: ReadOptions): TableHeader | null {
  if (headerRow !== undefined) {
    const index = top.findIndex((row) => row.row === headerRow && isFilled(row));
    return index === -1 ? null : { ...headerAt(top, index, knownHeader), isAssumed: false };
  }
  const found = findHeaderRows(top, knownHeader);
  if (found !== null || anyTable !== true) return found === null ? null : { ...found, isAssumed: false };
  const first = top.findIndex(isFilled);
  if (first === -1) return null;
  return { headers: top[first]?.cells ?? [], first, last: first, joined: null, isAssumed: true };
}
