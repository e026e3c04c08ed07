import { decodeFile, type Encoding, lineOfByte } from '../encoding/decode.ts';
import type { OpenedText } from '../open-file.ts';
import type { Notice, ReadOptions, Sheet } from '../sheet.ts';
import { readBestTable, type TableReading } from '../table/best-table.ts';
import { startTable, type TableReader } from '../table/table.ts';
import { type DelimitedReceiver, readDelimited } from './delimited.ts';
import { sniffDialect } from './dialect.ts';

/**
 * Reads the table of a delimited text.
 * @throws FunnelintError `file/undecodable`, `table/…`
 */
export async function readTextTable(opened: OpenedText, options: ReadOptions): Promise<Sheet> {
  return readBestTable(options, (asked) => readTable(opened, asked));
}

async function readTable(opened: OpenedText, options: ReadOptions): Promise<TableReading> {
  const { file, entry, source, facts, encoding } = opened;
  const dialect = sniffDialect(opened.sample, options.knownHeader, options.delimiter);
  const table = startTable({ file: source.name, layout: 'text', read: options });
  const chunks = decodeFile(source, encoding, (bytes) => options.onProgress?.(bytes, facts.size, table.rowCount()));
  const { delimiter, separatorLine } = dialect;
  const csvOptions = { ...dialect, file: source.name, firstLine: separatorLine === '' ? 1 : 2 };
  const strayReturns: number[] = [];
  const receiver = numberRows(table, strayReturns, options.onRecord);
  if (separatorLine !== '') options.onRecord?.(['sep=', ''], 0);
  await readDelimited(dropBytes(chunks, Buffer.byteLength(separatorLine)), csvOptions, receiver);
  const { betterHeaderRow, ...parts } = table.finish();
  const sheet: Sheet = {
    file,
    sheet: entry,
    sha256: facts.sha256,
    format: 'csv',
    encoding: encoding.name,
    delimiter,
    ...parts,
    notices: [...(await textNotices(opened)), ...returnNotices(strayReturns), ...parts.notices],
  };
  return { sheet, betterHeaderRow };
}

async function textNotices({ source, facts, encoding }: OpenedText): Promise<Notice[]> {
  const { name, guessed }: Encoding = encoding;
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

/** Every record is a row of the sheet, and so is every damaged line. */
function numberRows(table: TableReader, strayReturns: number[], onRecord: ReadOptions['onRecord']): DelimitedReceiver {
  let row = 0;
  return {
    record(cells, line) {
      row++;
      onRecord?.(cells, row);
      table.row(cells, row, line);
    },
    plainShape: () => (onRecord === undefined ? (table.bytesFrom(row + 1)?.plainShape() ?? null) : null),
    plainRecords(batch, records, line) {
      table.bytesFrom(row + 1)?.plainRows(batch, records, row + 1, line);
      row += records;
    },
    plainRun: () => false,
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
