import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../../src/source/sheet.ts';
import { startTable, type TableParts } from '../../../src/source/table/table.ts';
import { readAll, readText, rowsOf } from '../temp-file.ts';
import { gridOf, readGrid } from './read-grid.ts';

const aside = (sheet: Sheet): (string | number)[][] => sheet.setAside.map(({ row, reason }) => [row, reason]);
const told = (sheet: Sheet): unknown => sheet.notices.filter(({ code }) => code === 'table/another-table');
const both = (text: string): Promise<Sheet[]> => Promise.all([readText(text), readGrid(gridOf(text))]);

/** The parts of a table that a text has, as the reader gives them before a better header is tried. */
function partsOf(text: string, options: Partial<typeof readAll> = {}): TableParts {
  const table = startTable({ file: 'deals.csv', layout: 'text', read: { ...readAll, ...options } });
  for (const [index, line] of text.trimEnd().split('\n').entries()) table.row(line.split(','), index + 1, index + 1);
  return table.finish();
}

describe('a table below ours', () => {
  const deals = 'ID,Stage,Amount,Owner\n1,Won,5,A\n2,Lost,6,B\n';

  it('of another width is set aside, and told once', async () => {
    for (const sheet of await both(`${deals},,,\n,,,\nQuota by region,,,\nRegion,Quota,,\nEMEA,100,,\nTotal,100,,\n`)) {
      expect(sheet.rowCount).toBe(2);
      expect(aside(sheet)).toEqual([6, 7, 8, 9].map((row) => [row, 'other-table']));
      expect(told(sheet)).toEqual([{ code: 'table/another-table', args: { row: 7, rows: 4 }, line: 7, cell: null }]);
    }
  });

  it('of shorter lines in a text is none of ragged rows', async () => {
    const sheet = await readText(`${deals}\n\nRegion,Quota\nEMEA,100\n`);
    expect(aside(sheet)).toEqual([
      [6, 'other-table'],
      [7, 'other-table'],
    ]);
  });

  it('with known names is found without a blank row above', async () => {
    for (const sheet of await both(`${deals}Deal Name,Close Date,,\nA,2026-05-01,,\n`)) {
      expect(aside(sheet)).toEqual([
        [4, 'other-table'],
        [5, 'other-table'],
      ]);
    }
  });

  it('ends where our header comes again', async () => {
    const sheet = await readText(`${deals}\nRegion,Quota\nEMEA,100\n\n${deals}`);
    expect(sheet.rowCount).toBe(4);
    expect(aside(sheet)).toEqual([
      [5, 'other-table'],
      [6, 'other-table'],
      [8, 'repeated-header'],
    ]);
  });

  it('beyond the rows among which the header is looked for, in lines of another length', async () => {
    const sheet = await readText(`ID,Stage,Amount,Owner\n${'1,Won,5,A\n'.repeat(60)}Deal Name,Stage\nA,Won\nB,Won\n`);
    expect([sheet.rowCount, sheet.setAside.length]).toEqual([60, 3]);
  });

  it('beyond the rows among which the header is looked for', async () => {
    const sheet = await readText(
      `ID,Stage,Amount,Owner\n${'1,Won,5,A\n'.repeat(60)}\nRegion,Quota\nEMEA,100\nAPAC,50\n`,
    );
    expect([sheet.rowCount, sheet.setAside.length]).toEqual([60, 3]);
  });

  it.each([
    ['deals of few cells', '\nAcme,Won,,\nBeta,Lost,,\n'],
    ['a deal of few cells above a full one', '\nAcme,Won,,\nBeta,Lost,5,A\n'],
    ['a deal with a number', '\nD-9,Won,,\nD-10,5,,\n'],
    ['deals named like columns', 'Stage,Won,5,A\nOwner,Lost,6,B\n'],
    ['one that has no rows', '\nRegion,Quota,,\n'],
    ['one with a gap below its header', '\nRegion,Quota,,\n,,,\nEMEA,100,,\n'],
  ])('is not: %s', async (_name, rest) => {
    for (const sheet of await both(deals + rest)) {
      expect(told(sheet)).toEqual([]);
      expect(aside(sheet)).toEqual([]);
    }
  });

  it('is better when it has more known names', () => {
    const rows = `ID,Stage,x\n${'1,Won,5\n'.repeat(40)}Deal Name,Stage,Amount,Owner\nA,Won,5,B\n`;
    expect(partsOf(rows)).toMatchObject({ rowCount: 40, betterHeaderRow: 42 });
    expect(partsOf(rows, { headerRow: 1 })).toMatchObject({ rowCount: 40, betterHeaderRow: null });
    expect(partsOf(rows, { headerRow: 42 })).toMatchObject({ rowCount: 1, betterHeaderRow: null });
  });

  it('is better when none has known names and it is larger', () => {
    const small = 'Region,Quota,Share,Note\nEMEA,100,5,x\n';
    const large = `Nummer,Phase,Betrag\n${'1,Won,5\n'.repeat(5)}`;
    const none = { knownHeader: () => false };
    expect(partsOf(`${small}\n${large}`, none)).toMatchObject({ headerRow: 1, betterHeaderRow: 4 });
    expect(partsOf(`${large}\n${small}`, none)).toMatchObject({ headerRow: 1, rowCount: 5, betterHeaderRow: null });
  });
});

