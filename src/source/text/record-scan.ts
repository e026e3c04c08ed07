import { HASH_FACTOR } from '../byte-hash.ts';
import type { RecordBatch } from './record-batch.ts';

/** Answer of `scanRecord`: the bytes end before the record does. */
export const INCOMPLETE = -1;
/** Answer of `scanRecord`: the record is not written as it should be. */
export const UNSURE = -2;
/** Answer of `scanRecord`: the record has more cells than there is room for. */
export const TOO_WIDE = -3;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** What ends a plain cell, by byte: one of the values below, 0 for what does not. */
export type CellEnds = Uint8Array;

const ENDS_CELL = 1;
const ENDS_RECORD = 2;
/** A carriage return that alone ends no record. */
const RETURN_BEFORE_FEED = 3;
const OPENS_QUOTES = 4;

/** The bytes that matter under a delimiter of one byte; null when the delimiter is none, or more. */
export function cellEnds(delimiter: string, returnsEndRecords: boolean): CellEnds | null {
  const byte = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || byte >= 0x80 || byte === LF || byte === CR || byte === QUOTE) return null;
  const ends = new Uint8Array(256);
  ends[byte] = ENDS_CELL;
  ends[LF] = ENDS_RECORD;
  ends[CR] = returnsEndRecords ? ENDS_RECORD : RETURN_BEFORE_FEED;
  ends[QUOTE] = OPENS_QUOTES;
  return ends;
}

/** Cells of the record that `scanRecord` found last. */
export interface Scanned {
  cells: number;
}

/**
 * Finds the cells of the record that starts at `from` in `batch.bytes`, of which those before `to` count; there must be
 * room for one more, which is overwritten.
 * @param atEnd true when no bytes follow in the file
 * @returns the offset behind the record, or why there is none
 */
export function scanRecord(
  batch: RecordBatch,
  record: number,
  from: number,
  to: number,
  stops: CellEnds,
  atEnd: boolean,
  scanned: Scanned,
): number {
  const { bytes, room } = batch;
  // Every cell ends there at the latest, so that no other bound needs to be looked at.
  bytes[to] = LF;
  batch.lineBreaks[record] = 0;
  batch.doubled[record] = 0;
  scanned.cells = 0;
  for (let at = from, place = record; ; at++, place += room) {
    if (scanned.cells++ === batch.width) return TOO_WIDE;
    at = bytes[at] === QUOTE ? scanQuoted(batch, place, record, at + 1, to, stops) : scanPlain(batch, place, at, stops);
    if (at < 0) return at === INCOMPLETE && atEnd ? UNSURE : at;
    if (at >= to || stops[bytes[at]!] !== ENDS_CELL) return behindRecord(bytes, at, to, stops, atEnd);
  }
}

/** The answer for a record whose last cell ends at `at`. */
function behindRecord(bytes: Buffer, at: number, to: number, stops: CellEnds, atEnd: boolean): number {
  const isReturn = at + 1 === to && bytes[at] === CR;
  if (isReturn && atEnd && stops[CR] === RETURN_BEFORE_FEED) return UNSURE;
  if (at === to || isReturn) return atEnd ? to : INCOMPLETE;
  if (bytes[at] === QUOTE) return UNSURE;
  if (bytes[at] !== CR) return at + 1;
  if (bytes[at + 1] === LF) return at + 2;
  return stops[CR] === RETURN_BEFORE_FEED ? UNSURE : at + 1;
}

/** Returns the offset of the byte that ends the cell. */
function scanPlain(batch: RecordBatch, place: number, start: number, stops: CellEnds): number {
  const { bytes } = batch;
  let at = start;
  let hash = 0;
  for (let byte = bytes[at]!; stops[byte] === 0; byte = bytes[++at]!) hash = Math.imul(hash ^ byte, HASH_FACTOR);
  batch.starts[place] = start;
  batch.ends[place] = at;
  batch.hashes[place] = hash;
  return at;
}

/** Returns the offset behind the closing quote. */
function scanQuoted(
  batch: RecordBatch,
  place: number,
  record: number,
  start: number,
  to: number,
  stops: CellEnds,
): number {
  const { bytes } = batch;
  let hash = 0;
  let at = start;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      if (at + 1 === to || bytes[at + 1] !== QUOTE) break;
      batch.doubled[record] = 1;
      at++;
    } else if (byte === CR || (byte === LF && bytes[at - 1] !== CR)) batch.lineBreaks[record]! += 1;
    hash = Math.imul(hash ^ byte, HASH_FACTOR);
  }
  if (at === to) return INCOMPLETE;
  batch.starts[place] = start;
  batch.ends[place] = at;
  batch.hashes[place] = hash;
  return at + 1 === to || stops[bytes[at + 1]!] !== 0 ? at + 1 : UNSURE;
}

/** Writes the doubled quotes in the cells of a record once, for good: the record can be scanned no more. */
export function undoubleQuotes(batch: RecordBatch, record: number, width: number): void {
  const { bytes, room, starts, ends } = batch;
  for (let cell = 0; cell < width; cell++) {
    const place = cell * room + record;
    let to = starts[place]!;
    for (let at = to; at < ends[place]!; at++) {
      bytes[to++] = bytes[at]!;
      if (bytes[at] === QUOTE) at++;
    }
    ends[place] = to;
  }
  batch.doubled[record] = 0;
}
