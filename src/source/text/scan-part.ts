import { fileBytes } from '../byte-source.ts';
import { readByteFacts, type WholeFacts } from '../bytes.ts';
import { startByteColumns, type TextFacts } from '../table/byte-columns.ts';
import { growingInts } from '../table/column-builder.ts';
import type { PlainShape } from '../table/plain-row.ts';
import type { PlainRun } from '../table/table-body.ts';
import { append, startPlainScan, takePlain } from './plain-scan.ts';
import type { RecordBatch } from './record-batch.ts';
import { cellEnds } from './record-scan.ts';

/** How records are cut, as in `CsvOptions`. */
export interface PartDialect {
  readonly delimiter: string;
  readonly columns: number;
  readonly returnsEndRecords: boolean;
}

/** The rest of a UTF-8 file that another thread is to scan. */
export interface PartRequest {
  readonly file: string;
  /** Offset of a record. */
  readonly from: number;
  /** Size of the file. */
  readonly to: number;
  readonly dialect: PartDialect;
  readonly shape: PlainShape;
  /** Columns to keep. */
  readonly positions: readonly number[];
}

/** What was scanned of a part, from its start. */
export interface PartResult {
  readonly run: PlainRun;
  /** Offset behind the last record of the run: the next one is not plain, or the file ends. */
  readonly stop: number;
}

/** A file that another thread is to look at, as far as to before `to`. */
export interface WholeRequest {
  readonly file: string;
  readonly to: number;
}

/** What the other thread can do. */
export interface PartTasks {
  scan(request: PartRequest): Promise<PartResult>;
  facts(request: WholeRequest): Promise<WholeFacts>;
}

/**
 * What only a look at all bytes tells.
 * @throws FunnelintError as `readByteFacts`
 */
export async function wholeFacts({ file, to }: WholeRequest): Promise<WholeFacts> {
  const { head: _, ...facts } = await readByteFacts(fileBytes(file), to);
  return facts;
}

/**
 * Scans the rest of a file as far as its rows look plain, so that whoever puts the parts together need not look at them
 * again.
 * @throws FunnelintError `file/not-readable`, `file/too-large`
 */
export async function scanPart({ file, from, to, dialect, shape, positions }: PartRequest): Promise<PartResult> {
  const stops = cellEnds(dialect.delimiter, dialect.returnsEndRecords);
  if (stops === null) throw new Error(`a delimiter of one byte was expected: ${dialect.delimiter}`);
  const scan = startPlainScan(dialect.delimiter, dialect.columns, stops);
  const rows = collectRows(shape, positions, { file, byteCount: to - from });
  let read = from;
  for await (const chunk of fileBytes(file).chunks(from, to, true)) {
    append(scan, chunk);
    read += chunk.length;
    while (takePlain(scan, shape, isUnclear, read === to, rows.take) > 0);
    if (!scan.isIncomplete) break;
  }
  return { run: rows.finish(), stop: read - (scan.to - scan.from) };
}

/** What a row without a number is takes the words that headers are known by, which this thread has not got. */
const isUnclear = (): boolean => true;

interface Rows {
  take(batch: RecordBatch, records: number): void;
  finish(): PlainRun;
}

function collectRows(shape: PlainShape, positions: readonly number[], facts: TextFacts): Rows {
  const columns = startByteColumns(shape.headers, positions, facts, true);
  const lines = growingInts();
  let rowCount = 0;
  let lineCount = 0;
  return {
    take(batch, records) {
      for (let record = 0; record < records; record++) {
        lines.push(lineCount);
        lineCount += 1 + batch.lineBreaks[record]!;
      }
      columns.pushBatch(batch, records, shape.width);
      rowCount += records;
    },
    finish: () => ({
      width: shape.width,
      rowCount,
      lineCount,
      lines: lineCount === rowCount ? null : lines.finish(),
      columns: columns.finishRun(),
    }),
  };
}
