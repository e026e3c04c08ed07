import exceljs, { type CellValue, type Worksheet } from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet } from '../../src/source/read-sheet.ts';
import type { ReadOptions, Sheet } from '../../src/source/sheet.ts';
import { readAll, readText, rowsOf, tempFile } from './temp-file.ts';

async function workbook(fill: (book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = new exceljs.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function read(fill: (book: exceljs.Workbook) => void, options: Partial<ReadOptions> = {}): Promise<Sheet> {
  return readSheet(tempFile(await workbook(fill), 'deals.csv'), { ...readAll, ...options });
}

function readRows(rows: CellValue[][], change: (sheet: Worksheet) => void = () => {}): Promise<Sheet> {
  return read((book) => {
    const sheet = book.addWorksheet('Deals');
    sheet.addRows(rows);
    change(sheet);
  });
}

describe('cells become the text their CSV would have', () => {
  it.each<[string, CellValue, string | null, string]>([
    ['a number', 1234.5, null, '1234.5'],
    ['a number with a long binary tail', 0.1 + 0.2, null, '0.30000000000000004'],
    ['a percentage', 0.6, '0%', '60%'],
    ['a date', new Date(Date.UTC(2026, 4, 1)), 'yyyy-mm-dd', '2026-05-01'],
    ['a date with a time', new Date(Date.UTC(2026, 4, 1, 10, 22)), 'yyyy-mm-dd hh:mm', '2026-05-01T10:22:00'],
    ['a boolean', true, null, 'TRUE'],
    ['an error', { error: '#N/A' }, null, '#N/A'],
    ['rich text', { richText: [{ text: 'Closed ' }, { font: { bold: true }, text: 'Won' }] }, null, 'Closed Won'],
    ['a link', { text: 'Acme', hyperlink: 'https://example.com' }, null, 'Acme'],
    ['a formula', { formula: '2*3', result: 6, date1904: false }, null, '6'],
    ['a formula giving a text', { formula: '"a"', result: 'a', date1904: false }, null, 'a'],
    ['a formula giving an error', { formula: '1/0', result: { error: '#DIV/0!' }, date1904: false }, null, '#DIV/0!'],
    ['text with blanks and breaks', ' a\nb ', null, ' a\nb '],
  ])('%s', async (_name, value, format, expected) => {
    const sheet = await readRows(
      [
        ['ID', 'Stage'],
        ['1', value],
      ],
      (worksheet) => {
        if (format !== null) worksheet.getCell('B2').numFmt = format;
      },
    );
    expect(rowsOf(sheet)).toEqual([['1', expected]]);
    expect(sheet.notices).toEqual([]);
  });

  it('of the 1904 system too', async () => {
    const sheet = await read((book) => {
      book.properties.date1904 = true;
      book.addWorksheet('Deals').addRows([
        ['ID', 'Close Date'],
        ['1', new Date(Date.UTC(2026, 4, 1))],
      ]);
    });
    expect(rowsOf(sheet)).toEqual([['1', '2026-05-01']]);
  });

  it('and a formula without a result is blank and told', async () => {
    const sheet = await readRows([
      ['ID', 'Amount'],
      ['1', { formula: 'A1', date1904: false }],
    ]);
    expect(rowsOf(sheet)).toEqual([['1', '']]);
    expect(sheet.notices).toEqual([{ code: 'table/formula-without-result', args: { cells: 1 }, line: 2, cell: 'B2' }]);
  });
});

describe('the table on a sheet', () => {
  it('has the rows that the workbook shows, blank ones counted', async () => {
    const sheet = await readRows([
      ['Pipeline'],
      [],
      ['ID', 'Stage'],
      ['1', 'Won'],
      [],
      ['2', 'Lost'],
      [],
      ['Source: CRM'],
    ]);
    expect(sheet).toMatchObject({ format: 'xlsx', sheet: 'Deals', encoding: null, headerRow: 3, blankRows: 2 });
    expect([...sheet.rows]).toEqual([4, 6]);
    expect([...sheet.lines]).toEqual([4, 6]);
    expect(sheet.setAside).toEqual([{ row: 8, line: 8, reason: 'footer', excerpt: 'Source: CRM' }]);
  });

  it('has every cell of a row, and is not shortened by blank ones at its end', async () => {
    const sheet = await readRows([['ID', 'Stage', 'Owner'], ['1']]);
    expect(rowsOf(sheet)).toEqual([['1', '', '']]);
    expect(sheet.notices).toEqual([]);
  });

  it('keeps deals with remarks beside the table, and sets rows of remarks aside', async () => {
    const sheet = await readRows([
      ['ID', 'Stage'],
      ['1', 'Won', 'call!'],
      [null, null, null, 'ask Ann', 'soon'],
    ]);
    expect(rowsOf(sheet)).toEqual([['1', 'Won']]);
    expect(sheet.setAside.map(({ row, reason }) => [row, reason])).toEqual([[3, 'beside-table']]);
    expect(sheet.notices).toMatchObject([{ code: 'table/beside-table', line: 2 }]);
  });

  it('repeats merged cells in the header, and a leading one for the rows of its group', async () => {
    const rows = [
      ['ID', 'Money', null],
      [null, 'Stage', 'Amount'],
      ['1', 'Won', '5'],
      [null, 'Lost', '6'],
    ];
    const sheet = await readRows(rows, (worksheet) => {
      worksheet.mergeCells('A1:A2');
      worksheet.mergeCells('B1:C1');
      worksheet.mergeCells('A3:A4');
    });
    expect(sheet.headers.map(({ text }) => text)).toEqual(['ID', 'Stage', 'Amount']);
    expect(rowsOf(sheet)).toEqual([
      ['1', 'Won', '5'],
      ['1', 'Lost', '6'],
    ]);
  });
});

describe('the sheet', () => {
  const add = (
    book: exceljs.Workbook,
    name: string,
    rows: CellValue[][],
    state: 'visible' | 'hidden' = 'visible',
  ): void => {
    book.addWorksheet(name, { state }).addRows(rows);
  };
  const deals = [
    ['ID', 'Stage', 'Amount'],
    ['1', 'Won', '5'],
  ];
  const notes = [
    ['Read', 'me'],
    ['first', 'please'],
  ];

  it('is the visible one with most known headers', async () => {
    const sheet = await read((book) => {
      add(book, 'Read me', notes);
      add(book, 'Old', [...deals, ['2', 'Won', '5']], 'hidden');
      add(book, 'Short', [
        ['ID', 'Stage'],
        ['1', 'Won'],
      ]);
      add(book, 'Deals', deals);
    });
    expect(sheet.sheet).toBe('Deals');
    expect(sheet.notices).toMatchObject([{ code: 'table/sheets-left-out', args: { sheets: { list: ['Short'] } } }]);
  });

  it('is a hidden one when that alone matches, which is told', async () => {
    const sheet = await read((book) => {
      add(book, 'Read me', notes);
      add(book, 'Deals', deals, 'hidden');
    });
    expect(sheet.sheet).toBe('Deals');
    expect(sheet.notices).toEqual([{ code: 'table/hidden-sheet', args: { sheet: 'Deals' }, line: null, cell: null }]);
  });

  it('is the one asked for, hidden or not', async () => {
    const fill = (book: exceljs.Workbook): void => {
      add(book, 'Deals', deals);
      add(book, 'Notes', notes, 'hidden');
    };
    expect((await read(fill, { sheet: 'notes ' })).sheet).toBe('Notes');
    await expect(read(fill, { sheet: 'x' })).rejects.toMatchObject({
      code: 'table/no-sheet',
      args: { sheet: 'x', sheets: 'Deals, Notes' },
    });
  });

  it('is the first visible one with content when no header is known', async () => {
    const sheet = await read((book) => {
      add(book, 'Empty', []);
      add(book, 'Notes', notes);
    });
    expect(sheet.sheet).toBe('Notes');
  });
});

describe('damage', () => {
  it('is told in one line', async () => {
    const bytes = await workbook((book) => book.addWorksheet('Deals').addRows([['ID', 'Stage']]));
    const cut = tempFile(bytes.subarray(0, bytes.length - 100));
    await expect(readSheet(cut, readAll)).rejects.toMatchObject({ code: 'file/damaged' });
    const sheet = bytes.indexOf('xl/worksheets/sheet1.xml');
    bytes.fill(0x55, sheet + 40, sheet + 140);
    await expect(readSheet(tempFile(bytes), readAll)).rejects.toMatchObject({ code: 'file/damaged' });
  });
});

describe('a table as CSV and as XLSX', () => {
  it('gives the same cells', async () => {
    const cell = fc.stringMatching(/^[A-Za-z0-9 ,"'%/华东-]{0,8}$/);
    const table = fc.array(
      fc.tuple(fc.stringMatching(/^[a-z0-9]{1,6}$/), fc.stringMatching(/^[A-Z][a-z]{0,6}$/), cell),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const all = [['ID', 'Stage', 'Owner'], ...rows];
        const csv = all.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n');
        const fromCsv = await readText(csv);
        const fromXlsx = await readRows(all.map((row) => row.map((each) => (each === '' ? null : each))));
        expect(rowsOf(fromXlsx)).toEqual(rowsOf(fromCsv));
        expect([...fromXlsx.rows]).toEqual([...fromCsv.rows]);
      }),
      { numRuns: 25 },
    );
  });
});
