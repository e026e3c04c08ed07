import { cellText, type RecordBatch } from '../text/record-batch.ts';
import { isReportLine } from './footer.ts';
import { totalKind } from './total-row.ts';

/** What rows look like that surely are deals, whatever their cells hold. */
export interface PlainShape {
  readonly headers: readonly string[];
  /** Cells of each row. */
  readonly width: number;
  /** Cells from here on are empty. */
  readonly namedWidth: number;
  /** A cell that is not empty. */
  readonly filledCell: number | null;
}

/**
 * How many records, from one on, are surely deals: each has a cell for each header or fewer, but more than one, and the
 * first one filled is neither a label of what stands below tables nor the header once more.
 */
export function countPlain(batch: RecordBatch, from: number, to: number, shape: PlainShape): number {
  if (shape.width > shape.headers.length || (shape.width === 1 && shape.headers.length > 1)) return 0;
  let record = from;
  while (record < to && isPlain(batch, record, shape)) record++;
  return record - from;
}

function isPlain(batch: RecordBatch, record: number, { headers, width, namedWidth, filledCell }: PlainShape): boolean {
  for (let cell = namedWidth; cell < width; cell++) if (!isEmpty(batch, record, cell)) return false;
  if (filledCell !== null && isEmpty(batch, record, filledCell)) return false;
  let first = 0;
  while (first < width && isEmpty(batch, record, first)) first++;
  if (first === width) return false;
  const place = first * batch.room + record;
  if (looksPlain(batch, place, headers[first])) return true;
  return isPlainText(cellText(batch, record, first), headers, first);
}

function isEmpty({ starts, ends, room }: RecordBatch, record: number, cell: number): boolean {
  return starts[cell * room + record] === ends[cell * room + record];
}

function bytesOf(characters: string): Uint8Array {
  const bytes = new Uint8Array(256).fill(1, 0x80);
  for (const character of characters) bytes[character.charCodeAt(0)] = 1;
  return bytes;
}

const LETTERS = 'acdefgimnprst';
/** 1 for the bytes that labels start with, and those of other scripts. */
const LABEL_STARTS = bytesOf(`${LETTERS}${LETTERS.toUpperCase()}# \t\r\n\v\f`);
/** 1 for the bytes that labels end with which start with something else: `East Total`, `Won (3 records)`. */
const LABEL_ENDS = bytesOf('telTEL) \t\r\n\v\f');
/** 1 for the bytes that labels end with which start with a number: `123 records`. */
const COUNT_ENDS = bytesOf('sdlnwSDLNW. \t\r\n\v\f');

/** A look at two bytes, which tells most deals from all labels and the header. */
function looksPlain({ bytes, starts, ends }: RecordBatch, place: number, header: string | undefined): boolean {
  const start = bytes[starts[place]!]!;
  const end = bytes[ends[place]! - 1]!;
  if (LABEL_STARTS[start] === 1 || LABEL_ENDS[end] === 1 || start === header?.charCodeAt(0)) return false;
  const isDigit = start >= 0x30 && start <= 0x39;
  return !isDigit || COUNT_ENDS[end] === 0;
}

function isPlainText(text: string, headers: readonly string[], first: number): boolean {
  if (text.trim() === '' || text.startsWith('\uFEFF') || isHeader(text, headers[first])) return false;
  // Alone in its row a label counts for most, so that one which is none here is none beside other cells.
  const alone = [text];
  return !isReportLine(alone, 0) && totalKind(alone, 0, headers.length) === null;
}

/** A file appended to another brings its byte order mark along. */
function isHeader(text: string, header: string | undefined): boolean {
  return text === header || text === `\uFEFF${header}`;
}
