import { type ByteSource, CHUNK_BYTES } from '../byte-source.ts';
import type { WholeFacts } from '../bytes.ts';
import { decodeFile, type Encoding, lineOfByte } from '../encoding/decode.ts';
import type { OpenedText } from '../open-file.ts';
import { type SecondThread, startSecondThread } from '../second-thread.ts';
import type { Notice, ReadOptions, Sheet } from '../sheet.ts';
import { readBestTable, type TableReading } from '../table/best-table.ts';
import type { PlainShape } from '../table/plain-row.ts';
import { type PlainRows, startTable, type TableReader } from '../table/table.ts';
import { type DelimitedReceiver, readDelimited, type ScannedPart } from './delimited.ts';
import { type Dialect, sniffDialect } from './dialect.ts';
import { fileParts, type PartsOptions } from './file-parts.ts';
import type { PartTasks } from './scan-part.ts';

/**
 * Reads the table of a delimited text.
 * @throws FunnelintError `file/undecodable`, `table/…`
 */
export async function readTextTable(opened: OpenedText, options: ReadOptions, threads = THREADS): Promise<Sheet> {
  return readBestTable(options, (asked) => readTable(opened, asked, threads, async () => opened.facts));
}

/**
 * Reads the table once.
 * @param wholeFacts asked for when all is read
 */
export async function readTable(
  opened: OpenedText,
  options: ReadOptions,
  threads: Threads,
  wholeFacts: () => Promise<WholeFacts>,
): Promise<TableReading> {
  const { file, entry, source, facts, encoding } = opened;
  const dialect = sniffDialect(opened.sample, options.knownHeader, options.delimiter);
  const table = startTable({ file: source.name, byteCount: facts.size, layout: 'text', read: options });
  const { delimiter, separatorLine } = dialect;
  const csvOptions = { ...dialect, file: source.name, firstLine: separatorLine === '' ? 1 : 2 };
  const strayReturns: number[] = [];
  const receiver = numberRows(table, strayReturns, options.onRecord);
  if (separatorLine !== '') options.onRecord?.(['sep=', ''], 0);
  const onBytes = (bytes: number): void => options.onProgress?.(bytes, facts.size, table.rowCount());
  await readDelimited(contentOf(opened, dialect, receiver, threads, onBytes), csvOptions, receiver);
  const { betterHeaderRow, ...parts } = table.finish();
  const whole = await wholeFacts();
  const sheet: Sheet = {
    file,
    sheet: entry,
    digest: whole.digest,
    format: 'csv',
    encoding: encoding.name,
    delimiter,
    ...parts,
    notices: [...(await textNotices(source, encoding, whole)), ...returnNotices(strayReturns), ...parts.notices],
  };
  return { sheet, betterHeaderRow };
}

/** Who helps to read a file. */
export interface Threads {
  /** Smaller files are read before another thread has started. */
  readonly fewest: number;
  readonly startThread: () => SecondThread<PartTasks> | null;
}

export const THREADS: Threads = { fewest: 32 << 20, startThread: () => startSecondThread('scan-part') };

/** The text behind the line that names its delimiter, of a large file half of it scanned by another thread. */
function contentOf(
  { source, facts, encoding }: OpenedText,
  dialect: Dialect,
  receiver: NumberedReceiver,
  { fewest, startThread }: Threads,
  onBytes: (bytes: number) => void,
): AsyncIterable<Buffer | ScannedPart> {
  const skipped = Buffer.byteLength(dialect.separatorLine);
  const from = encoding.markBytes + skipped;
  const isForTwo = encoding.name === 'utf-8' && source.path !== undefined && facts.size - from > fewest;
  if (!isForTwo) return dropBytes(decodeFile(source, encoding, onBytes, facts.size), skipped);
  return fileParts(source, startThread, {
    dialect,
    from,
    size: facts.size,
    fewest,
    step: Math.min(CHUNK_BYTES, fewest),
    expected: receiver.expected,
    onBytes,
  });
}

async function textNotices(source: ByteSource, { name, guessed }: Encoding, facts: WholeFacts): Promise<Notice[]> {
  const notices: Notice[] = [];
  if (guessed) {
    const byte = facts.invalidUtf8At ?? 0;
    const line = await lineOfByte(source, name, byte);
    notices.push({ code: 'file/encoding-guessed', args: { encoding: name, byte }, line, cell: null });
  }
  if (facts.nulAt !== null && !name.startsWith('utf-16')) {
    const line = await lineOfByte(source, name, facts.nulAt);
    notices.push({ code: 'file/nul-byte', args: { byte: facts.nulAt }, line, cell: null });
  }
  if (facts.lostAt !== null && name === 'utf-8') {
    const line = await lineOfByte(source, name, facts.lostAt);
    notices.push({ code: 'file/lost-characters', args: {}, line, cell: null });
  }
  return notices;
}

function returnNotices(lines: readonly number[]): Notice[] {
  const [line] = lines;
  if (line === undefined) return [];
  return [{ code: 'file/stray-return', args: { rows: lines.length }, line, cell: null }];
}

interface NumberedReceiver extends DelimitedReceiver {
  readonly expected: PartsOptions['expected'];
}

/** Every record is a row of the sheet, and so is every damaged line. */
function numberRows(table: TableReader, strayReturns: number[], onRecord: ReadOptions['onRecord']): NumberedReceiver {
  let row = 0;
  let isOfTexts = onRecord !== undefined;
  const rows = (): PlainRows | null => (isOfTexts ? null : table.bytesFrom(row + 1));
  const plainShape = (): PlainShape | null => rows()?.plainShape() ?? null;
  return {
    record(cells, line) {
      row++;
      onRecord?.(cells, row);
      table.row(cells, row, line);
    },
    plainShape,
    mayBeHeader: (cells) => rows()?.mayBeHeader(cells) ?? true,
    handedOver() {
      isOfTexts = true;
    },
    plainRecords(batch, records, line) {
      rows()?.plainRows(batch, records, row + 1, line);
      row += records;
    },
    plainRun(run, line) {
      if (plainShape()?.width !== run.width) return false;
      rows()?.plainRun(run, row + 1, line);
      row += run.rowCount;
      return true;
    },
    expected() {
      const shape = plainShape();
      return shape === null ? null : { shape, positions: rows()?.positions ?? [] };
    },
    strayReturn: (line) => strayReturns.push(line),
    damagedLine(text, mended, line) {
      row++;
      onRecord?.(mended ?? [text], row);
      table.damagedLine(text, mended, row, line);
    },
  };
}

async function* dropBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    const rest = left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
    if (rest.length > 0) yield rest;
  }
}
