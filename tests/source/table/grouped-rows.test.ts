import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../../src/source/sheet.ts';
import { readText, rowsOf } from '../temp-file.ts';
import { gridOf, readGrid } from './read-grid.ts';

const aside = (sheet: Sheet): (string | number)[][] => sheet.setAside.map(({ row, reason }) => [row, reason]);
const filled = (sheet: Sheet): unknown => sheet.notices.find(({ code }) => code === 'table/filled-down')?.args;
const both = (text: string): Promise<Sheet[]> => Promise.all([readText(text), readGrid(gridOf(text))]);

describe('a grouped report', () => {
  const report = `,Opportunity Report,,,
,As of 2026-05-01,,,
,,,,
,Stage,Owner,Deal Name,Amount
,Prospecting,Ann,A,100
,,,B,200
,Subtotal,,,300
,Closed Won,Ben,C,5
,,,D,6
,Subtotal,,,11
,Total,,,311
,Confidential Information - Do Not Distribute,,,
`;

  it('with blank cells below the name of a group', async () => {
    for (const sheet of await both(report)) {
      expect(rowsOf(sheet).map(([, stage, owner, name]) => [stage, owner, name])).toEqual([
        ['Prospecting', 'Ann', 'A'],
        ['Prospecting', '', 'B'],
        ['Closed Won', 'Ben', 'C'],
        ['Closed Won', '', 'D'],
      ]);
      expect(filled(sheet)).toEqual({ columns: 'Stage', cells: 2 });
      expect(aside(sheet)).toEqual([
        [7, 'total'],
        [10, 'total'],
        [11, 'total'],
        [12, 'footer'],
      ]);
    }
  });

  it('with merged cells', async () => {
    const sheet = await readGrid(gridOf(report), ['B5:B6', 'C5:C6', 'B8:B9']);
    expect(rowsOf(sheet).map(([, stage, owner]) => [stage, owner])).toEqual([
      ['Prospecting', 'Ann'],
      ['Prospecting', 'Ann'],
      ['Closed Won', 'Ben'],
      ['Closed Won', ''],
    ]);
    expect(filled(sheet)).toEqual({ columns: 'Stage, Owner', cells: 3 });
  });

  it('with groups within groups', async () => {
    const text = `Owner,Stage,Deal Name,Amount
Ann,Won,A,1
,,B,2
,Subtotal,,3
,Lost,C,4
,Subtotal,,4
Subtotal,,,7
Ben,Won,D,5
,Subtotal,,5
Subtotal,,,5
Grand Total,,,12
`;
    for (const sheet of await both(text)) {
      expect(rowsOf(sheet).map(([owner, stage]) => [owner, stage])).toEqual([
        ['Ann', 'Won'],
        ['Ann', 'Won'],
        ['Ann', 'Lost'],
        ['Ben', 'Won'],
      ]);
    }
  });

  it('with merged cells over groups and their subtotals, even in three columns of five', async () => {
    const rows = gridOf(`Owner,Region,Stage,Deal Name,Amount
Ann,East,Won,A,1
,,,B,2
,,Subtotal,,3
,,Lost,C,4
,,,D,4
,,Subtotal,,8
`);
    const sheet = await readGrid(rows, ['A2:A7', 'B2:B7', 'C2:C3', 'C5:C6']);
    expect(rowsOf(sheet).map(([owner, region, stage]) => `${owner} ${region} ${stage}`)).toEqual([
      'Ann East Won',
      'Ann East Won',
      'Ann East Lost',
      'Ann East Lost',
    ]);
    expect(aside(sheet)).toEqual([
      [4, 'total'],
      [7, 'total'],
    ]);
  });

  it.each([
    ['subtotals with the name of the group', 'East Total,,3', 'West Total,,5'],
    ['subtotals in Chinese', '小计,,3', '小计,,5'],
    ['subtotals in the next column', ',Subtotal,3', ',Subtotal,5'],
    ['subtotals for a group', 'Subtotal for East,,3', 'Subtotal for West,,5'],
  ])('with %s', async (_name, first, second) => {
    const text = `Region,ID,Amount,Stage\nEast,1,1,x\n,2,2,x\n${first},\nWest,3,5,x\n${second},\n`;
    expect(rowsOf(await readText(text)).map(([region]) => region)).toEqual(['East', 'East', 'West']);
  });

  it('with the name of a group alone in its row', async () => {
    for (const sheet of await both('Stage,Deal Name,Amount\nOpen,,\n,A,1\n,B,2\nWon,,\n,C,3\n')) {
      expect(rowsOf(sheet)).toEqual([
        ['Open', 'A', '1'],
        ['Open', 'B', '2'],
        ['Won', 'C', '3'],
      ]);
      expect(aside(sheet)).toEqual([
        [2, 'total'],
        [5, 'total'],
      ]);
      expect([...sheet.rows]).toEqual([3, 4, 6]);
    }
  });

  it('with name and count of a group in a row', async () => {
    const text = 'Stage,Deal Name,Amount\nStage: Open (2 records),,\n,A,1\n,B,2\nStage: Won (1 record),,\n,C,3\n';
    expect(rowsOf(await readText(text)).map(([stage]) => stage)).toEqual(['Open', 'Open', 'Won']);
    const names = 'Deal Name,Amount,Owner\nStage: Open (2 records),,\nA,1,x\nB,2,x\n阶段：赢单（1 条记录）,,\nC,3,x\n';
    const sheet = await readText(names);
    expect(aside(sheet)).toEqual([
      [2, 'total'],
      [5, 'total'],
    ]);
    expect(rowsOf(sheet).map(([name]) => name)).toEqual(['A', 'B', 'C']);
  });

  it('with the name of a group merged over the row', async () => {
    const rows = gridOf('ID,Stage,Amount\nFirst quarter,,\n1,Won,5\n2,Won,6\nSecond quarter,,\n3,Won,5\n');
    const sheet = await readGrid(rows, ['A2:C2', 'A5:C5']);
    expect(rowsOf(sheet).map(([id]) => id)).toEqual(['1', '2', '3']);
    expect(aside(sheet)).toEqual([
      [2, 'total'],
      [5, 'total'],
    ]);
  });

  it('with two columns of groups merged alike, which subtotals tell from a form in a form', async () => {
    const rows = gridOf('Stage,Owner,Deal Name\nOpen,Ann,A\n,,B\nSubtotal,,2\nWon,Ben,C\n,,D\nSubtotal,,2\n');
    const sheet = await readGrid(rows, ['A2:A3', 'B2:B3', 'A5:A6', 'B5:B6']);
    expect(rowsOf(sheet).map((row) => row.join(' '))).toEqual(['Open Ann A', 'Open Ann B', 'Won Ben C', 'Won Ben D']);
  });

  it('of more rows than those among which the header is looked for', async () => {
    const group = (name: string): string => `${name},1,Won,5\n${',2,Won,6\n'.repeat(40)}Subtotal,,,5\n`;
    const sheet = await readText(`Owner,ID,Stage,Amount\n${group('Ann')}${group('Ben')}`);
    expect(sheet.rowCount).toBe(82);
    expect(new Set(rowsOf(sheet).map(([owner]) => owner))).toEqual(new Set(['Ann', 'Ben']));
    expect(filled(sheet)).toEqual({ columns: 'Owner', cells: 80 });
  });
});

