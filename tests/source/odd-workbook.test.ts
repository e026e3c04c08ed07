import { describe, expect, it } from 'vitest';
import { readSheet } from '../../src/source/read-sheet.ts';
import type { Sheet } from '../../src/source/sheet.ts';
import { readAll, tempFile } from './temp-file.ts';
import { relationships } from './workbook/book.ts';
import { zipOf } from './workbook/zip-writer.ts';

const text = (cell: string, value: string): string => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (number: number, ...values: string[]): string =>
  `<row r="${number}">${values.map((value, index) => text(`${'ABC'[index]}${number}`, value)).join('')}</row>`;
const ROWS = [row(1, 'ID', 'Stage', 'Owner'), row(2, '1', 'Won', 'Ann'), row(3, '2', 'Lost', 'Ben')];

const WORKBOOK = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
  <sheet name="Deals" sheetId="1" r:id="r1"/><sheet name="Notes" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>`;

/** A workbook of a sheet of deals and a hidden one; a part that is null is left out. */
function workbook(deals: string | null, after = ''): string {
  const sheet = (rows: string, end: string): string => `<worksheet><sheetData>${rows}</sheetData>${end}</worksheet>`;
  const parts: Readonly<Record<string, string | null>> = {
    '_rels/.rels': relationships(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': WORKBOOK,
    'xl/_rels/workbook.xml.rels': relationships(
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r2', 'worksheet', 'worksheets/sheet2.xml'],
    ),
    'xl/worksheets/sheet1.xml': deals === null ? null : sheet(deals, after),
    'xl/worksheets/sheet2.xml': sheet(row(1, 'Lead', 'Won'), ''),
  };
  const entries = Object.entries(parts).flatMap(([name, content]) => (content === null ? [] : [{ name, content }]));
  return tempFile(zipOf(entries), 'deals.xlsx');
}

const read = (deals: string | null, after?: string): Promise<Sheet> => readSheet(workbook(deals, after), readAll);

describe('a workbook that asks for too much', () => {
  it('is read for all its merged ranges', async () => {
    const ranges = Array.from({ length: 20_000 }, (_, index) => `<mergeCell ref="E${index + 1}:F${index + 1}"/>`);
    const sheet = await read(ROWS.join(''), `<mergeCells>${ranges.join('')}</mergeCells>`);
    expect(sheet.rowCount).toBe(2);
  });

  it('is read when one merged range covers the sheet', async () => {
    const sheet = await read(ROWS.join(''), '<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>');
    expect(sheet.rowCount).toBe(2);
  });

  it('is refused for a row beyond the last one', async () => {
    await expect(read(`${ROWS.join('')}<row r="999999999" ht="15"/>`)).rejects.toMatchObject({ code: 'file/damaged' });
  });
});

describe('a workbook that has lost a part', () => {
  it('is refused rather than read without its sheet', async () => {
    await expect(read(null)).rejects.toMatchObject({ code: 'file/damaged' });
  });

  it('is refused or read whole when an element stands in the wrong place', async () => {
    const [header = '', first = '', last = ''] = ROWS;
    const odd = first.replace('</c>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></c>');
    const rows = await read(header + odd + last).then(
      (sheet) => sheet.rowCount,
      (error: { code: string }) => error.code,
    );
    expect([2, 'file/damaged']).toContain(rows);
  });
});

describe('the settings of a file', () => {
  it('are refused where they say nothing', async () => {
    const book = workbook(ROWS.join(''));
    await expect(readSheet(book, { ...readAll, delimiter: ';' })).rejects.toMatchObject({ code: 'flag/not-for-file' });
    await expect(readSheet(book, { ...readAll, encoding: 'utf-8' })).rejects.toMatchObject({
      code: 'flag/not-for-file',
    });
    const csv = tempFile('ID,Stage\n1,Won\n');
    await expect(readSheet(csv, { ...readAll, sheet: 'Deals' })).rejects.toMatchObject({ code: 'flag/not-for-file' });
  });

  it('name the sheets when no header is found', async () => {
    await expect(read(row(1, '1', '2'))).rejects.toMatchObject({
      code: 'table/no-header-in-sheet',
      args: { sheet: 'Deals', sheets: 'Deals, Notes' },
    });
  });
});

it('tells that characters were lost before the file was saved', async () => {
  const { notices } = await readSheet(tempFile('ID,Owner\n1,Ann\n2,Zo\ufffd\n'), readAll);
  expect(notices).toEqual([{ code: 'file/lost-characters', args: {}, line: 3, cell: null }]);
});

it('gives up a line without end, and says which', async () => {
  const file = tempFile(`ID,Stage\n${'x'.repeat(66 << 20)}`);
  await expect(readSheet(file, readAll)).rejects.toMatchObject({ code: 'table/endless-line', args: { line: 2 } });
});
