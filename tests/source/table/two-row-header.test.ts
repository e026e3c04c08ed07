import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../../src/source/sheet.ts';
import { readText, rowsOf } from '../temp-file.ts';
import { gridOf, readGrid } from './read-grid.ts';

const namesOf = (sheet: Sheet): string[] => sheet.headers.map(({ text }) => text);
const codesOf = (sheet: Sheet): string[] => sheet.notices.map(({ code }) => code);

/** Reads the same cells as text and as a worksheet, without merged cells. */
const both = (text: string): Promise<Sheet[]> => Promise.all([readText(text), readGrid(gridOf(text))]);

describe('a header of two rows', () => {
  it.each([
    ['groups above all names', ',Deal,,Customer,\nID,Stage,Amount,Name,City\n1,Won,5,Acme,Rome\n'],
    ['names that stand in the upper row alone', 'ID,Deal,,Customer,\n,Stage,Amount,Name,City\n1,Won,5,Acme,Rome\n'],
  ])('has the lower names: %s', async (_name, text) => {
    for (const sheet of await both(text)) {
      expect(namesOf(sheet)).toEqual(['ID', 'Stage', 'Amount', 'Name', 'City']);
      expect(sheet).toMatchObject({ headerRow: 2, headerLine: 2 });
      expect(sheet.notices).toEqual([{ code: 'table/two-row-header', args: { row: 2 }, line: 2, cell: null }]);
      expect(rowsOf(sheet)).toEqual([['1', 'Won', '5', 'Acme', 'Rome']]);
    }
  });

  it('tells names that repeat apart by their group', async () => {
    for (const sheet of await both('ID,Deal,,Customer,\n,Name,Amount,Name,City\n1,A,5,Acme,Rome\n')) {
      expect(namesOf(sheet)).toEqual(['ID', 'Deal / Name', 'Amount', 'Customer / Name', 'City']);
    }
  });

  it('is found though no name is known, and below a title', async () => {
    const sheet = await readText('Bericht\n\nAuftrag,,Kunde,\nNummer,Name,Ort,Name\n1,A,Rom,B\n2,C,Bonn,D\n');
    expect(namesOf(sheet)).toEqual(['Nummer', 'Auftrag / Name', 'Ort', 'Kunde / Name']);
    expect(codesOf(sheet)).toEqual(['table/preamble', 'table/two-row-header']);
  });

  it('is found when only both rows together are known', async () => {
    const sheet = await readText('ID,Deal,,\n,Phase,Amount,Note\n1,Won,5,x\n2,Won,6,y\n');
    expect(namesOf(sheet)).toEqual(['ID', 'Phase', 'Amount', 'Note']);
  });

  it('has its merged cells as groups, and as names over both rows', async () => {
    const rows = [
      ['ID', 'Deal', '', 'Customer', ''],
      ['', 'Stage', 'Amount', 'Name', 'City'],
      ['1', 'Won', '5', 'Acme', 'Rome'],
    ];
    const sheet = await readGrid(rows, ['A1:A2', 'B1:C1', 'D1:E1']);
    expect(namesOf(sheet)).toEqual(['ID', 'Stage', 'Amount', 'Name', 'City']);
    expect([sheet.headerRow, codesOf(sheet)]).toEqual([2, ['table/two-row-header']]);
  });

  it('comes again with every page', async () => {
    const header = 'ID,Deal,,\n,Stage,Amount,Owner\n';
    const sheet = await readText(`${header}1,Won,5,A\n${header}2,Won,6,B\n`);
    expect(sheet.setAside.map(({ row, reason }) => [row, reason])).toEqual([
      [4, 'repeated-header'],
      [5, 'repeated-header'],
    ]);
    expect(sheet.rowCount).toBe(2);
  });

  it('is found by the number of its lower row', async () => {
    const sheet = await readText('ID,Deal,,\n,Stage,Amount,Owner\n1,Won,5,A\n', { headerRow: 2 });
    expect(namesOf(sheet)).toEqual(['ID', 'Stage', 'Amount', 'Owner']);
  });
});

