import { cellText, cellTexts, type RecordBatch } from '../text/record-batch.ts';
import { isReportLine } from './footer.ts';
import { totalKind } from './total-row.ts';

/**
 * What rows look like that are surely deals, whatever else their cells hold: `takeRow` would keep each of them, for none
 * is blank, short of all but one cell, wider than the header, a further line of a form, a header, a footer or a total.
 */
export interface PlainShape {
  readonly headers: readonly string[];
  /** Cells of each row. */
  readonly width: number;
  /** Cells from here on are empty. */
  readonly namedWidth: number;
  /** A cell that is not empty. */
  readonly filledCell: number | null;
  /** By cell: whether no row of the header has a number there. */
  readonly named: readonly boolean[];
}

/** Whether a row that has no number may be the header of a table, ours or another. */
export type HeaderTest = (cells: readonly string[]) => boolean;

/** How many of the first records of a batch are surely deals. */
export function countPlain(batch: RecordBatch, records: number, shape: PlainShape, isHeader: HeaderTest): number {
  if (shape.width > shape.headers.length || (shape.width === 1 && shape.headers.length > 1)) return 0;
  let record = 0;
  while (record < records && isPlain(batch, record, shape, isHeader)) record++;
  return record;
}

function isPlain(batch: RecordBatch, record: number, shape: PlainShape, isHeader: HeaderTest): boolean {
  const { headers, width, namedWidth, filledCell } = shape;
  for (let cell = namedWidth; cell < width; cell++) if (!isEmpty(batch, record, cell)) return false;
  if (filledCell !== null && isEmpty(batch, record, filledCell)) return false;
  let first = 0;
  while (first < width && isEmpty(batch, record, first)) first++;
  if (first === width) return false;
  const place = first * batch.room + record;
  const { bytes, starts, ends } = batch;
  if (!looksPlain(bytes, starts[place]!, ends[place]!) && !isPlainText(cellText(batch, record, first), headers))
    return false;
  return hasNumber(batch, record, shape) || !isHeader(cellTexts(batch, record, width));
}

/** True where a cell starts with a digit that is a name in all headers. */
function hasNumber({ bytes, starts, ends, room }: RecordBatch, record: number, { width, named }: PlainShape): boolean {
  for (let cell = 0; cell < width; cell++) {
    const place = cell * room + record;
    const start = starts[place]!;
    if (start < ends[place]! && isDigit(bytes[start]!) && named[cell] === true) return true;
  }
  return false;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isEmpty({ starts, ends, room }: RecordBatch, record: number, cell: number): boolean {
  return starts[cell * room + record] === ends[cell * room + record];
}

function bytesOf(characters: string): Uint8Array {
  const bytes = new Uint8Array(256);
  for (const character of characters) bytes[character.charCodeAt(0)] = 1;
  return bytes;
}

/** 1 for the letters that no label of what stands below tables starts with, in any language. */
const DEAL_STARTS = bytesOf('bhjkloquvwxyBHJKLOQUVWXY');
/** 1 for the bytes that labels end with which start with any letter or number: `East Total`, `Won (3 records)`. */
const LABEL_ENDS = bytesOf('telTEL) \t\r\n\v\f').fill(1, 0x80);
/** 1 for the bytes that labels end with which start with a number: `123 records`. */
const COUNT_ENDS = bytesOf('sdlnwSDLNW. \t\r\n\v\f');

/** A look at two bytes, which tells most deals from all labels. */
export function looksPlain(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]!;
  const last = bytes[end - 1]!;
  if (LABEL_ENDS[last] === 1) return false;
  return isDigit(first) ? COUNT_ENDS[last] === 0 : DEAL_STARTS[first] === 1;
}

/** True for a text that no row below a table starts with, and that is not blank. */
export function isPlainText(text: string, headers: readonly string[]): boolean {
  if (text.trim() === '' || text.startsWith('\uFEFF')) return false;
  // Alone in its row a label counts for most, so that one which is none here is none beside other cells.
  const alone = [text];
  return !isReportLine(alone, 0) && totalKind(alone, 0, headers.length) === null;
}
