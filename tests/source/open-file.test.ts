import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BookType, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../src/errors.ts';
import { memoryBytes } from '../../src/source/byte-source.ts';
import { readEveryTable, readSheet, readSheets } from '../../src/source/read-sheet.ts';
import type { Sheet } from '../../src/source/sheet.ts';
import { readAll, rowsOf, tempFile } from './temp-file.ts';
import { zipOf } from './workbook/zip-writer.ts';

const DEALS = 'ID,Stage,Amount\n1,Won,5\n2,赢单,6.5\n';
const ROWS = [
  ['1', 'Won', '5'],
  ['2', '赢单', '6.5'],
];

function workbook(bookType: BookType): Buffer {
  const book = utils.book_new();
  const rows = [['ID', 'Stage', 'Amount'], ...ROWS.map(([id, stage, amount]) => [id, stage, Number(amount)])];
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Deals');
  return write(book, { type: 'buffer', bookType });
}

function archive(entries: Readonly<Record<string, string | Buffer>>): Buffer {
  return zipOf(Object.entries(entries).map(([name, content]) => ({ name, content: Buffer.from(content) })));
}

async function failure(reading: Promise<unknown>): Promise<FunnelintError> {
  const error: unknown = await reading.catch((reason: unknown) => reason);
  if (error instanceof FunnelintError) return error;
  throw new Error(`no refusal: ${String(error)}`);
}

const HTML = `<html><head><meta charset="utf-8"></head><body><table>
<tr><th>ID</th><th>Stage</th><th>Amount</th></tr><tr><td>1</td><td>Won</td><td>5</td></tr>
<tr><td>2</td><td>赢单</td><td>6.5</td></tr></table></body></html>`;

const XML = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Deals"><Table>
${[['ID', 'Stage', 'Amount'], ...ROWS]
  .map((row) => `<Row>${row.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`)
  .join('\n')}
</Table></Worksheet></Workbook>`;

describe('one table in every container, whatever it is called', () => {
  it.each<[Sheet['format'], string, string | Buffer]>([
    ['csv', 'deals.xlsx', DEALS],
    ['csv', 'deals.csv.gz', gzipSync(DEALS)],
    ['csv', 'export.zip', archive({ 'deals.csv': DEALS })],
    ['xlsx', 'deals.csv', workbook('xlsx')],
    ['xlsx', 'deals.xlsx.gz', gzipSync(workbook('xlsx'))],
    ['xlsx', 'export.zip', archive({ 'deals.xlsx': workbook('xlsx') })],
    ['xls', 'deals.xls', workbook('biff8')],
    ['xls', 'deals.csv', workbook('biff8')],
    ['html', 'report.xls', HTML],
    ['xml', 'report.xls', XML],
  ])('as %s in %s', async (format, name, content) => {
    const file = tempFile(content, name);
    const sheet = await readSheet(file, readAll);
    expect(rowsOf(sheet)).toEqual(ROWS);
    expect(sheet).toMatchObject({ format, file });
  });

  it('from memory, under the name that it is given', async () => {
    const sheet = await readSheet(memoryBytes('deals.csv', Buffer.from(DEALS)), readAll);
    expect([sheet.file, rowsOf(sheet)]).toEqual(['deals.csv', ROWS]);
  });

  it('as a page in the encoding that it declares', async () => {
    const page = Buffer.concat([
      Buffer.from('<html><meta charset="gb2312"><table><tr><th>ID<th>Stage<tr><td>1<td>'),
      Buffer.from([0xd3, 0xae, 0xb5, 0xa5]),
      Buffer.from('</table></html>'),
    ]);
    expect(rowsOf(await readSheet(tempFile(page, 'page.xls'), readAll))).toEqual([['1', '赢单']]);
  });
});

describe('an archive', () => {
  it('of parts with one header is one list, and the rest is told', async () => {
    const file = tempFile(
      archive({
        'part-2.csv': 'Stage,ID\nLost,3\n',
        'part-1.csv': 'ID,Stage\n1,Won\n',
        'contacts.csv': 'Email,Phone\na@b.c,1\n',
        'readme.pdf': '%PDF-1.7\n',
        '__MACOSX/._part-1.csv': 'x',
      }),
      'export.zip',
    );
    const sheets = await readSheets(file, readAll);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['part-1.csv', 'part-2.csv']);
    expect(sheets[0]?.notices).toMatchObject([
      { code: 'file/entries-not-tables', args: { entries: { list: ['readme.pdf'] } } },
      { code: 'file/entries-left-out', args: { entries: { list: ['contacts.csv'] } } },
    ]);
    expect(rowsOf(await readSheet(file, readAll))).toEqual([
      ['1', 'Won'],
      ['3', 'Lost'],
    ]);
  });

  it('is read table by table, and what is none is told', async () => {
    const file = tempFile(
      archive({ 'a.csv': DEALS, 'b.csv': 'Town,People\nBern,1\n', 'c.pdf': '%PDF-1.7\n' }),
      'e.zip',
    );
    const tables = await readEveryTable(file, {}, () => ({ ...readAll, anyTable: true }));
    expect(tables.map(({ sheet }) => [sheet.sheet, sheet.rowCount])).toEqual([
      ['a.csv', 2],
      ['b.csv', 1],
    ]);
    expect(tables[0]?.sheet.notices).toMatchObject([
      { code: 'file/entries-not-tables', args: { entries: { list: ['c.pdf'] } } },
    ]);
  });

  it('gives the entry that is asked for', async () => {
    const file = tempFile(archive({ 'a.csv': 'ID,Stage\n1,Won\n', 'b.csv': 'ID,Owner\n1,Ann\n' }), 'export.zip');
    expect(rowsOf(await readSheet(file, { ...readAll, sheet: 'b.csv' }))).toEqual([['1', 'Ann']]);
    expect((await failure(readSheet(file, { ...readAll, sheet: 'c.csv' }))).code).toBe('table/no-sheet');
  });

  it('is refused without a table, in another archive, and cut short', async () => {
    const inner = archive({ 'deals.csv': DEALS });
    expect((await failure(readSheet(tempFile(archive({ 'a.txt': '%PDF-1' }), 'a.zip'), readAll))).code).toBe(
      'file/not-a-table',
    );
    expect((await failure(readSheet(tempFile(archive({ 'in.zip': inner }), 'a.zip'), readAll))).code).toBe(
      'file/not-a-table',
    );
    expect((await failure(readSheet(tempFile(gzipSync(gzipSync(DEALS)), 'a.gz'), readAll))).code).toBe(
      'file/not-a-table',
    );
    const cut = gzipSync(DEALS).subarray(0, 20);
    expect((await failure(readSheet(tempFile(cut, 'a.csv.gz'), readAll))).code).toBe('file/damaged');
  });

  it('writes nothing anywhere, whatever its entries are called', async () => {
    const file = tempFile(archive({ '../escaped.csv': DEALS }), 'export.zip');
    expect(rowsOf(await readSheet(file, readAll))).toEqual(ROWS);
    expect(existsSync(join(dirname(dirname(file)), 'escaped.csv'))).toBe(false);
  });
});

describe('a file that says it is a workbook', () => {
  it('and holds a line of plain text is refused', async () => {
    const error = await failure(readSheet(tempFile('Attachment not found!', 'deals.xls'), readAll));
    expect(error.message).toContain('plain text');
  });
});