describe('is not filled', () => {
  it.each([
    ['a column with blanks', 'Owner,ID,Stage\nAnn,1,Won\n,2,Won\nBen,3,Won\n,4,Won\n'],
    ['one above a total', 'Owner,ID,Stage\nAnn,1,Won\n,2,Won\nTotal,2,\n'],
    [
      'one with a subtotal that parts nothing',
      'Owner,ID,Stage\nAnn,1,Won\n,2,Won\nBen,3,Won\nSubtotal,3,\nGrand Total,3,\n',
    ],
    ['one with a blank where a group starts', 'Owner,ID,Stage\nAnn,1,Won\n,2,Won\nSubtotal,2,\n,3,Won\nSubtotal,1,\n'],
    [
      'one that is not among the first',
      'ID,Stage,Owner\n1,Won,Ann\n2,Won,\nSubtotal,,\n3,Won,Ben\n4,Won,\nSubtotal,,\n',
    ],
    ['a first deal with nothing but its name', 'Owner,ID,Stage\nAnn,,\n,2,Won\nBen,3,Won\n'],
  ])('%s', async (_name, text) => {
    for (const sheet of await both(text)) {
      const blanks = rowsOf(sheet)
        .flat()
        .filter((cell) => cell === '');
      expect(blanks.length).toBeGreaterThan(0);
      expect(filled(sheet)).toBeUndefined();
    }
  });

  it('what is merged, where it is not a leading column', async () => {
    const rows = gridOf('ID,Stage,Amount\n1,Won,900\n2,Won,\n');
    const sheet = await readGrid(rows, ['C2:C3']);
    expect(rowsOf(sheet)).toEqual([
      ['1', 'Won', '900'],
      ['2', 'Won', ''],
    ]);
  });

  it('what is merged with a blank row', async () => {
    const rows = gridOf('Owner,ID,Stage\nAnn,1,Won\n,,\n,2,Won\n');
    const sheet = await readGrid(rows, ['A3:A4']);
    expect(rowsOf(sheet)[1]).toEqual(['', '2', 'Won']);
  });
});

