/** A record as places in a buffer, good until the next one is scanned into it. */
export interface ScannedRecord {
  /** UTF-8. */
  bytes: Buffer;
  /** Number of cells. */
  width: number;
  /** Where each cell's content starts and ends, without the quotes around it. */
  starts: Int32Array;
  ends: Int32Array;
  /** 1 for a cell in which quotes stand doubled. */
  doubled: Uint8Array;
  /** Line breaks inside the cells, CR LF counted once. */
  lineBreaks: number;
}

/** Answer of `scanRecord`: the bytes end before the record does. */
export const INCOMPLETE = -1;
/** Answer of `scanRecord`: the record is not written as it should be. */
export const UNSURE = -2;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const FIRST_CAPACITY = 64;

/** What ends a plain cell: 1 by byte. */
export type CellEnds = Uint8Array;

/** Value of a carriage return among the ends of cells where one alone ends no record. */
const RETURN_BEFORE_FEED = 2;

/** The bytes that matter under a delimiter of one byte; null when the delimiter is none, or more. */
export function cellEnds(delimiter: string, returnsEndRecords: boolean): CellEnds | null {
  const byte = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || byte >= 0x80 || byte === LF || byte === CR || byte === QUOTE) return null;
  const ends = new Uint8Array(256);
  for (const end of [byte, LF, CR, QUOTE]) ends[end] = 1;
  if (!returnsEndRecords) ends[CR] = RETURN_BEFORE_FEED;
  return ends;
}

export function emptyRecord(): ScannedRecord {
  return {
    bytes: Buffer.alloc(0),
    width: 0,
    starts: new Int32Array(FIRST_CAPACITY),
    ends: new Int32Array(FIRST_CAPACITY),
    doubled: new Uint8Array(FIRST_CAPACITY),
    lineBreaks: 0,
  };
}

/**
 * Finds the cells of the record that starts at `from` in `record.bytes`, of which those before `to` count.
 * @param atEnd true when no bytes follow in the file
 * @returns the offset behind the record, `INCOMPLETE` or `UNSURE`
 */
export function scanRecord(record: ScannedRecord, from: number, to: number, stops: CellEnds, atEnd: boolean): number {
  const { bytes } = record;
  record.width = 0;
  record.lineBreaks = 0;
  for (let at = from; ; at++) {
    at = at < to && bytes[at] === QUOTE ? scanQuoted(record, at + 1, to, stops) : scanPlain(record, at, to, stops);
    if (at < 0 || at === to || bytes[at] === LF || bytes[at] === CR) return behindRecord(bytes, at, to, stops, atEnd);
  }
}

/** The answer for a record whose last cell ends at `at`. */
function behindRecord(bytes: Buffer, at: number, to: number, stops: CellEnds, atEnd: boolean): number {
  if (at === UNSURE || (at === INCOMPLETE && atEnd)) return UNSURE;
  if (at === INCOMPLETE) return INCOMPLETE;
  if (at === to || (at + 1 === to && bytes[at] === CR)) return atEnd ? to : INCOMPLETE;
  if (bytes[at] !== CR) return at + 1;
  if (bytes[at + 1] === LF) return at + 2;
  return stops[CR] === RETURN_BEFORE_FEED ? UNSURE : at + 1;
}

/** Returns the offset of the byte that ends the cell. */
function scanPlain(record: ScannedRecord, start: number, to: number, stops: CellEnds): number {
  const { bytes } = record;
  let at = start;
  while (at < to && stops[bytes[at]!] === 0) at++;
  if (at < to && bytes[at] === QUOTE) return UNSURE;
  addCell(record, start, at, 0);
  return at;
}

/** Returns the offset behind the closing quote. */
function scanQuoted(record: ScannedRecord, start: number, to: number, stops: CellEnds): number {
  const { bytes } = record;
  let doubled = 0;
  for (let at = start; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === CR || (byte === LF && bytes[at - 1] !== CR)) record.lineBreaks++;
    if (byte !== QUOTE) continue;
    if (at + 1 < to && bytes[at + 1] === QUOTE) {
      doubled = 1;
      at++;
    } else {
      addCell(record, start, at, doubled);
      return at + 1 === to || stops[bytes[at + 1]!] !== 0 ? at + 1 : UNSURE;
    }
  }
  return INCOMPLETE;
}

function addCell(record: ScannedRecord, start: number, end: number, doubled: number): void {
  const index = record.width++;
  if (index === record.starts.length) widen(record);
  record.starts[index] = start;
  record.ends[index] = end;
  record.doubled[index] = doubled;
}

function widen(record: ScannedRecord): void {
  const { starts, ends, doubled } = record;
  record.starts = new Int32Array(starts.length * 2);
  record.ends = new Int32Array(starts.length * 2);
  record.doubled = new Uint8Array(starts.length * 2);
  record.starts.set(starts);
  record.ends.set(ends);
  record.doubled.set(doubled);
}

/** The text of one cell. */
export function cellText({ bytes, starts, ends, doubled }: ScannedRecord, index: number): string {
  const text = bytes.toString('utf8', starts[index], ends[index]);
  return doubled[index] === 1 ? text.replaceAll('""', '"') : text;
}

/** The texts of all cells. */
export function cellTexts(record: ScannedRecord): string[] {
  const cells: string[] = [];
  for (let index = 0; index < record.width; index++) cells.push(cellText(record, index));
  return cells;
}
