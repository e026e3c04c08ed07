import { readFile } from 'node:fs/promises';
import { type ByteFacts, readByteFacts } from './bytes.ts';
import { cellName } from './cell-name.ts';
import { chooseSheet } from './choose-sheet.ts';
import { checkText, checkTextBytes, checkWorkbookArchive, detectContainer } from './container.ts';
import { readCsv } from './csv.ts';
import { decodeFile, decodeSample, type Encoding, lineOfByte } from './decode.ts';
import { sniffDialect } from './dialect.ts';
import { decideEncoding } from './encoding.ts';
import type { Notice, ReadOptions, Sheet } from './sheet.ts';
import { startTable, type TableReader } from './table.ts';
import { readWorkbook } from './xlsx.ts';

/**
 * Reads one table from a CSV text or an XLSX workbook, whatever the file is called. Records below the header are
 * rows, rows set aside, or blank: together they are all of them.
 * @throws FunnelintError `file/…` and `table/…`
 */
export async function readSheet(file: string, options: ReadOptions): Promise<Sheet> {
  const facts = await readByteFacts(file);
  return detectContainer(file, facts.head) === 'zip'
    ? readWorkbookSheet(file, facts, options)
    : readTextSheet(file, facts, options);
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
  await readCsv(dropBytes(chunks, Buffer.byteLength(separatorLine)), csvOptions, numberRows(table));
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
  return notices;
}

/** Every record is a row of the sheet, and so is every damaged line. */
function numberRows(table: TableReader): Parameters<typeof readCsv>[2] {
  let row = 0;
  return {
    record: (cells, line) => table.row(cells, ++row, line),
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
  const { sheet, notices } = chooseSheet(file, await readWorkbook(file, bytes), options);
  const table = startTable({ file, layout: 'grid', read: options });
  const uncalculated: { row: number; position: number }[] = [];
  for (const { row, cells, headerCells, uncalculated: positions } of sheet.rows()) {
    table.row(cells, row, row, headerCells);
    for (const position of positions) uncalculated.push({ row, position });
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
    notices: [...notices, ...parts.notices, ...uncalculatedNotice(uncalculated)],
  };
}

function uncalculatedNotice(cells: readonly { row: number; position: number }[]): Notice[] {
  const first = cells[0];
  if (first === undefined) return [];
  const cell = cellName(first.position, first.row);
  return [{ code: 'table/formula-without-result', args: { cells: cells.length }, line: first.row, cell }];
}
