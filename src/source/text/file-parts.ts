import type { ByteSource } from '../byte-source.ts';
import type { SecondThread } from '../second-thread.ts';
import { countPlain, type PlainShape } from '../table/plain-row.ts';
import type { ScannedPart } from './delimited.ts';
import { emptyBatch, type RecordBatch } from './record-batch.ts';
import { type CellEnds, cellEnds, scanRecord } from './record-scan.ts';
import type { PartDialect, PartRequest, PartTasks } from './scan-part.ts';

/** What is known of a text while it is read. */
export interface PartsOptions {
  readonly dialect: PartDialect;
  /** Offset of the first record, and size of the file. */
  readonly from: number;
  readonly size: number;
  /** What the rows to come look like, and the columns to keep of them; null as long as that is not known. */
  readonly expected: () => { readonly shape: PlainShape; readonly positions: readonly number[] } | null;
  /** Fewer bytes are not worth a second thread. */
  readonly fewest: number;
  /** Bytes to read before what rows look like is asked for again. */
  readonly step: number;
  readonly onBytes: (bytes: number) => void;
}

/**
 * The bytes of a UTF-8 file, the second half of it scanned by another thread meanwhile. Where the halves meet is a guess:
 * whoever takes them checks that a record ends there.
 */
export async function* fileParts(
  source: ByteSource,
  startThread: () => SecondThread<PartTasks> | null,
  options: PartsOptions,
): AsyncGenerator<Buffer | ScannedPart> {
  const { from, size, fewest, step, onBytes } = options;
  const thread = startThread();
  let at = from;
  async function* chunksTo(end: number): AsyncGenerator<Buffer> {
    for await (const chunk of source.chunks(at, end, true)) {
      yield chunk;
      at += chunk.length;
      onBytes(at);
    }
  }
  try {
    while (thread !== null && size - at > fewest) {
      const before = at;
      const request = await requestFor(source, at, options);
      // What the rows look like shows after a few.
      if (request === null) yield* chunksTo(Math.min(size, at + step));
      else {
        const scanning = thread.ask('scan', request);
        yield* chunksTo(request.from);
        const part = await scanning;
        // What the other thread needed for itself is freed with it.
        if (part?.stop === size) thread.end();
        if (part !== null) yield { run: part.run, bytes: () => source.chunks(request.from, part.stop) };
        at = part?.stop ?? at;
        onBytes(at);
      }
      // Somebody shortened the file.
      if (at === before) break;
    }
    yield* chunksTo(size);
  } finally {
    thread?.end();
  }
}

/** What another thread can do of the bytes from one on; null as long as that is not known. */
async function requestFor(source: ByteSource, at: number, options: PartsOptions): Promise<PartRequest | null> {
  const { dialect, size, expected } = options;
  const stops = cellEnds(dialect.delimiter, dialect.returnsEndRecords);
  const wanted = expected();
  if (stops === null || wanted === null || source.path === undefined) return null;
  const from = await likelyRecord(source, at, size, wanted.shape, stops);
  return from === null ? null : { file: source.path, from, to: size, dialect, ...wanted };
}

const LF = 0x0a;
const WINDOW_BYTES = 1 << 18;
/** What this thread reads while the other one starts. */
const HEAD_START_BYTES = 24 << 20;
const MOST_TRIES = 1000;
/** A line inside a cell hardly ever looks like a record, let alone several. */
const RECORDS_LOOKED_AT = 3;

/** Offset of what looks like records in the middle between two offsets of a file; null where nothing does. */
async function likelyRecord(
  source: ByteSource,
  from: number,
  size: number,
  shape: PlainShape,
  stops: CellEnds,
): Promise<number | null> {
  const half = (size - from) / 2;
  const middle = from + Math.floor(half + Math.min(half / 4, HEAD_START_BYTES / 2));
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks(middle, Math.min(size, middle + WINDOW_BYTES))) chunks.push(chunk);
  const bytes = Buffer.concat([...chunks, Buffer.alloc(1)]);
  const batch = { ...emptyBatch(RECORDS_LOOKED_AT, shape.width), bytes };
  const end = bytes.length - 1;
  let tries = 0;
  for (let feed = bytes.indexOf(LF); feed !== -1 && tries < MOST_TRIES; feed = bytes.indexOf(LF, feed + 1), tries++) {
    if (areRecords(batch, feed + 1, end, shape, stops)) return middle + feed + 1;
  }
  return null;
}

function areRecords(batch: RecordBatch, from: number, end: number, shape: PlainShape, stops: CellEnds): boolean {
  const scanned = { cells: 0 };
  let at = from;
  for (let record = 0; record < RECORDS_LOOKED_AT; record++) {
    if (at >= end) return false;
    at = scanRecord(batch, record, at, end, stops, false, scanned);
    if (at < 0 || scanned.cells !== shape.width) return false;
  }
  return countPlain(batch, RECORDS_LOOKED_AT, shape, () => true) === RECORDS_LOOKED_AT;
}
