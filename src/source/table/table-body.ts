import { cellName } from '../cell-name.ts';
import type { GridRow } from '../grid.ts';
import type { Notice, Sheet } from '../sheet.ts';
import { lineCount, type RecordBatch } from '../text/record-batch.ts';
import { type Body, type BodyOptions, putAside } from './body-state.ts';
import { type ColumnRun, startByteColumns } from './byte-columns.ts';
import type { CellBatch } from './cell-batch.ts';
import { startCodedColumns } from './coded-columns.ts';
import { growingInts, startColumns } from './column-builder.ts';
import { filledCells, firstFilledCell } from './footer.ts';
import { fillGroupColumns } from './group-columns.ts';
import { startGroupFill } from './merged-rows.ts';
import { isNumberLike } from './number-like.ts';
import { startOtherTables } from './other-tables.ts';
import type { HeaderTest, PlainShape } from './plain-row.ts';
import { isRepeated, releaseCandidate, takeRow } from './sort-row.ts';
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

/** Rows that look plain, collected from a part of a text. */
export interface PlainRun {
  /** Cells of each row. */
  readonly width: number;
  readonly rowCount: number;
  /** Physical lines of all rows. */
  readonly lineCount: number;
  /** Line of each row, counted from 0 at the first; null where every row is one line. */
  readonly lines: Int32Array | null;
  readonly columns: readonly ColumnRun[];
}

/** Receives the rows below a header: each becomes a row of the sheet, is set aside with a reason, or is blank. */
export interface TableBody {
  /** @param grid what a grid knows of the row beyond its texts */
  row(cells: readonly string[], row: number, line: number, grid: GridCells): void;
  /** Positions of the columns that are kept. */
  readonly positions: readonly number[];
  /** What the next rows must look like to be taken without their texts; null where none can be. */
  plainShape(): PlainShape | null;
  /** Whether a row without a number may be a header. */
  readonly mayBeHeader: HeaderTest;
  /** Takes records of that shape, from the first of a batch on. */
  plainRows(batch: RecordBatch, records: number, row: number, line: number): void;
  /** Takes rows of that shape that were collected elsewhere. */
  plainRun(run: PlainRun, row: number, line: number): void;
  /** Takes rows of a grid of that shape, from the first of a batch on. */
  plainCells(batch: CellBatch, rows: number, row: number): void;
  damagedLine(text: string, mended: readonly string[] | null, row: number, line: number): void;
  rowCount(): number;
  finish(): BodyParts;
}

/** Starts the rows below a header. */
export function startBody(options: BodyOptions): TableBody {
  const { headers, headerRows, headerRow, positions, form } = options;
  const byteColumns = options.layout === 'text' ? startByteColumns(headers, positions, options) : null;
  const codedColumns = options.isNumbered ? startCodedColumns(headers, positions, options.file) : null;
  const body: Body = {
    ...options,
    namedWidth: headers.findLastIndex((text) => text.trim() !== '') + 1,
    columns: byteColumns ?? codedColumns ?? startColumns(headers, positions),
    byteColumns,
    codedColumns,
    named: headers.map((_, cell) => [headers, ...headerRows].every((each) => !isNumberLike(each[cell] ?? ''))),
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
    positions,
    plainShape: () => plainShape(body),
    mayBeHeader: (cells) => isRepeated(body, cells) || body.others.headerKind(cells, false) !== null,
    plainRows(batch, records, row, line) {
      countPlainRows(body, records, row, line);
      if (lineCount(batch, records) === records) body.lines.pushRange(line, records);
      else pushLines(body, batch, records, line);
      body.byteColumns?.pushBatch(batch, records, body.lastWidth);
    },
    plainRun({ rowCount, lines, columns: run }, row, line) {
      countPlainRows(body, rowCount, row, line);
      if (lines === null) body.lines.pushRange(line, rowCount);
      else for (let index = 0; index < rowCount; index++) body.lines.push(line + lines[index]!);
      body.byteColumns?.pushRun(run);
    },
    plainCells(batch, rows, row) {
      body.rows.pushRange(row, rows);
      body.lines.pushRange(row, rows);
      body.lastRow = row + rows - 1;
      body.rowCount += rows;
      body.codedColumns?.pushCells(batch, rows);
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

function plainShape(body: Body): PlainShape | null {
  // Another table shows by its width, and what stands behind a break has yet to show what it is.
  if ((body.byteColumns ?? body.codedColumns) === null) return null;
  if (body.rowCount === 0 || body.afterBreak || body.held.length > 0) return null;
  const { sideColumns, others, form, headers, namedWidth, lastWidth } = body;
  if (sideColumns.length > 0 || others.isOpen()) return null;
  return { headers, width: lastWidth, namedWidth, filledCell: form.whole?.[0] ?? null, named: body.named };
}

function countPlainRows(body: Body, count: number, row: number, line: number): void {
  if (count > 0 && body.lastWidth < body.namedWidth) body.short.add(line, undefined, count);
  if (body.lastWidth > body.widest) body.widest = body.lastWidth;
  body.rows.pushRange(row, count);
  body.lastRow = row + count - 1;
  body.rowCount += count;
}

function pushLines(body: Body, { lineBreaks }: RecordBatch, records: number, first: number): void {
  let line = first;
  for (let record = 0; record < records; record++) {
    body.lines.push(line);
    line += 1 + lineBreaks[record]!;
  }
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