describe('is not', () => {
  it.each([
    ['a title', 'Pipeline,,,\nID,Stage,Amount,Owner\n1,Won,5,A\n'],
    ['a filter', 'Filter: open,,Owner: me,\nID,Stage,Amount,Owner\n1,Won,5,A\n'],
    ['a label and its value', 'By,Ann,,\nID,Stage,Amount,Owner\n1,Won,5,A\n'],
    ['a date', 'Report,,2026-05-01,\nID,Stage,Amount,Owner\n1,Won,5,A\n'],
    ['the line above a blank one', 'Deal,,Customer,\n,,,\nID,Stage,Amount,Owner\n1,Won,5,A\n'],
  ])('%s', async (_name, text) => {
    for (const sheet of await both(text)) {
      expect(codesOf(sheet)).toEqual(['table/preamble']);
      expect(namesOf(sheet)).toEqual(['ID', 'Stage', 'Amount', 'Owner']);
    }
  });

  it('a title that is merged over the table, or over a part of it', async () => {
    const rows = gridOf('Deal Name,,,\nID,Stage,Amount,Owner\n1,Won,5,A\n');
    for (const range of ['A1:D1', 'A1:C1']) {
      const sheet = await readGrid(rows, [range]);
      expect([codesOf(sheet), sheet.headerRow]).toEqual([['table/preamble'], 2]);
    }
  });

  it.each([
    ['without its first cell', 'ID,Stage,,Owner\n,Won,x,Ann\n2,Lost,,Ben\n'],
    ['under a column without a name', 'ID,Stage,,Owner\nA,Won,x,Ann\nB,Lost,,Ben\n'],
    ['of few cells', 'ID,Stage,Amount,Owner,,\n,,,Ann,x,y\nB,Lost,,Ben,,\n'],
  ])('a first deal %s', async (_name, text) => {
    for (const sheet of await both(text)) {
      expect([sheet.headerRow, sheet.rowCount]).toEqual([1, 2]);
      expect(codesOf(sheet)).not.toContain('table/two-row-header');
    }
  });
});

describe('a description below the header', () => {
  it.each([
    '此项必填，文本类型,单选，请选择,"金额字段类型,最大位数14,小数位数2\n123",选填',
    'Required. Text up to 255,Required,"Number, max 14 digits",',
    '文本,单选,数字,人员',
    'text,picklist,currency,lookup',
    '(必填),,(必填),',
  ])('is set aside: %s', async (row) => {
    const sheet = await readText(`ID,Stage,Amount,Owner\n${row}\n1,Won,5,A\n`);
    expect(sheet.setAside.map(({ row: number, reason }) => [number, reason])).toEqual([[2, 'description']]);
    expect(sheet.rowCount).toBe(1);
  });

  it('in a workbook too', async () => {
    const sheet = await readGrid([
      ['商机名称（必填）', '销售阶段', 'Amount'],
      ['此项必填，填写商机名称', '请选择销售阶段', '金额字段类型,最大位数14,小数位数2\n123'],
      ['Acme', '谈判', '5'],
    ]);
    expect(sheet.setAside.map(({ reason }) => reason)).toEqual(['description']);
  });

  it.each([
    'Required upgrade,Won,5,A',
    'Text mining,Required,5,A',
    '请填写合同,谈判,5,A',
    '必填表单项目,Won,5,A',
    'Date,Won,5,A',
  ])('but no deal: %s', async (row) => {
    expect((await readText(`ID,Stage,Amount,Owner\n${row}\n1,Won,5,A\n`)).rowCount).toBe(2);
  });

  it('and nothing further down', async () => {
    expect((await readText('ID,Stage,Amount,Owner\n1,Won,5,A\ntext,date,number,email\n')).setAside).toEqual([]);
  });
});