describe('a table beside ours', () => {
  const beside = (sheet: Sheet): unknown => sheet.notices.find(({ code }) => code === 'table/beside-table');

  it('to the right, with fewer rows', async () => {
    const text = 'ID,Stage,Amount,,Owner,Quota\n1,Won,5,,A,100\n2,Won,5,,B,200\n3,Won,6,,,\n4,Won,7,,,\n';
    const options = { knownHeader: (header: string) => ['ID', 'Stage', 'Amount'].includes(header) };
    for (const sheet of [await readText(text, options), await readGrid(gridOf(text), [], options)]) {
      expect(sheet.headers.map(({ text: name }) => name)).toEqual(['ID', 'Stage', 'Amount', '', '', '']);
      expect(rowsOf(sheet).map((row) => row.slice(0, 3).join())).toEqual(['1,Won,5', '2,Won,5', '3,Won,6', '4,Won,7']);
      expect(beside(sheet)).toMatchObject({ args: { rows: 2 }, cell: 'E2' });
    }
  });

  it('to the left, and longer than ours', async () => {
    for (const sheet of await both('Region,Quota,,ID,Stage,Amount\nEMEA,5,,1,Won,5\nAPAC,6,,2,Won,5\nMEA,7,,,,\n')) {
      expect(rowsOf(sheet).map((row) => row.slice(3).join())).toEqual(['1,Won,5', '2,Won,5']);
      expect(aside(sheet)).toEqual([[4, 'beside-table']]);
      expect(beside(sheet)).toMatchObject({ args: { rows: 3 }, cell: 'A2' });
    }
  });

  it('of the same names', async () => {
    for (const sheet of await both('ID,Stage,Amount,,ID,Stage,Amount\n1,Won,5,,1,Lead,5\n2,Won,5,,2,Lead,5\n')) {
      expect(rowsOf(sheet).map((row) => row.slice(0, 3).join())).toEqual(['1,Won,5', '2,Won,5']);
      expect(beside(sheet)).toMatchObject({ args: { rows: 2 } });
    }
  });

  it.each([
    ['columns behind a spacer', 'ID,Stage,,Owner,Amount\n1,Won,,A,5\n2,Won,,B,\n3,Won,,,\n'],
    ['a column of its own', 'ID,Stage,Amount,,Remark\n1,Won,5,,call\n2,Won,6,,\n'],
    ['columns behind one without a name', 'ID,Stage,,Note,Model\n1,Won,x,A,5\n2,Won,y,,\n'],
    ['columns that are filled here and there', 'ID,Stage,,Note,Model\n1,Won,,A,5\n2,Won,,,\n3,Won,,B,5\n'],
  ])('is not: %s', async (_name, text) => {
    for (const sheet of await both(text)) {
      expect(sheet.headers.map(({ text: name }) => name)).toEqual(text.split('\n')[0]?.split(','));
      expect(beside(sheet)).toBeUndefined();
    }
  });
});

