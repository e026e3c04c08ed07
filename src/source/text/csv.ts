import { parse } from 'csv-parse';
import { FunnelintError } from '../../errors.ts';
import { firstLineEnd, hasBareReturn, mendLine } from './quote-damage.ts';
import { swallowedRecords } from './swallowed-records.ts';

/** What is known about a delimited text before its records are read. */
export interface CsvOptions {
  /** Path for messages. */
  readonly file: string;
  readonly delimiter: string;
  /** Columns a sound record has, 0 when unknown. */
  readonly columns: number;
  /** Physical line the text starts on. */
  readonly firstLine: number;
  /** As in `Dialect`. */
  readonly returnsEndRecords: boolean;
  readonly blanksBeforeQuotes: boolean;
}

/** Receives the records of a delimited text in order, each with the physical line it starts on. */
export interface CsvReceiver {
  record(cells: readonly string[], line: number): void;
  /** A physical line whose quotes are damaged; `mended` holds its cells when a quote only stood inside a plain cell. */
  damagedLine(text: string, mended: readonly string[] | null, line: number): void;
  /** The record that follows holds a carriage return alone, which is part of a cell. */
  strayReturn(line: number): void;
}

const MOST_DAMAGED_LINES = 1000;
/** An open quote that goes on for longer is damage. */
const LONGEST_RECORD_BYTES = 16 << 20;
const LONGEST_LINE_BYTES = 64 << 20;
/** Bytes parsed a second time after damage; more means a file made to keep us busy. */
const MOST_REPLAYED_BYTES = 512 << 20;
const REPLAY_PIECE_BYTES = 64 << 10;

type Parser = ReturnType<typeof parse>;

interface Reading {
  readonly options: CsvOptions;
  readonly receiver: CsvReceiver;
  parser: Parser;
  /** Physical line on which the pending record starts. */
  line: number;
  /** Line on which the parser expects the pending record to end when it has no line break in a cell. */
  parserLine: number;
  /** Bytes of the parser's input up to the pending record. */
  recordStart: number;
  /** Bytes written to the parser from `heldStart` of its input on; they reach back to the pending record. */
  held: Buffer[];
  heldStart: number;
  /** The pending record is damaged: what the parser still delivers of its input is void. */
  damaged: boolean;
  /** A damaged line whose end has not been read yet. */
  unfinished: Buffer | null;
  damagedLines: number;
  firstDamagedLine: number;
  replayedBytes: number;
}

/**
 * Reads delimited UTF-8 text record by record. A record with damaged quotes costs its own physical line and no other:
 * the line is handed out as damaged, and reading starts afresh on the next one.
 * @throws FunnelintError `table/damaged-quotes` after 1,000 damaged lines, `table/endless-line` for one beyond 64 MB
 */
export async function readCsv(
  chunks: AsyncIterable<Buffer>,
  options: CsvOptions,
  receiver: CsvReceiver,
): Promise<void> {
  const reading: Reading = {
    options,
    receiver,
    parser: parse({}),
    line: options.firstLine,
    parserLine: 1,
    recordStart: 0,
    held: [],
    heldStart: 0,
    damaged: false,
    unfinished: null,
    damagedLines: 0,
    firstDamagedLine: 0,
    replayedBytes: 0,
  };
  startParser(reading);
  for await (const chunk of chunks) await feed(reading, chunk);
  await finish(reading);
}

/** The records are taken where the parser would queue them: that saves the queue and its objects for each record. */
function startParser(reading: Reading): void {
  const { delimiter, returnsEndRecords, blanksBeforeQuotes } = reading.options;
  const parser = parse({
    delimiter,
    record_delimiter: returnsEndRecords ? ['\r\n', '\n', '\r'] : ['\r\r\n', '\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: false,
    ltrim: blanksBeforeQuotes,
  });
  parser.on('error', () => {
    reading.damaged = true;
  });
  parser.push = (record: string[] | null): boolean => {
    if (record !== null && !reading.damaged) takeRecord(reading, record);
    return true;
  };
  reading.parser = parser;
  reading.parserLine = 1;
  reading.recordStart = 0;
  reading.held = [];
  reading.heldStart = 0;
  reading.damaged = false;
}

function takeRecord(reading: Reading, record: string[]): void {
  const info = reading.parser.info;
  let breaks = 0;
  if (info.lines !== reading.parserLine) {
    breaks = lineBreaks(record);
    if (swallowedRecords(record, reading.options.delimiter, reading.options.columns)) {
      reading.damaged = true;
      return;
    }
  }
  reading.line += 1 + (handOut(reading, record) ?? breaks);
  reading.parserLine = info.lines + 1;
  reading.recordStart = info.bytes;
  // As long as the parser takes each record for its first, it makes no error object for one of another width.
  (info as { records: number }).records = 0;
}

/**
 * Hands out a record, or several: where line ends are mixed, a carriage return alone ends a record if what it parts are
 * whole ones. Answers with the physical line breaks inside, where it had to count them.
 */
function handOut(reading: Reading, record: string[]): number | null {
  const { options, receiver, line } = reading;
  const mayHold = !options.returnsEndRecords && record.some((cell) => LONE_RETURN.test(cell));
  if (!mayHold || !hasBareReturn(recordBytes(reading))) {
    receiver.record(record, line);
    return null;
  }
  const pieces = splitAtReturns(record);
  // The file ends with such a line end.
  if (pieces.at(-1)?.length === 1 && pieces.at(-1)?.[0] === '') pieces.pop();
  if (options.columns > 1 && pieces.every(({ length }) => length === options.columns)) {
    for (const [index, piece] of pieces.entries()) receiver.record(piece, line + index);
  } else {
    receiver.strayReturn(line);
    receiver.record(record, line);
  }
  return lineBreaks(record);
}

/** The bytes of the record that the parser has just delivered. */
function recordBytes({ held, heldStart, recordStart, parser }: Reading): Buffer {
  return Buffer.concat(held).subarray(recordStart - heldStart, parser.info.bytes - heldStart);
}

const LONE_RETURN = /\r(?!\n)/;

function splitAtReturns(record: readonly string[]): string[][] {
  const pieces: string[][] = [[]];
  for (const cell of record) {
    const [first = '', ...others] = cell.split(LONE_RETURN);
    pieces.at(-1)?.push(first);
    for (const other of others) pieces.push([other]);
  }
  return pieces;
}

const LINE_BREAK = /\r\n|\n|\r/g;

/** Physical line breaks inside the cells; the parser's own count takes CR LF inside quotes for two. */
function lineBreaks(record: readonly string[]): number {
  let count = 0;
  for (const cell of record) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(LINE_BREAK)?.length ?? 0;
  }
  return count;
}

