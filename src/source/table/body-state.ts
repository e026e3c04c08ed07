import type { SetAsideReason, SetAsideRow } from '../sheet.ts';
import type { ByteColumns, TextFacts } from './byte-columns.ts';
import type { CodedColumns } from './coded-columns.ts';
import type { ColumnBuilder, GrowingInts } from './column-builder.ts';
import { firstFilledCell } from './footer.ts';
import type { GroupMark } from './group-fill.ts';
import type { GroupFill, RowForm } from './merged-rows.ts';
import type { OtherTables } from './other-tables.ts';
import type { Tally } from './tally.ts';

/** What is known of a table when its header is found. */
export interface BodyOptions extends TextFacts {
  readonly headers: readonly string[];
  /** The rows that the header was made of, as they stand. */
  readonly headerRows: readonly (readonly string[])[];
  /** 1-based row of the header. */
  readonly headerRow: number;
  /** Positions of the columns to keep. */
  readonly positions: readonly number[];
  readonly layout: 'grid' | 'text';
  /** True for a grid whose rows may come as cells with text numbers. */
  readonly isNumbered: boolean;
  readonly form: RowForm;
  /** Columns of tables beside ours. */
  readonly sideColumns: readonly number[];
  readonly knownHeader: (header: string) => boolean;
}

/** A row on its way to be kept, set aside or counted. */
export interface BodyRow {
  readonly cells: readonly string[];
  /** 1-based. */
  readonly row: number;
  readonly line: number;
  /** Columns merged with a row above. */
  readonly spanned: readonly number[] | undefined;
  /** One text, merged over several columns. */
  readonly isBanner: boolean;
}

/** A row that is a footer if the table ends with it, and a row like others if it does not. */
export interface HeldRow extends BodyRow {
  readonly reason: SetAsideReason;
}

/** The rows below a header, as far as they have come. */
export interface Body extends BodyOptions {
  /** By cell: whether no row of the header has a number there. */
  readonly named: readonly boolean[];
  /** Cells a row needs to reach the last header that has a name. */
  readonly namedWidth: number;
  readonly columns: ColumnBuilder;
  /** The same, of a text. */
  readonly byteColumns: ByteColumns | null;
  /** The same, of a grid whose texts have numbers. */
  readonly codedColumns: CodedColumns | null;
  readonly rows: GrowingInts;
  readonly lines: GrowingInts;
  readonly setAside: SetAsideRow[];
  readonly short: Tally;
  readonly surplus: Tally;
  readonly nameless: Tally;
  readonly marked: Tally;
  readonly mended: Tally;
  readonly beside: Tally;
  readonly others: OtherTables;
  readonly groups: GroupFill;
  readonly marks: GroupMark[];
  held: HeldRow[];
  /** A row that is the header of another table if the next one goes with it. */
  candidate: BodyRow | null;
  /** A blank row or a total stands between here and the last row kept. */
  afterBreak: boolean;
  lastRow: number;
  /** Cells of the last row that came as texts. */
  lastWidth: number;
  /** Most cells of a row that was kept. */
  widest: number;
  rowCount: number;
  blankRows: number;
}

const EXCERPT_LENGTH = 80;

/** Takes a row for a deal. */
export function keep(body: Body, { cells, row, line }: Pick<BodyRow, 'cells' | 'row' | 'line'>): void {
  const width = body.headers.length;
  if (body.layout === 'text') {
    if (cells.length < body.namedWidth) body.short.add(line);
    else if (cells.length > width) body.surplus.add(line);
    if (cells.length > body.widest) body.widest = cells.length;
    if (cells.length > body.namedWidth) countNameless(body, cells, line);
    body.columns.push(cells);
  } else {
    if (hasSurplus(cells, width)) body.beside.add(line, [surplusAt(cells, width), row]);
    body.columns.push(cells.length < width ? padded(cells, width) : cells);
  }
  countKept(body, row, line);
}

/** A cell behind the last header that has a name, in a column that the header has. */
function countNameless(
  { nameless, namedWidth, headers, headerRow }: Body,
  cells: readonly string[],
  line: number,
): void {
  for (let at = namedWidth; at < Math.min(cells.length, headers.length); at++) {
    if (cells[at]?.trim() === '') continue;
    nameless.add(line, [at, headerRow]);
    return;
  }
}

export function countKept(body: Body, row: number, line: number): void {
  body.rows.push(row);
  body.lines.push(line);
  body.rowCount++;
}

export function keepHeld(body: Body): void {
  for (const held of body.held) keep(body, held);
  body.held = [];
  body.afterBreak = false;
}

export function putAside(
  body: Body,
  { cells, row, line }: Pick<BodyRow, 'cells' | 'row' | 'line'>,
  reason: SetAsideReason,
): void {
  body.setAside.push({ row, line, reason, excerpt: excerptOf(cells.filter((cell) => cell.trim() !== '').join(', ')) });
}

/** True for a row that has something behind the last header. */
export function hasSurplus(cells: readonly string[], width: number): boolean {
  return cells.length > width && surplusAt(cells, width) >= width;
}

function surplusAt(cells: readonly string[], width: number): number {
  const at = firstFilledCell(cells.slice(width));
  return at === -1 ? -1 : width + at;
}

function padded(cells: readonly string[], width: number): string[] {
  const full = cells.slice();
  while (full.length < width) full.push('');
  return full;
}

/** The first characters of a row. */
export function excerptOf(text: string): string {
  const characters = Array.from(text.slice(0, EXCERPT_LENGTH * 2));
  return characters.length <= EXCERPT_LENGTH ? text : `${characters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}
