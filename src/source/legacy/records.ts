import type { Fail } from '../workbook/archive.ts';

/** Types of the records that matter; the others are passed over. */
export const RECORD = {
  eof: 0x0a,
  date1904: 0x22,
  password: 0x2f,
  continued: 0x3c,
  codePage: 0x42,
  columnInfo: 0x7d,
  sheet: 0x85,
  mergedCells: 0xe5,
  sharedStrings: 0xfc,
  row: 0x208,
} as const;

/** Kinds of substreams, as their first record says. */
export const WORKSHEET = 0x10;
export const GLOBALS = 0x05;

const HEADER_BYTES = 4;
/** What starts a substream, by version: the type of its record is what tells versions up to 4 apart. */
const STARTS: ReadonlyMap<number, number> = new Map([
  [0x09, 2],
  [0x209, 3],
  [0x409, 4],
  [0x809, 5],
]);

export type Version = 2 | 3 | 4 | 5 | 8;

/** The records of a workbook from some place on; one object is moved from record to record. */
export interface Records {
  readonly bytes: Buffer;
  readonly fail: Fail;
  /** Where the next record starts. */
  next: number;
  type: number;
  /** Where the content of the record starts, and its length. */
  start: number;
  length: number;
}

export function recordsFrom(bytes: Buffer, at: number, fail: Fail): Records {
  return { bytes, fail, next: at, type: 0, start: at, length: 0 };
}

/**
 * Moves to the next record.
 * @throws FunnelintError `file/damaged` where the bytes end first: a workbook ends with a record that says so
 */
export function nextRecord(records: Records): void {
  const { bytes, next, fail } = records;
  if (next + HEADER_BYTES > bytes.length) throw cutOff(fail);
  records.type = bytes.readUInt16LE(next);
  records.length = bytes.readUInt16LE(next + 2);
  records.start = next + HEADER_BYTES;
  records.next = records.start + records.length;
  if (records.next > bytes.length) throw cutOff(fail);
}

function cutOff(fail: Fail): Error {
  return fail({ en: 'its content ends too early', zh: '内容不完整' });
}

/** @throws FunnelintError `file/damaged` for a record that is shorter than what it must hold */
export function needBytes({ length, type, fail }: Records, count: number): void {
  if (length >= count) return;
  const shown = `0x${type.toString(16).padStart(4, '0')}`;
  throw fail({ en: `a record of type ${shown} is too short`, zh: `类型为 ${shown} 的记录过短` });
}

export function isStart(type: number): boolean {
  return STARTS.has(type);
}

/** Version and kind of the substream whose first record is at hand, null when it starts none. */
export function readStart(records: Records): { version: Version; kind: number } | null {
  const { bytes, type, start, length } = records;
  const byType = STARTS.get(type);
  if (byType === undefined || length < 4) return null;
  const kind = bytes.readUInt16LE(start + 2);
  if (byType < 5) return { version: byType as Version, kind };
  const version = bytes.readUInt16LE(start);
  if (version !== 0x0500 && version !== 0x0600) return null;
  return { version: version === 0x0600 ? 8 : 5, kind };
}

/** A substream at the top of the others, such as a sheet. */
export interface Substream {
  readonly at: number;
  readonly kind: number;
}

/**
 * Goes over all records once: the substreams by where they start. Those within others, such as charts on a sheet, are
 * parts of them.
 * @throws FunnelintError `file/damaged` when the last one has no end
 */
export function readSubstreams(bytes: Buffer, fail: Fail): ReadonlyMap<number, Substream> {
  const found = new Map<number, Substream>();
  const records = recordsFrom(bytes, 0, fail);
  for (let at = 0; at + HEADER_BYTES <= bytes.length && isStart(bytes.readUInt16LE(at)); at = records.next) {
    nextRecord(records);
    found.set(at, { at, kind: readStart(records)?.kind ?? -1 });
    for (let depth = 1; depth > 0; ) {
      nextRecord(records);
      if (isStart(records.type)) depth++;
      else if (records.type === RECORD.eof) depth--;
    }
  }
  return found;
}
