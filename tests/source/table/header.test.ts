import { describe, expect, it } from 'vitest';
import { findHeaderRows } from '../../../src/source/table/header.ts';
import { readText, rowsOf } from '../temp-file.ts';

const known = (header: string): boolean => ['ID', 'Stage', 'Amount'].includes(header);

function find(...rows: string[]): number | null {
  const cells = rows.map((row) => row.split(','));
  const found = findHeaderRows(
    cells.map((each, index) => ({ cells: each, dataCells: each, spanned: undefined, row: index + 1 })),
    known,
  );
  return found?.last ?? null;
}

describe('findHeaderRows', () => {
  it('takes the row with most known headers, the earliest of equals', () => {
    expect(find('Report', 'ID,Stage', 'ID,Stage,Amount', '1,Won,5', 'ID,Stage,Amount')).toBe(2);
  });

  it('does not count blank cells or a single known one', () => {
    expect(find('Stage,,', 'Nummer,Phase,Betrag', '1,Won,5')).toBe(1);
  });

  it.each([
    [0, ['Nummer,Phase,Betrag', '1,Won,5', '2,Lost,6']],
    [2, ['Pipeline 2026', 'Owner:,Ann', 'Nummer,Phase,Betrag', '1,Won,5', '2,Lost,6']],
    [1, ['Prepared by,Ann,,,,', 'Nummer,Phase,Betrag,Datum,Wer,Was', '1,Won,5,6,7,8']],
    [null, ['1,Won,5', '2,Lost,6']],
    [null, ['Phase,Phase', '1,2']],
    [null, ['one', 'two']],
    [null, []],
    [1, ['# exported by Ann, in May', 'Nummer,Phase', '1,Won']],
    [0, ['# of seats,Phase', '1,Won']],
    [1, [',,,,,By,Ann', ',,,,,Nummer,Phase,Betrag', ',,,,,1,Won,5', ',,,,,2,Won,5']],
  ])('falls back on looks: %j in %j', (expected, rows) => {
    expect(find(...rows)).toBe(expected);
  });
});

describe('the header of a file', () => {
  it('stands below a preamble, which is counted', async () => {
    const sheet = await readText('Pipeline report\n\nBy,Ann\nID,Stage,Amount\n1,Won,5\n');
    expect(sheet).toMatchObject({ headerRow: 4, headerLine: 4, rowCount: 1 });
    expect(sheet.notices).toEqual([{ code: 'table/preamble', args: { rows: 2 }, line: 1, cell: null }]);
  });

  it('is the row the user names, even beyond the rows searched', async () => {
    const text = `ID,Stage\n${'x,y\n'.repeat(40)}Key,Phase\n1,Won\n`;
    const sheet = await readText(text, { headerRow: 42 });
    expect(sheet.headers.map((header) => header.text)).toEqual(['Key', 'Phase']);
    expect(rowsOf(sheet)).toEqual([['1', 'Won']]);
    await expect(readText(text, { headerRow: 44 })).rejects.toMatchObject({ code: 'table/no-such-row' });
  });

  it('is not sought beyond 30 rows', async () => {
    await expect(readText(`${'1,2\n'.repeat(30)}ID,Stage\n`)).rejects.toMatchObject({ code: 'table/no-header' });
    expect((await readText(`${'1,2\n'.repeat(29)}ID,Stage\n`)).headerRow).toBe(30);
  });

  it('may have blank and repeated names; all stay readable by position', async () => {
    const sheet = await readText('ID,,Stage,stage ,\n1,a,b,c,d\n');
    expect(sheet.notices.map(({ code, cell }) => [code, cell])).toEqual([
      ['table/duplicate-header', 'D1'],
      ['table/blank-header', 'B1'],
      ['table/blank-header', 'E1'],
    ]);
    expect(rowsOf(sheet)).toEqual([['1', 'a', 'b', 'c', 'd']]);
  });

  it('keeps its texts untouched but for the byte order mark', async () => {
    const sheet = await readText('\uFEFF ID ,"Stage\n(now)",Amount\n1,2,3\n');
    expect(sheet.headers.map((header) => header.text)).toEqual([' ID ', 'Stage\n(now)', 'Amount']);
    expect(sheet.lines[0]).toBe(3);
  });

  it('decides which columns are kept, once', async () => {
    let calls = 0;
    const choose = (): number[] => {
      calls++;
      return [2, 0];
    };
    const sheet = await readText('ID,Stage,Amount\n1,Won,5\n', { choose });
    expect(sheet.columns.map(({ header, position }) => [header, position])).toEqual([
      ['Amount', 2],
      ['ID', 0],
    ]);
    expect(calls).toBe(1);
  });
});