async function feed(reading: Reading, chunk: Buffer): Promise<void> {
  if (reading.unfinished !== null) return recover(reading, Buffer.concat([reading.unfinished, chunk]), false);
  await write(reading, chunk);
  if (reading.damaged) await recover(reading, pendingBytes(reading), false);
}

async function finish(reading: Reading): Promise<void> {
  if (reading.unfinished !== null) return recover(reading, reading.unfinished, true);
  await endParser(reading);
  if (reading.damaged) await recover(reading, pendingBytes(reading), true);
}

async function write(reading: Reading, bytes: Buffer): Promise<void> {
  reading.held.push(bytes);
  await new Promise((resolve) => reading.parser.write(bytes, resolve));
  dropRead(reading);
  if (heldBytes(reading) - (reading.recordStart - reading.heldStart) > LONGEST_RECORD_BYTES) reading.damaged = true;
  if (reading.damaged) countScanned(reading, bytes);
}

/** Resolves when the last record is delivered, or the parser has failed. */
async function endParser(reading: Reading): Promise<void> {
  await new Promise<void>((resolve) => {
    reading.parser.once('error', () => resolve());
    reading.parser.once('finish', () => resolve());
    reading.parser.end();
  });
}

function dropRead(reading: Reading): void {
  for (let first = reading.held[0]; first !== undefined; first = reading.held[0]) {
    if (reading.heldStart + first.length > reading.recordStart) return;
    reading.heldStart += first.length;
    reading.held.shift();
  }
}

function heldBytes(reading: Reading): number {
  return reading.held.reduce((sum, bytes) => sum + bytes.length, 0);
}

function pendingBytes(reading: Reading): Buffer {
  return Buffer.concat(reading.held).subarray(reading.recordStart - reading.heldStart);
}

/** Adds the bytes of the pending record that were read in vain before the last ones written. */
function countScanned(reading: Reading, last: Buffer): void {
  reading.replayedBytes += Math.max(0, heldBytes(reading) - last.length - (reading.recordStart - reading.heldStart));
}

/** Hands out the damaged line at the start of `rest` and reads on behind it, as often as there is more damage. */
async function recover(reading: Reading, rest: Buffer, atEnd: boolean): Promise<void> {
  let pending = rest;
  reading.unfinished = null;
  while (pending.length > 0) {
    const end = firstLineEnd(pending, atEnd);
    if (end === null) {
      reading.unfinished = pending;
      if (pending.length > LONGEST_LINE_BYTES) throw endlessLine(reading);
      return;
    }
    handOutDamaged(reading, pending.toString('utf8', 0, end.text));
    pending = pending.subarray(end.next);
    reading.parser.destroy();
    startParser(reading);
    await replay(reading, pending);
    if (atEnd && !reading.damaged) await endParser(reading);
    if (!reading.damaged) return;
    pending = pending.subarray(reading.recordStart);
  }
}

function endlessLine({ options, parser, line }: Reading): FunnelintError {
  parser.destroy();
  const megabytes = LONGEST_LINE_BYTES >> 20;
  return new FunnelintError('table/endless-line', { file: options.file, line, megabytes });
}

async function replay(reading: Reading, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length && !reading.damaged; at += REPLAY_PIECE_BYTES) {
    await write(reading, bytes.subarray(at, at + REPLAY_PIECE_BYTES));
  }
}

function handOutDamaged(reading: Reading, text: string): void {
  const { delimiter, columns } = reading.options;
  // A byte order mark before a quote is of a file that was appended.
  const mended = mendLine(text.replace(/^\ufeff/, ''), delimiter);
  if (mended === null || (columns > 0 && mended.length !== columns)) {
    reading.damagedLines++;
    if (reading.firstDamagedLine === 0) reading.firstDamagedLine = reading.line;
  }
  giveUpIf(reading, reading.damagedLines > MOST_DAMAGED_LINES || reading.replayedBytes > MOST_REPLAYED_BYTES);
  reading.receiver.damagedLine(text, mended, reading.line);
  reading.line++;
}

function giveUpIf(reading: Reading, hopeless: boolean): void {
  if (!hopeless) return;
  reading.parser.destroy();
  const { file } = reading.options;
  const count = Math.max(1, reading.damagedLines - 1);
  throw new FunnelintError('table/damaged-quotes', { file, count, line: reading.firstDamagedLine || reading.line });
}
