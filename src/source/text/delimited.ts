import type { CsvOptions, CsvReceiver } from './csv.ts';
import {
  type CellEnds,
  cellEnds,
  cellTexts,
  emptyRecord,
  INCOMPLETE,
  type ScannedRecord,
  scanRecord,
  UNSURE,
} from './record-scan.ts';
import { swallowedRecords } from './swallowed-records.ts';

/** Receives the records of a delimited text, as bounds where that will do. */
export interface DelimitedReceiver extends CsvReceiver {
  /** Takes a record, which is void after the call; false asks for its cells by `record` instead. */
  scanned(record: ScannedRecord, line: number): boolean;
}

/** A longer record is left to csv-parse, since it is scanned from its start with each chunk that it goes on for. */
const LONGEST_SCANNED_BYTES = 1 << 20;

interface Scan {
  readonly options: CsvOptions;
  readonly receiver: DelimitedReceiver;
  readonly stops: CellEnds | null;
  readonly record: ScannedRecord;
  /** The bytes from the pending record on stand between `from` and `to` in `record.bytes`. */
  from: number;
  to: number;
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
  chunks: AsyncIterable<Buffer>,
  options: CsvOptions,
  receiver: DelimitedReceiver,
): Promise<void> {
  const stops = cellEnds(options.delimiter, options.returnsEndRecords);
  const scan: Scan = {
    options,
    receiver,
    stops,
    record: emptyRecord(),
    from: 0,
    to: 0,
    line: options.firstLine,
    unsure: stops === null || options.blanksBeforeQuotes,
  };
  const rest = scanSound(scan, chunks);
  const { done, value } = await rest.next();
  if (done === true) return;
  const { readCsv } = await import('./csv.ts');
  await readCsv(resumed(value, rest), { ...options, firstLine: scan.line }, receiver);
}

/** Hands out the sound records from the start, and yields the bytes from the first other one on. */
async function* scanSound(scan: Scan, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    if (scan.unsure) {
      yield chunk;
      continue;
    }
    append(scan, chunk);
    takeRecords(scan, false);
    scan.unsure ||= scan.to - scan.from > LONGEST_SCANNED_BYTES;
    if (scan.unsure) yield pendingBytes(scan);
  }
  if (scan.unsure) return;
  takeRecords(scan, true);
  if (scan.unsure) yield pendingBytes(scan);
}

async function* resumed(first: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}

function pendingBytes({ record, from, to }: Scan): Buffer {
  return record.bytes.subarray(from, to);
}

/** Puts the chunk behind the pending bytes, which move to the front of a buffer that is used over and over. */
function append(scan: Scan, chunk: Buffer): void {
  const pending = pendingBytes(scan);
  const size = pending.length + chunk.length;
  if (size > scan.record.bytes.length) scan.record.bytes = Buffer.allocUnsafe(size + (size >> 2));
  pending.copy(scan.record.bytes);
  chunk.copy(scan.record.bytes, pending.length);
  scan.from = 0;
  scan.to = size;
}

function takeRecords(scan: Scan, atEnd: boolean): void {
  const { record, to, stops } = scan;
  if (stops === null) return;
  while (scan.from < to) {
    const next = scanRecord(record, scan.from, to, stops, atEnd);
    if (next === INCOMPLETE) return;
    if (next === UNSURE || holdsRecords(scan)) {
      scan.unsure = true;
      return;
    }
    if (!scan.receiver.scanned(record, scan.line)) scan.receiver.record(cellTexts(record), scan.line);
    scan.line += 1 + record.lineBreaks;
    scan.from = next;
  }
}

function holdsRecords({ record, options }: Scan): boolean {
  return record.lineBreaks > 0 && swallowedRecords(cellTexts(record), options.delimiter, options.columns);
}
