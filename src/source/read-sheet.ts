import { readFile } from 'node:fs/promises';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { type ByteFacts, readByteFacts } from './bytes.ts';
import { chooseSheet } from './choose-sheet.ts';
import { checkText, checkTextBytes, checkWorkbookArchive, detectContainer } from './container.ts';
import { decodeFile, decodeSample, type Encoding, lineOfByte } from './decode.ts';
import { type DelimitedReceiver, readDelimited } from './delimited.ts';
import { sniffDialect } from './dialect.ts';
import { decideEncoding } from './encoding.ts';
import type { Notice, ReadOptions, Sheet } from './sheet.ts';
import { startTable, type TableReader } from './table.ts';
import { readWorkbook } from './workbook/workbook.ts';

/**
 * Reads one table from a CSV text or an XLSX workbook, whatever the file is called. Records below the header are
 * rows, rows set aside, or blank: together they are all of them.
 * @throws FunnelintError `file/…` and `table/…`
 */
export async function readSheet(file: string, options: ReadOptions): Promise<Sheet> {
  const facts = await readByteFacts(file);
  const container = detectContainer(file, facts.head);
  refuseFlags(file, container, options);
  return container === 'zip' ? readWorkbookSheet(file, facts, options) : readTextSheet(file, facts, options);
}

const WORKBOOK: Text = { en: 'a workbook', zh: '工作簿' };
const TEXT_FILE: Text = { en: 'a text file without sheets', zh: '没有工作表的文本文件' };

/** A setting that cannot apply is a mistake about the file, which nobody should have to find out from the figures. */
function refuseFlags(file: string, container: 'zip' | 'text', { sheet, delimiter, encoding }: ReadOptions): void {
  const [format, settings] =
    container === 'zip'
      ? [WORKBOOK, { '--delimiter': delimiter, '--encoding': encoding }]
      : [TEXT_FILE, { '--sheet': sheet }];
  for (const [flag, value] of Object.entries(settings)) {
    if (value !== undefined) throw new FunnelintError('flag/not-for-file', { flag, file, format: { text: format } });
  }
}

async function readTextSheet(file: string, facts: ByteFacts, options: ReadOptions): Promise<Sheet> {
  const encoding = await decideEncoding(file, facts, options.encoding);
  if (!encoding.name.startsWith('utf-16')) checkTextBytes(file, facts.head);
  const sample = decodeSample(facts.head, encoding);
  checkText(file, sample);
  const dialect = sniffDialect(sample, options.knownHeader, options.delimiter);
  const table = startTable({ file, layout: 'text', read: options });
  const chunks = decodeFile(file, encoding, (bytes) => options.onProgress?.(bytes, facts.size, table.rowCount()));
  const { delimiter, columns, separatorLine } = dialect;
  const csvOptions = { file, delimiter, columns, firstLine: separatorLine === '' ? 1 : 2 };
  await readDelimited(dropBytes(chunks, Buffer.byteLength(separatorLine)), csvOptions, numberRows(table));
  const parts = table.finish();
  return {
    file,
    sheet: null,
    sha256: facts.sha256,
    format: 'csv',
    encoding: encoding.name,
    delimiter,
    ...parts,
    notices: [...(await textNotices(file, facts, encoding)), ...parts.notices],
  };
}

async function textNotices(file: string, facts: ByteFacts, { name, guessed }: Encoding): Promise<Notice[]> {
  const notices: Notice[] = [];
  if (guessed) notices.push({ code: 'file/encoding-guessed', args: { encoding: name }, line: null, cell: null });
  if (facts.nulAt !== null && !name.startsWith('utf-16')) {
    const line = await lineOfByte(file, name, facts.nulAt);
    notices.push({ code: 'file/nul-byte', args: { byte: facts.nulAt }, line, cell: null });
  }
  if (facts.lostAt !== null && name === 'utf-8') {
    const line = await lineOfByte(file, name, facts.lostAt);
    notices.push({ code: 'file/lost-characters', args: {}, line, cell: null });
  }
  return notices;
}

/** Every record is a row of the sheet, and so is every damaged line. */
function numberRows(table: TableReader): DelimitedReceiver {
  let row = 0;
  return {
    record: (cells, line) => table.row(cells, ++row, line),
    scanned(record, line) {
      const taken = table.scannedRow(record, row + 1, line);
      if (taken) row++;
      return taken;
    },
    damagedLine: (text, mended, line) => table.damagedLine(text, mended, ++row, line),
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

async function readWorkbookSheet(file: string, facts: ByteFacts, options: ReadOptions): Promise<Sheet> {
  const bytes = await readFile(file);
  checkWorkbookArchive(file, bytes);
  const sheets = await readWorkbook(file, bytes);
  const { sheet, notices: chosen } = await chooseSheet(file, sheets, options);
  const all = sheets.map(({ name }) => name);
  const table = startTable({ file, layout: 'grid', sheet: { name: sheet.name, all }, read: options });
  const cellNotices: Notice[] = [];
  for await (const row of sheet.rows((notice) => cellNotices.push(notice))) {
    table.row(row.cells, row.row, row.row, row);
  }
  options.onProgress?.(facts.size, facts.size, table.rowCount());
  const parts = table.finish();
  return {
    file,
    sheet: sheet.name,
    sha256: facts.sha256,
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    ...parts,
    notices: [...chosen, ...parts.notices, ...cellNotices],
  };
}
