import { cellName } from '../cell-name.ts';
import type { GridRow } from '../grid.ts';
import type { Notice, Sheet } from '../sheet.ts';
import type { ScannedRecord } from '../text/record-scan.ts';
import { type Body, type BodyOptions, countKept, putAside } from './body-state.ts';
import { growingInts, startColumns } from './column-builder.ts';
import { filledCells, firstFilledCell } from './footer.ts';
import { fillGroupColumns } from './group-columns.ts';
import { startGroupFill } from './merged-rows.ts';
import { startOtherTables } from './other-tables.ts';
import { isPlainRow } from './plain-row.ts';
import { releaseCandidate, takeRow } from './sort-row.ts';
import { withoutSum } from './summed-row.ts';
import { tally } from './tally.ts';

/** What a grid knows of a row beyond its texts. */
export type GridCells = Pick<GridRow, 'headerCells' | 'spanned'>;

/** What the rows below a header make. */
export type BodyParts = Pick<
  Sheet,
  'columns' | 'rowCount' | 'rows' | 'lines' | 'setAside' | 'blankRows' | 'notices'
> & {
  /** 1-based row of the header of another table on the sheet that is more worth reading. */
  readonly betterHeaderRow: number | null;
};

/** Receives the rows below a header: each becomes a row of the sheet, is set aside with a reason, or is blank. */
export interface TableBody {
  /** @param grid what a grid knows of the row beyond its texts */
  row(cells: readonly string[], row: number, line: number, grid: GridCells): void;
  /** Takes a row that is still bytes; false when what it is takes its texts. */
  scannedRow(record: ScannedRecord, row: number, line: number): boolean;
  damagedLine(text: string, mended: readonly string[] | null, row: number, line: number): void;
  rowCount(): number;
  finish(): BodyParts;
}

/** Starts the rows below a header. */
export function startBody(options: BodyOptions): TableBody {
  const { headers, headerRow, positions, form } = options;
  const body: Body = {
    ...options,
    namedWidth: headers.findLastIndex((text) => text.trim() !== '') + 1,
    columns: startColumns(headers, positions),
    rows: growingInts(),
    lines: growingInts(),
    setAside: [],
    short: tally('table/short-rows'),
    surplus: tally('table/surplus-cells'),
    nameless: tally('table/blank-header'),
    marked: tally('file/mark-inside'),
    mended: tally('table/mended-quotes'),
    beside: tally('table/beside-table'),
    others: startOtherTables(headers, options.knownHeader),
    groups: startGroupFill(form),
    marks: [],
    held: [],
    candidate: null,
    afterBreak: false,
    lastRow: headerRow,
    lastWidth: 0,
    widest: 0,
    rowCount: 0,
    blankRows: 0,
  };
  return {
    row(marked, row, line, { headerCells, spanned }) {
      const cells = withoutMark(body, marked, line);
      if (row !== body.lastRow + 1) countGap(body, row);
      body.lastRow = row;
      body.lastWidth = cells.length;
      takeRow(body, { cells, row, line, spanned, isBanner: isBanner(marked, headerCells) });
    },
    scannedRow(record, row, line) {
      // Another table shows by its width.
      if (record.width !== body.lastWidth || body.afterBreak || body.held.length > 0) return false;
      if (body.rowCount === 0 || !mayBePlain(body, record)) return false;
      body.lastRow = row;
      if (record.width < body.namedWidth) body.short.add(line);
      body.columns.pushScanned(record);
      countKept(body, row, line);
      return true;
    },
    damagedLine(text, mended, row, line) {
      body.lastRow = row;
      if (mended !== null && mended.length === headers.length) {
        body.mended.add(line);
        takeRow(body, { cells: mended, row, line, spanned: undefined, isBanner: false });
      } else putAside(body, { cells: [text], row, line }, 'quote');
    },
    rowCount: () => body.rowCount,
    finish: () => finish(body),
  };
}

/** A file appended to another brings its byte order mark along, which belongs to no cell. */
function withoutMark(body: Body, cells: readonly string[], line: number): readonly string[] {
  const [first = '', ...others] = cells;
  if (!first.startsWith(MARK)) return cells;
  body.marked.add(line);
  return [first.slice(MARK.length), ...others];
}

const MARK = '\ufeff';

function mayBePlain({ sideColumns, others, form, headers, namedWidth }: Body, record: ScannedRecord): boolean {
  if (sideColumns.length > 0 || others.isOpen()) return false;
  for (let at = namedWidth; at < record.width; at++) if (record.starts[at] !== record.ends[at]) return false;
  const first = form.whole?.[0];
  if (first !== undefined && record.starts[first] === record.ends[first]) return false;
  return isPlainRow(record, headers);
}

/** True for a text alone in its row that is merged over several columns, as the name of a group below it is. */
function isBanner(cells: readonly string[], headerCells: readonly string[]): boolean {
  if (cells === headerCells || filledCells(cells) !== 1) return false;
  const text = cells[firstFilledCell(cells)] as string;
  return headerCells.filter((cell) => cell === text).length > 1;
}

/** Counts the rows a workbook leaves out because they are blank. */
function countGap(body: Body, row: number): void {
  releaseCandidate(body);
  body.blankRows += row - body.lastRow - 1;
  body.afterBreak = true;
}

/** Delimiters at the end of the header that no row has: it says more columns than there are. */
function widerHeader({ layout, headers, namedWidth, widest, headerRow, rowCount }: Body): Notice[] {
  if (layout === 'grid' || namedWidth === headers.length || widest > namedWidth || rowCount === 0) return [];
  const args = { columns: headers.length - namedWidth };
  return [{ code: 'table/header-wider', args, line: null, cell: cellName(namedWidth, headerRow) }];
}

function finish(body: Body): BodyParts {
  releaseCandidate(body);
  const isCutOff = body.held.length === 1 && body.held[0]?.reason === 'ragged';
  for (const held of body.held) putAside(body, held, isCutOff ? 'cut-off' : held.reason);
  const { others, short, surplus, nameless, marked, mended, beside, blankRows } = body;
  const grouped = fillGroupColumns({
    columns: body.columns.finish(),
    rows: body.rows.finish(),
    lines: body.lines.finish(),
    setAside: body.setAside,
    marks: body.marks,
    headers: body.headers,
    filled: body.groups.filled,
  });
  const { columns, rows, lines, setAside } = withoutSum(grouped);
  return {
    columns,
    rowCount: rows.length,
    rows,
    lines,
    setAside: [...setAside].sort((left, right) => left.row - right.row),
    blankRows,
    notices: [
      ...[short, surplus, nameless, marked, mended, beside].flatMap((each) => each.notices()),
      ...widerHeader(body),
      ...grouped.notices,
      ...others.notices(),
    ],
    betterHeaderRow: others.better(rows.length),
  };
}
