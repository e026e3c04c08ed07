import { FunnelintError } from '../errors.ts';
import type { GridRow } from './grid.ts';
import { findHeader, HEADER_SEARCH_ROWS } from './header.ts';
import { headerNotices } from './header-notices.ts';
import type { ScannedRecord } from './record-scan.ts';
import type { Notice, ReadOptions, Sheet } from './sheet.ts';
import { startBody, type TableBody } from './table-body.ts';

/** What a table is made of; a grid (workbook) has cells everywhere, text has as many as the line holds. */
export interface TableOptions {
  /** Path for messages. */
  readonly file: string;
  readonly layout: 'grid' | 'text';
  /** The sheet read and all of the workbook, for messages. */
  readonly sheet?: { readonly name: string; readonly all: readonly string[] };
  readonly read: ReadOptions;
}

/** The part of a sheet that its rows decide. */
export type TableParts = Pick<
  Sheet,
  'headerRow' | 'headerLine' | 'headers' | 'columns' | 'rowCount' | 'rows' | 'lines' | 'setAside' | 'blankRows'
> & { readonly notices: readonly Notice[] };

/** What a grid knows of a row beyond its texts. */
export type GridCells = Pick<GridRow, 'headerCells' | 'spanned'>;

/** Receives the rows of a table from the top, finds its header, and sorts what stands below. */
export interface TableReader {
  row(cells: readonly string[], row: number, line: number, grid?: GridCells): void;
  /** Takes a row that is still bytes; false when its texts are needed. */
  scannedRow(record: ScannedRecord, row: number, line: number): boolean;
  /** A line with damaged quotes; `mended` as in `CsvReceiver`. */
  damagedLine(text: string, mended: readonly string[] | null, row: number, line: number): void;
  /** Rows taken as deals so far. */
  rowCount(): number;
  /** @throws FunnelintError `table/no-header`, `table/no-header-in-sheet`, `table/no-such-row` */
  finish(): TableParts;
}

interface TopRow {
  readonly cells: readonly string[];
  readonly row: number;
  readonly line: number;
  /** The raw text when its quotes are damaged; `cells` are then the mended ones, or none. */
  readonly damagedText: string | null;
  readonly mended: readonly string[] | null;
  readonly dataCells: readonly string[];
}

/** Starts a table: its first rows wait until the header is found among them. */
export function startTable(options: TableOptions): TableReader {
  const searchRows = Math.max(HEADER_SEARCH_ROWS, options.read.headerRow ?? 0);
  const top: TopRow[] = [];
  let settled: Settled | null = null;
  const body = (row: number): TableBody | null => {
    if (settled === null && row > searchRows) settled = settleHeader(top, options);
    return settled?.body ?? null;
  };
  return {
    row(cells, row, line, grid = { headerCells: cells }) {
      const target = body(row);
      if (target !== null) target.row(cells, row, line);
      else top.push({ cells: grid.headerCells, row, line, damagedText: null, mended: null, dataCells: cells });
    },
    scannedRow: (record, row, line) => body(row)?.scannedRow(record, row, line) ?? false,
    damagedLine(text, mended, row, line) {
      const target = body(row);
      if (target !== null) target.damagedLine(text, mended, row, line);
      else top.push({ cells: mended ?? [text], row, line, damagedText: text, mended, dataCells: [] });
    },
    rowCount: () => settled?.body.rowCount() ?? 0,
    finish() {
      const { parts, body: filled } = settled ?? settleHeader(top, options);
      const sorted = filled.finish();
      return { ...parts, ...sorted, notices: [...parts.notices, ...sorted.notices] };
    },
  };
}

interface Settled {
  readonly parts: Pick<Sheet, 'headerRow' | 'headerLine' | 'headers' | 'notices'>;
  readonly body: TableBody;
}

function noHeader({ file, sheet, read }: TableOptions): FunnelintError {
  if (read.headerRow !== undefined) return new FunnelintError('table/no-such-row', { file, row: read.headerRow });
  if (sheet === undefined) return new FunnelintError('table/no-header', { file });
  return new FunnelintError('table/no-header-in-sheet', { file, sheet: sheet.name, sheets: sheet.all.join(', ') });
}

function settleHeader(top: readonly TopRow[], options: TableOptions): Settled {
  const { layout, read } = options;
  const index = read.headerRow === undefined ? findHeader(top, read.knownHeader) : askedRow(top, read.headerRow);
  const header = index === null ? undefined : top[index];
  if (index === null || header === undefined) throw noHeader(options);
  const headers = header.cells;
  const body = startBody({ headers, headerRow: header.row, positions: read.choose(headers), layout });
  for (const { dataCells, row, line, damagedText, mended } of top.slice(index + 1)) {
    if (damagedText === null) body.row(dataCells, row, line);
    else body.damagedLine(damagedText, mended, row, line);
  }
  return {
    body,
    parts: {
      headerRow: header.row,
      headerLine: header.line,
      headers: headers.map((text, position) => ({ text, position })),
      notices: headerNotices(top.slice(0, index), headers, header.row, header.line),
    },
  };
}

function askedRow(top: readonly TopRow[], headerRow: number): number | null {
  const index = top.findIndex(({ row, cells }) => row === headerRow && cells.some((cell) => cell.trim() !== ''));
  return index === -1 ? null : index;
}
