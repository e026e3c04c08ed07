import { type ColumnBuilder, type GrowingInts, growingInts, startColumns } from './column-builder.ts';
import { filledCells, firstFilledCell, isReportLine, isTotalRow } from './footer.ts';
import { isPlainRow } from './plain-row.ts';
import type { ScannedRecord } from './record-scan.ts';
import type { Notice, SetAsideReason, SetAsideRow, Sheet } from './sheet.ts';

/** What is known of a table when its header is found. */
export interface BodyOptions {
  readonly headers: readonly string[];
  /** 1-based row of the header. */
  readonly headerRow: number;
  /** Positions of the columns to keep. */
  readonly positions: readonly number[];
  readonly layout: 'grid' | 'text';
}

export type BodyParts = Pick<Sheet, 'columns' | 'rowCount' | 'rows' | 'lines' | 'setAside' | 'blankRows' | 'notices'>;

/** Receives the rows below a header: each becomes a row of the sheet, is set aside with a reason, or is blank. */
export interface TableBody {
  row(cells: readonly string[], row: number, line: number): void;
  /** Takes a row that is still bytes; false when what it is takes its texts. */
  scannedRow(record: ScannedRecord, row: number, line: number): boolean;
  damagedLine(text: string, mended: readonly string[] | null, row: number, line: number): void;
  rowCount(): number;
  finish(): BodyParts;
}

/** A row that is a footer if the table ends with it, and a row like others if it does not. */
interface HeldRow {
  readonly cells: readonly string[];
  readonly row: number;
  readonly line: number;
  readonly reason: SetAsideReason;
}

/** More rows of one cell than any footer has. */
const MOST_HELD_ROWS = 64;
const EXCERPT_LENGTH = 80;

interface Body {
  readonly headers: readonly string[];
  readonly layout: 'grid' | 'text';
  /** Cells a row needs to reach the last header that has a name. */
  readonly namedWidth: number;
  readonly columns: ColumnBuilder;
  readonly rows: GrowingInts;
  readonly lines: GrowingInts;
  readonly setAside: SetAsideRow[];
  readonly short: Tally;
  readonly mended: Tally;
  readonly beside: Tally;
  held: HeldRow[];
  /** A blank row or a total stands between here and the last row kept. */
  afterBreak: boolean;
  lastRow: number;
  rowCount: number;
  blankRows: number;
}

/** Starts the rows below a header. */
export function startBody({ headers, headerRow, positions, layout }: BodyOptions): TableBody {
  const body: Body = {
    headers,
    layout,
    namedWidth: headers.findLastIndex((text) => text.trim() !== '') + 1,
    columns: startColumns(headers, positions),
    rows: growingInts(),
    lines: growingInts(),
    setAside: [],
    short: tally('table/short-rows'),
    mended: tally('table/mended-quotes'),
    beside: tally('table/beside-table'),
    held: [],
    afterBreak: false,
    lastRow: headerRow,
    rowCount: 0,
    blankRows: 0,
  };
  return {
    row(cells, row, line) {
      if (row !== body.lastRow + 1) countGap(body, row);
      body.lastRow = row;
      takeRow(body, cells, row, line);
    },
    scannedRow(record, row, line) {
      if (body.afterBreak || body.held.length > 0 || !isPlainRow(record, headers)) return false;
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
        takeRow(body, mended, row, line);
      } else putAside(body, [text], row, line, 'quote');
    },
    rowCount: () => body.rowCount,
    finish: () => finish(body),
  };
}

/** Counts the rows a workbook leaves out because they are blank. */
function countGap(body: Body, row: number): void {
  body.blankRows += row - body.lastRow - 1;
  body.afterBreak = true;
}