describe('a form in a form', () => {
  const rows = gridOf(`商机名称,销售阶段,负责人,Amount,产品明细,,
,,,,型号,数量,Amount
Acme,谈判,张三,100,A1,1,60
,,,,B2,2,40
Borel,赢单,李四,50,C3,1,50
`);
  const merges = ['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:G1', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4'];

  it('counts a deal once, with its further lines set aside', async () => {
    for (const sheet of [await readGrid(rows, merges), await readText(rows.map((row) => row.join(',')).join('\n'))]) {
      expect(sheet.headers.map(({ text }) => text)).toEqual([
        '商机名称',
        '销售阶段',
        '负责人',
        'Amount',
        '型号',
        '数量',
        '产品明细 / Amount',
      ]);
      expect(rowsOf(sheet).map(([name]) => name)).toEqual(['Acme', 'Borel']);
      expect(aside(sheet)).toEqual([[4, 'sub-row']]);
      expect(filled(sheet)).toBeUndefined();
    }
  });

  it('with few columns of the deal, which the header tells', async () => {
    const few = gridOf('ID,Stage,Products,,,\n,,Model,Count,Price,Note\n1,Won,A,1,5,x\n,,B,2,6,y\n');
    const sheet = await readGrid(few, ['A1:A2', 'B1:B2', 'C1:F1', 'A3:A4', 'B3:B4']);
    expect(aside(sheet)).toEqual([[4, 'sub-row']]);
  });

  it('below a header of one row', async () => {
    const flat = gridOf('ID,Stage,Owner,Model,Count\n1,Won,Ann,A,1\n,,,B,2\n,,,C,2\n2,Won,Ben,A,1\n');
    const sheet = await readGrid(flat, ['A2:A4', 'B2:B4', 'C2:C4']);
    expect(rowsOf(sheet).map(([id]) => id)).toEqual(['1', '2']);
    expect(aside(sheet)).toEqual([
      [3, 'sub-row'],
      [4, 'sub-row'],
    ]);
  });

  it('far below the top of the sheet', async () => {
    const many = Array.from({ length: 1500 }, (_, index) => [
      [`${index}`, 'Won', 'Ann', 'A'],
      ['', '', '', 'B'],
    ]).flat();
    const ranges = Array.from({ length: 1500 }, (_, index) =>
      ['A', 'B', 'C'].map((letter) => `${letter}${2 * index + 2}:${letter}${2 * index + 3}`),
    ).flat();
    const sheet = await readGrid([['ID', 'Stage', 'Owner', 'Model'], ...many], ranges);
    expect([sheet.rowCount, sheet.setAside.length]).toEqual([1500, 1500]);
  });

  it('is not what a text without merged cells has blank', async () => {
    const sheet = await readText('ID,Stage,Owner,Model,Count\n1,Won,Ann,A,1\n,,,B,2\n2,Won,Ben,A,1\n');
    expect([sheet.rowCount, aside(sheet)]).toEqual([3, []]);
  });

  it('is not what has texts of its own under a merged range', async () => {
    const sheet = await readGrid(gridOf('ID,Stage,Owner\n1,Won,Ann\n2,Won,Ben\n'), []);
    expect(sheet.rowCount).toBe(2);
  });
});
