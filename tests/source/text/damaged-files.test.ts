import { describe, expect, it } from 'vitest';
import { readText, rowsOf } from '../temp-file.ts';

describe('quotes over several lines', () => {
  it('swallow no deal where two stray ones happen to pair', async () => {
    const sheet = await readText('ID,Name,Stage,Amount\n1,"Deal a,Won,5\n2,Deal b",Won,6\n3,c,Lost,7\n');
    expect(rowsOf(sheet).map(([id]) => id)).toEqual(['2', '3']);
    expect(sheet.setAside).toMatchObject([{ line: 2, reason: 'quote' }]);
  });

  it('hold a note whose lines have delimiters of their own', async () => {
    const note = '产品A,10,100\n产品B,20,200\n产品C,30,300\n产品D,1,2';
    const sheet = await readText(`商机名称,销售阶段,备注\nS1,谈判,"${note}"\nS2,赢单,x\n`);
    expect(rowsOf(sheet)).toEqual([
      ['S1', '谈判', note],
      ['S2', '赢单', 'x'],
    ]);
  });
});

describe('files put together', () => {
  it('keep their deals and lose the mark of the second', async () => {
    const quoted = '\ufeff"ID","Stage","Amount"\n';
    const sheet = await readText(`${quoted}"1","Won","5"\n${quoted}"2","Lost","6"\n`);
    expect(rowsOf(sheet).map(([id]) => id)).toEqual(['1', '2']);
    expect(sheet.setAside).toMatchObject([{ line: 3, reason: 'repeated-header' }]);
  });

  it('say where a mark stood before a row', async () => {
    const sheet = await readText('\ufeffID,Stage\n1,Won\n\ufeff2,Lost\n');
    expect(rowsOf(sheet).map(([id]) => id)).toEqual(['1', '2']);
    expect(sheet.notices).toMatchObject([{ code: 'file/mark-inside', line: 3 }]);
  });
});

it('line ends may change to returns and end with one', async () => {
  const sheet = await readText('ID,Stage,Amount\na,Won,1\nb,Won,2\rc,Lost,3\rd,Won,4\r');
  expect(rowsOf(sheet).map(([id]) => id)).toEqual(['a', 'b', 'c', 'd']);
});

it('a list inside cells does not make the delimiter', async () => {
  const sheet = await readText(`kode,merk,etikett\n${'k,a|b|c|d|e,x\n'.repeat(20)}`, { anyTable: true });
  expect([sheet.delimiter, sheet.rowCount]).toEqual([',', 20]);
});

it('more columns than a spreadsheet has are no table', async () => {
  const header = Array.from({ length: 20_000 }, (_, index) => `c${index}`).join(',');
  await expect(readText(`${header}\n1\n`, { anyTable: true })).rejects.toMatchObject({
    code: 'table/too-wide',
    args: { line: 1, columns: 20_000 },
  });
});

it('values under a nameless last column are told', async () => {
  const { notices } = await readText('ID,Stage,\na,Won,100\nb,Lost,200\n');
  expect(notices).toMatchObject([{ code: 'table/blank-header', cell: 'C1', line: 2 }]);
});

it.each(['合　计,,,11元', '小計,,,11', 'Gesamtsumme,,,11', 'Итого,,,11', '第1页 共3页,,,', 'Page 1 of 3,,,'])(
  '%s is no deal',
  async (row) => {
    const sheet = await readText(`ID,Owner,Stage,Amount\na,b,Won,5\nc,d,Lost,6\n${row}\n`);
    expect(sheet.rowCount).toBe(2);
    expect(sheet.setAside).toHaveLength(1);
  },
);
