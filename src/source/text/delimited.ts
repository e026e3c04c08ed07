import type { HeaderTest, PlainShape } from '../table/plain-row.ts';
import type { PlainRun } from '../table/table-body.ts';
import type { CsvOptions, CsvReceiver } from './csv.ts';
import { append, holdsRecords, type PlainScan, startPlainScan, takePlain } from './plain-scan.ts';
import { cellTexts, emptyBatch, type RecordBatch, widen } from './record-batch.ts';
import { cellEnds, INCOMPLETE, scanRecord, TOO_WIDE } from './record-scan.ts';

/** Receives the records of a delimited text, as bytes where that will do. */
export interface DelimitedReceiver extends CsvReceiver {
  /** What the next records must look like to be taken as bytes; null where none can be. */
  plainShape(): PlainShape | null;
  /** Whether a row without a number may be a header. */
  readonly mayBeHeader: HeaderTest;
  /** Takes the first records of a batch, which look like that. The batch is void after the call. */
  plainRecords(batch: RecordBatch, records: number, line: number): void;
  /** Takes records that look like that, scanned elsewhere; false where that is not what comes next. */
  plainRun(run: PlainRun, line: number): boolean;
  /** From here on records come as texts only. */
  handedOver(): void;
}

/** A part of a text that was scanned elsewhere, in the place of its bytes. */
export interface ScannedPart {
  readonly run: PlainRun;
  bytes(): AsyncIterable<Buffer>;
}

/** A longer record is left to csv-parse, since it is scanned from its start with each chunk that it goes on for. */
const LONGEST_SCANNED_BYTES = 1 << 20;
const FIRST_WIDTH = 64;

interface Reading {
  readonly options: CsvOptions;
  readonly receiver: DelimitedReceiver;
  readonly scan: PlainScan | null;
  /** A record by itself. */
  readonly single: RecordBatch;
  /** Physical line on which the pending record starts. */
  line: number;
  /** The pending record is for csv-parse to judge. */
  unsure: boolean;
}

/**
 * Reads delimited UTF-8 text like `readCsv`, only faster: sound records are found by their bytes alone, and from the
 * first other one to the end `readCsv` reads, which is loaded only then.
 * @throws FunnelintError as `readCsv`
 */
export async function readDelimited(
  chunks: AsyncIterable<Buffer | ScannedPart>,
  options: CsvOptions,
  receiver: DelimitedReceiver,
): Promise<void> {
  const stops = cellEnds(options.delimiter, options.returnsEndRecords);
  const scan = stops === null ? null : startPlainScan(options.delimiter, options.columns, stops);
  const reading: Reading = {
    options,
    receiver,
    scan,
    single: emptyBatch(1, FIRST_WIDTH),
    line: options.firstLine,
    unsure: scan === null || options.blanksBeforeQuotes,
  };
  const rest = takeSound(reading, chunks);
  const { done, value } = await rest.next();
  if (done === true) return;
  receiver.handedOver();
  const { readCsv } = await import('./csv.ts');
  await readCsv(resumed(value, rest), { ...options, firstLine: reading.line }, receiver);
}

/** Hands out the sound records from the start, and yields the bytes from the first other one on. */
async function* takeSound(reading: Reading, parts: AsyncIterable<Buffer | ScannedPart>): AsyncGenerator<Buffer, void> {
  const { scan } = reading;
  for await (const chunk of takeRuns(reading, parts)) {
    if (reading.unsure || scan === null) {
      // What is handed on is kept for longer than a chunk may be.
      yield Buffer.from(chunk);
      continue;
    }
    append(scan, chunk);
    takeRecords(reading, scan, false);
    reading.unsure ||= scan.to - scan.from > LONGEST_SCANNED_BYTES;
    if (reading.unsure) yield pendingBytes(scan);
  }
  if (reading.unsure || scan === null) return;
  takeRecords(reading, scan, true);
  if (reading.unsure) yield pendingBytes(scan);
}

/** Hands out what was scanned elsewhere, and yields the bytes of the rest. */
async function* takeRuns(reading: Reading, parts: AsyncIterable<Buffer | ScannedPart>): AsyncGenerator<Buffer, void> {
  for await (const part of parts) {
    if (Buffer.isBuffer(part)) yield part;
    else if (!takeRun(reading, part)) yield* part.bytes();
  }
}

/** What was scanned elsewhere counts if it starts where a record does, and the rows are still of its shape. */
function takeRun(reading: Reading, { run }: ScannedPart): boolean {
  const { scan, receiver, line, unsure } = reading;
  if (unsure || scan === null || scan.from < scan.to || !receiver.plainRun(run, line)) return false;
  reading.line += run.lineCount;
  return true;
}

async function* resumed(first: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}

function pendingBytes({ bytes, from, to }: PlainScan): Buffer {
  return bytes.subarray(from, to);
}

function takeRecords(reading: Reading, scan: PlainScan, atEnd: boolean): void {
  const { receiver } = reading;
  const take = (batch: RecordBatch, records: number): void => receiver.plainRecords(batch, records, reading.line);
  while (scan.from < scan.to && !reading.unsure) {
    const shape = receiver.plainShape();
    const lines = shape === null ? 0 : takePlain(scan, shape, receiver.mayBeHeader, atEnd, take);
    reading.line += lines;
    if (lines === 0 && !takeSingle(reading, scan, atEnd)) return;
  }
}

/** Takes the pending record by its texts; false when it is not there as a whole. */
function takeSingle(reading: Reading, scan: PlainScan, atEnd: boolean): boolean {
  const { single, receiver } = reading;
  single.bytes = scan.bytes;
  const next = scanRecord(single, 0, scan.from, scan.to, scan.stops, atEnd, scan.scanned);
  if (next === INCOMPLETE) return false;
  if (next === TOO_WIDE) {
    widen(single);
    return true;
  }
  if (next < 0 || holdsRecords(scan, single, 0)) {
    reading.unsure = true;
    return false;
  }
  receiver.record(cellTexts(single, 0, scan.scanned.cells), reading.line);
  reading.line += 1 + single.lineBreaks[0]!;
  scan.from = next;
  return true;
}