function takeRow(body: Body, cells: readonly string[], row: number, line: number): void {
  const first = firstFilledCell(cells);
  if (first === -1) {
    body.blankRows++;
    body.afterBreak = true;
    return;
  }
  const reason = reasonToSetAside(body, cells, first);
  if (reason !== null) {
    putAside(body, cells, row, line, reason);
    body.afterBreak ||= reason === 'total' || reason === 'footer';
  } else if (mayBeFooter(body, cells)) {
    // A last record of one cell without a gap before it is not a footer but a file that was cut off.
    body.held.push({ cells, row, line, reason: body.afterBreak ? 'footer' : 'ragged' });
    if (body.held.length > MOST_HELD_ROWS) keepHeld(body);
  } else {
    if (body.held.length > 0) keepHeld(body);
    body.afterBreak = false;
    keep(body, cells, row, line);
  }
}

function reasonToSetAside(body: Body, cells: readonly string[], first: number): SetAsideReason | null {
  const width = body.headers.length;
  if (isReportLine(cells, first)) return 'footer';
  if (isTotalRow(cells, first, width)) return 'total';
  if (isSame(cells, body.headers)) return 'repeated-header';
  if (cells.length <= width) return null;
  if (body.layout === 'grid') return first >= width ? 'beside-table' : null;
  return hasSurplus(cells, width) ? 'ragged' : null;
}

function hasSurplus(cells: readonly string[], width: number): boolean {
  return firstFilledCell(cells.slice(width)) !== -1;
}

function mayBeFooter(body: Body, cells: readonly string[]): boolean {
  const cutOff = body.layout === 'text' && cells.length === 1;
  if (body.headers.length < 2 || (!body.afterBreak && !cutOff)) return false;
  return filledCells(cells) === 1;
}

function keep(body: Body, cells: readonly string[], row: number, line: number): void {
  const width = body.headers.length;
  if (body.layout === 'text') {
    if (cells.length < body.namedWidth) body.short.add(line);
    body.columns.push(cells);
  } else {
    if (cells.length > width && hasSurplus(cells, width)) body.beside.add(line);
    body.columns.push(cells.length < width ? padded(cells, width) : cells);
  }
  countKept(body, row, line);
}

function countKept(body: Body, row: number, line: number): void {
  body.rows.push(row);
  body.lines.push(line);
  body.rowCount++;
}

function keepHeld(body: Body): void {
  for (const { cells, row, line } of body.held) keep(body, cells, row, line);
  body.held = [];
  body.afterBreak = false;
}

function putAside(body: Body, cells: readonly string[], row: number, line: number, reason: SetAsideReason): void {
  const excerpt = excerptOf(cells.filter((cell) => cell.trim() !== '').join(', '));
  body.setAside.push({ row, line, reason, excerpt });
}

function finish(body: Body): BodyParts {
  for (const { cells, row, line, reason } of body.held) putAside(body, cells, row, line, reason);
  body.setAside.sort((left, right) => left.row - right.row);
  return {
    columns: body.columns.finish(),
    rowCount: body.rowCount,
    rows: body.rows.finish(),
    lines: body.lines.finish(),
    setAside: body.setAside,
    blankRows: body.blankRows,
    notices: [body.short, body.mended, body.beside].flatMap((each) => each.notices()),
  };
}

interface Tally {
  add(line: number): void;
  notices(): Notice[];
}

/** Counts rows that share a trait, and makes one notice of them that points at the first. */
function tally(code: string): Tally {
  let rows = 0;
  let first = 0;
  return {
    add(line) {
      if (rows++ === 0) first = line;
    },
    notices: () => (rows === 0 ? [] : [{ code, args: { rows }, line: first, cell: null }]),
  };
}

function padded(cells: readonly string[], width: number): string[] {
  const full = cells.slice();
  while (full.length < width) full.push('');
  return full;
}

/** True for the header once more; a file appended to another brings its byte order mark along. */
function isSame(cells: readonly string[], headers: readonly string[]): boolean {
  for (let index = 0; index < headers.length; index++) {
    const cell = cells[index] ?? '';
    if (cell !== headers[index] && !(index === 0 && cell === `\uFEFF${headers[0]}`)) return false;
  }
  return cells.length === headers.length;
}

function excerptOf(text: string): string {
  const characters = Array.from(text.slice(0, EXCERPT_LENGTH * 2));
  return characters.length <= EXCERPT_LENGTH ? text : `${characters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}
