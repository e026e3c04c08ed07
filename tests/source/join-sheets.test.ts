import { describe, expect, it } from 'vitest';
import { joinSheets, setRowsAside } from '../../src/source/join-sheets.ts';
import { placeOfCell, rowName } from '../../src/source/place.ts';
import { readText, rowsOf } from './temp-file.ts';

const first = await readText('ID,Stage,Owner\n1,Won,Ann\n2,Lost\n');
const second = await readText('Report\n\nOwner,ID,Extra,Extra\nBo,3,x,y\nTotal,,\n');

describe('joinSheets', () => {
  it('leaves one sheet as it is', () => {
    expect(joinSheets([first])).toBe(first);
  });

  it('joins columns by header and repeated ones in order, and keeps every row', () => {
    const list = joinSheets([first, second]);
    expect(list.headers.map(({ text }) => text)).toEqual(['ID', 'Stage', 'Owner', 'Extra', 'Extra']);
    expect(rowsOf(list)).toEqual([
      ['1', 'Won', 'Ann', null, null],
      ['2', 'Lost', null, null, null],
      ['3', null, 'Bo', 'x', 'y'],
    ]);
    expect(list.setAside).toMatchObject([{ reason: 'total', part: 1 }]);
    expect(list.parts?.map(({ rowCount, setAside }) => [rowCount, setAside.length])).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  it('says of each cell where it stands in its own file', () => {
    const list = joinSheets([first, second]);
    expect(placeOfCell(list, 0, 2)).toEqual({ file: first.file, sheet: null, cell: 'C2', line: 2 });
    expect(placeOfCell(list, 2, 2)).toEqual({ file: second.file, sheet: null, cell: 'A4', line: 4 });
    expect(rowName(list, 2)).toBe(`${second.file}:4`);
    expect(rowName(first, 1)).toBe('3');
  });
});

describe('setRowsAside', () => {
  it('moves rows out of the list and out of their file, and loses none', () => {
    const list = setRowsAside(joinSheets([first, second]), Uint8Array.of(0, 1, 0), 'superseded');
    expect(rowsOf(list).map(([id]) => id)).toEqual(['1', '3']);
    expect(list.setAside).toContainEqual({ row: 3, line: 3, reason: 'superseded', excerpt: '2, Lost', part: 0 });
    expect(list.parts?.[0]).toMatchObject({ rowCount: 1, setAside: [{ reason: 'superseded' }] });
    expect(placeOfCell(list, 1, 0)).toMatchObject({ file: second.file, cell: 'B4' });
  });
});
