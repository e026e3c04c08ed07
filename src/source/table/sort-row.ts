import type { SetAsideReason } from '../sheet.ts';
import { type Body, type BodyRow, hasSurplus, keep, keepHeld, putAside } from './body-state.ts';
import { isDescriptionRow } from './description-row.ts';
import { filledCells, firstFilledCell, isReportLine } from './footer.ts';
import { isSubRow } from './merged-rows.ts';
import { goesWith } from './other-tables.ts';
import { totalKind } from './total-row.ts';

/** More rows of one cell than any footer has. */
const MOST_HELD_ROWS = 64;

/** Finds out what a row below the header is, and takes it for that. */
export function takeRow(body: Body, row: BodyRow): void {
  const own = withoutSides(body, row);
  const first = firstFilledCell(own.cells);
  if (first === -1) {
    releaseCandidate(body);
    if (own !== row) putBeside(body, row);
    else body.blankRows++;
    body.afterBreak = true;
  } else if (body.others.isOpen()) takeOther(body, own, first);
  else takeOwn(body, own, first, own !== row);
}

/** The row without what other tables have beside it; the same row when that is nothing. */
function withoutSides({ sideColumns }: Body, row: BodyRow): BodyRow {
  if (sideColumns.every((column) => (row.cells[column] ?? '').trim() === '')) return row;
  const cells = row.cells.slice();
  for (const column of sideColumns) if (column < cells.length) cells[column] = '';
  return { ...row, cells };
}

function putBeside(body: Body, row: BodyRow): void {
  body.beside.add(row.line, [firstFilledCell(row.cells), row.row]);
  putAside(body, row, 'beside-table');
}

function takeOther(body: Body, row: BodyRow, first: number): void {
  const kind = body.others.headerKind(row.cells, true);
  if (isRepeated(body, row.cells) || kind === 'ours') {
    body.others.close();
    putAside(body, row, 'repeated-header');
  } else if (isReportLine(row.cells, first)) putAside(body, row, 'footer');
  else {
    if (kind === 'other') body.others.open(row);
    else body.others.count();
    putAside(body, row, 'other-table');
  }
}

function takeOwn(body: Body, row: BodyRow, first: number, isBeside: boolean): void {
  const { candidate, others } = body;
  if (candidate !== null && goesWith(candidate, row)) {
    body.candidate = null;
    openOther(body, candidate);
    takeOther(body, row, first);
    return;
  }
  releaseCandidate(body);
  const kind = isRepeated(body, row.cells) ? 'ours' : others.headerKind(row.cells, body.afterBreak);
  if (kind === 'ours') putAside(body, row, 'repeated-header');
  else if (kind === 'other') openOther(body, row);
  else if (body.afterBreak && others.mayBeHeader(row.cells)) body.candidate = row;
  else sortRow(body, row, first, isBeside);
}

/** What stood alone above the header was the title of the other table. */
function openOther(body: Body, header: BodyRow): void {
  const { held, others } = body;
  body.held = [];
  others.open(header);
  for (const row of held) {
    if (row.reason !== 'ragged') others.count();
    putAside(body, row, row.reason === 'ragged' ? 'ragged' : 'other-table');
  }
  putAside(body, header, 'other-table');
}

/** No row came that would make the candidate a header. */
export function releaseCandidate(body: Body): void {
  const { candidate } = body;
  body.candidate = null;
  if (candidate !== null) sortRow(body, candidate, firstFilledCell(candidate.cells), false);
}

function sortRow(body: Body, row: BodyRow, first: number, isBeside: boolean): void {
  const cells = body.groups.fill(row, row.row);
  const shown = cells === row.cells ? row : { ...row, cells };
  const reason = reasonToSetAside(body, row, first);
  if (reason !== null) {
    putAside(body, row, reason);
    body.afterBreak ||= reason === 'total' || reason === 'footer';
  } else if (mayBeFooter(body, row.cells)) {
    // A last record of one cell without a gap before it is not a footer but a file that was cut off.
    body.held.push({ ...shown, reason: body.afterBreak ? 'footer' : 'ragged' });
    if (body.held.length > MOST_HELD_ROWS) keepHeld(body);
  } else {
    if (body.held.length > 0) keepHeld(body);
    body.afterBreak = false;
    if (isBeside) body.beside.add(row.line, [body.sideColumns[0] as number, row.row]);
    body.groups.count();
    keep(body, shown);
  }
}

function reasonToSetAside(body: Body, row: BodyRow, first: number): SetAsideReason | null {
  const { cells } = row;
  const width = body.headers.length;
  if (isReportLine(cells, first)) return 'footer';
  const kind = totalKind(cells, first, width);
  if (kind !== null) {
    body.marks.push({ at: body.rowCount + body.held.length, column: first, label: cells[first] as string, kind });
    return 'total';
  }
  if (row.isBanner) return 'total';
  if (body.rowCount === 0 ? isDescriptionRow(cells) : isSubRow(body.form, row, first)) {
    return body.rowCount === 0 ? 'description' : 'sub-row';
  }
  if (cells.length <= width) return null;
  if (body.layout === 'grid') return first >= width ? 'beside-table' : null;
  return hasSurplus(cells, width) ? 'ragged' : null;
}

function mayBeFooter(body: Body, cells: readonly string[]): boolean {
  const cutOff = body.layout === 'text' && cells.length === 1;
  if (body.headers.length < 2 || (!body.afterBreak && !cutOff)) return false;
  return filledCells(cells) === 1;
}

/** True for the header once more, or a row of it. */
export function isRepeated({ headers, headerRows }: Body, cells: readonly string[]): boolean {
  return isSame(cells, headers) || headerRows.some((header) => isSame(cells, header));
}

/** True for the header once more; a file appended to another brings its byte order mark along. */
function isSame(cells: readonly string[], headers: readonly string[]): boolean {
  for (let index = 0; index < Math.max(cells.length, headers.length); index++) {
    const cell = cells[index] ?? '';
    const header = headers[index] ?? '';
    if (cell !== header && !(index === 0 && cell === `\uFEFF${header}`)) return false;
  }
  return true;
}
