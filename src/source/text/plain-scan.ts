import { countPlain, type HeaderTest, type PlainShape } from '../table/plain-row.ts';
import { cellTexts, emptyBatch, lineCount, type RecordBatch } from './record-batch.ts';
import { type CellEnds, INCOMPLETE, type Scanned, scanRecord, undoubleQuotes } from './record-scan.ts';
import { swallowedRecords } from './swallowed-records.ts';

/** Bytes of a text on their way to be records. */
export interface PlainScan {
  readonly delimiter: string;
  /** Columns a sound record has, 0 when unknown. */
  readonly columns: number;
  readonly stops: CellEnds;
  /** The bytes from the pending record on stand between `from` and `to`. */
  bytes: Buffer;
  from: number;
  to: number;
  readonly scanned: Scanned;
  batch: RecordBatch;
  /** What ended the last try is that the pending record is not there as a whole. */
  isIncomplete: boolean;
  /** Records to try at a time: few where one of another shape came last. */
  recordsToTry: number;
}

/** Cells scanned before they are looked up: as many as fit into the cache of a core beside their bytes. */
const CELLS_TOGETHER = 20_000;
const FEWEST_TOGETHER = 16;
const MOST_TOGETHER = 4096;

export function startPlainScan(delimiter: string, columns: number, stops: CellEnds): PlainScan {
  return {
    delimiter,
    columns,
    stops,
    bytes: Buffer.alloc(0),
    from: 0,
    to: 0,
    scanned: { cells: 0 },
    batch: emptyBatch(0, 0),
    isIncomplete: true,
    recordsToTry: FEWEST_TOGETHER,
  };
}

/** Puts a chunk behind the pending bytes, which move to the front of a buffer that is used over and over. */
export function append(scan: PlainScan, chunk: Buffer): void {
  const pending = scan.bytes.subarray(scan.from, scan.to);
  const size = pending.length + chunk.length;
  // One more for `scanRecord`.
  if (size + 1 > scan.bytes.length) scan.bytes = Buffer.allocUnsafeSlow(size + (size >> 2) + 1);
  pending.copy(scan.bytes);
  chunk.copy(scan.bytes, pending.length);
  scan.from = 0;
  scan.to = size;
}

/** True when a record that goes over several lines holds whole ones. */
export function holdsRecords(scan: PlainScan, batch: RecordBatch, record: number): boolean {
  if (batch.lineBreaks[record] === 0) return false;
  return swallowedRecords(cellTexts(batch, record, scan.scanned.cells), scan.delimiter, scan.columns);
}

/**
 * Takes the next records as long as they look plain, as many as go together.
 * @param take receives the batch and the number of its records that count
 * @returns physical lines of what was taken, 0 when the pending record is not plain, or not there as a whole
 */
export function takePlain(
  scan: PlainScan,
  shape: PlainShape,
  isHeader: HeaderTest,
  atEnd: boolean,
  take: (batch: RecordBatch, records: number) => void,
): number {
  const batch = batchOf(scan, shape.width);
  const most = Math.min(batch.room, scan.recordsToTry);
  let found = 0;
  let at = scan.from;
  for (; found < most && at < scan.to; found++) {
    at = scanRecord(batch, found, at, scan.to, scan.stops, atEnd, scan.scanned);
    if (at < 0 || scan.scanned.cells !== shape.width || holdsRecords(scan, batch, found)) break;
    batch.nexts[found] = at;
  }
  const records = countPlain(batch, found, shape, isHeader);
  scan.isIncomplete = records === found && (at === INCOMPLETE || at === scan.to);
  scan.recordsToTry = records < found ? FEWEST_TOGETHER : Math.min(batch.room, scan.recordsToTry * 2);
  if (records === 0) return 0;
  scan.from = batch.nexts[records - 1]!;
  for (let record = 0; record < records; record++) {
    if (batch.doubled[record] === 1) undoubleQuotes(batch, record, shape.width);
  }
  take(batch, records);
  return lineCount(batch, records);
}

function batchOf(scan: PlainScan, width: number): RecordBatch {
  if (scan.batch.width !== width) {
    const room = Math.min(MOST_TOGETHER, Math.max(FEWEST_TOGETHER, Math.floor(CELLS_TOGETHER / width)));
    // Rows may differ in width from one to the next.
    const hasRoom = room * width <= scan.batch.starts.length;
    if (hasRoom) Object.assign(scan.batch, { room, width });
    else scan.batch = { ...emptyBatch(MOST_TOGETHER, Math.ceil((room * width) / MOST_TOGETHER)), room, width };
  }
  scan.batch.bytes = scan.bytes;
  return scan.batch;
}