describe('a table somewhere on its sheet', () => {
  it('from C5 on', async () => {
    for (const sheet of await both(',,,,\n,,,,\n,,,,\n,,,,\n,,ID,Stage,Amount\n,,1,Won,5\n,,2,Won,\n')) {
      expect([sheet.headerRow, sheet.rowCount, sheet.notices]).toEqual([5, 2, []]);
    }
  });

  it('with blank columns and rows behind it', async () => {
    const sheet = await readText('ID,Stage,Amount,,\n1,Won,5,,\n2,Won,,,\n,,,,\n,,,,\n');
    expect([sheet.rowCount, sheet.blankRows, sheet.setAside, sheet.notices]).toEqual([2, 2, [], []]);
  });

  it('with a header that ends in a delimiter', async () => {
    const sheet = await readText('ID,Stage,Amount,\n1,Won,5\n2,Won,6\n');
    expect(sheet.rowCount).toBe(2);
    expect(sheet.notices).toMatchObject([{ code: 'table/header-wider', args: { columns: 1 }, cell: 'D1' }]);
    expect((await readText('ID,Stage,\n1,Won,\n')).notices).toEqual([]);
    expect((await readText('ID,Stage\n1,Won,\n2,Won,\n')).notices).toMatchObject([
      { code: 'table/surplus-cells', args: { rows: 2 }, line: 2 },
    ]);
  });

  it('with names that differ in width and case only', async () => {
    const sheet = await readText('ID,Stage,Ａｍｏｕｎｔ,amount,Amount*\n1,Won,5,6,7\n');
    expect(sheet.notices.map(({ code, cell }) => [code, cell])).toEqual([
      ['table/duplicate-header', 'D1'],
      ['table/duplicate-header', 'E1'],
    ]);
  });

  it('below lines of comment', async () => {
    const sheet = await readText('# exported by Ann\n# Nummer, Phase, Betrag\nNummer,Phase,Betrag\n1,Won,5\n');
    expect([sheet.headerRow, sheet.rowCount]).toEqual([3, 1]);
  });
});

describe('any table will do', () => {
  const anyTable = true;

  it('with its first row for a header, which is told', async () => {
    const sheet = await readText('\n1,2\n3,4\n', { anyTable });
    expect(sheet.headers.map(({ text }) => text)).toEqual(['1', '2']);
    expect(sheet.notices).toEqual([{ code: 'table/header-assumed', args: { row: 2 }, line: 2, cell: null }]);
    expect(rowsOf(sheet)).toEqual([['3', '4']]);
  });

  it('of one column, or of one row', async () => {
    expect(rowsOf(await readText('name\na\nb\n', { anyTable }))).toEqual([['a'], ['b']]);
    expect((await readText('a,1\n', { anyTable })).rowCount).toBe(0);
    expect((await readGrid([['x'], ['y']], [], { anyTable })).rowCount).toBe(1);
  });

  it('but a header that looks like one is taken before it', async () => {
    const sheet = await readText('Report\nNummer,Phase\n1,Won\n', { anyTable });
    expect([sheet.headerRow, sheet.notices.map(({ code }) => code)]).toEqual([2, ['table/preamble']]);
  });

  it('and nothing at all is still refused', async () => {
    await expect(readText('\n,\n', { anyTable })).rejects.toMatchObject({ code: 'table/no-header' });
  });
});
