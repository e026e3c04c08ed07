import { describe, expect, it } from 'vitest';
import { sampleRecords, sniffDialect } from '../../src/source/dialect.ts';
import { readText, rowsOf } from './temp-file.ts';

const nothingKnown = (): boolean => false;

describe('sniffDialect', () => {
  it.each([
    [',', 'ID,Stage,Amount\n1,Won,5\n2,Lost,6\n', 3],
    [';', 'ID;Stage;Amount\n1;Won;5,00\n2;Lost;6,50\n3;Won;7,10\n', 3],
    ['\t', 'ID\tStage, now\tAmount\n1\tWon, at last\t5\n', 3],
    ['|', 'ID|Stage\n1|Won\n', 2],
    [';', 'ID;Notes\n1;a, b, c\n2;d\n3;e, f\n', 2],
    [',', 'ID,Notes\n1,"a;b;c"\n2,"d;e;f"\n', 2],
    [';', 'Report; one\n\nID;Stage;Amount\n1;Won;5\n2;Won;6\n', 3],
  ])('finds %j in %j', (delimiter, sample, columns) => {
    expect(sniffDialect(sample, nothingKnown)).toEqual({ delimiter, columns, separatorLine: '' });
  });

  it('trusts known headers more than regular rows', () => {
    const sample = 'ID;Stage, now;Amount, EUR\n1;a,b;5,0\n2;c,d;6,0\n';
    expect(sniffDialect(sample, nothingKnown).delimiter).toBe(',');
    expect(sniffDialect(sample, (cell) => cell === 'ID' || cell === 'Stage, now').delimiter).toBe(';');
  });

  it('takes the delimiter that is asked for, or that a separator line names', () => {
    expect(sniffDialect('a,b\n1,2\n', nothingKnown, '|').delimiter).toBe('|');
    const named = sniffDialect('sep=^\r\na^b,c\r\n', nothingKnown);
    expect(named).toMatchObject({ delimiter: '^', separatorLine: 'sep=^\r\n' });
  });
});

describe('sampleRecords', () => {
  it('cuts with regard to quotes and line ends, and skips blank records', () => {
    expect(sampleRecords('a,"b\n,""c"""\r\n\n,\n"x",y\rlast,1\n', ',')).toEqual([
      ['a', 'b\n,"c"'],
      ['x', 'y'],
      ['last', '1'],
    ]);
  });

  it('survives a quote that never closes', () => {
    expect(sampleRecords('a,b\n1,"x\n2,y\n', ',')).toEqual([
      ['a', 'b'],
      ['1', '"x'],
      ['2', 'y'],
    ]);
  });
});

describe('a separator line', () => {
  it('is no row of the sheet but a line of the file', async () => {
    const sheet = await readText('\uFEFFsep=;\r\nID;Stage\r\n1;Won\r\n');
    expect(sheet).toMatchObject({ delimiter: ';', headerRow: 1, headerLine: 2 });
    expect(rowsOf(sheet)).toEqual([['1', 'Won']]);
    expect([sheet.rows[0], sheet.lines[0]]).toEqual([2, 3]);
  });
});
