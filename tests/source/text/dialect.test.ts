import { describe, expect, it } from 'vitest';
import { sampleRecords, sniffDialect } from '../../../src/source/text/dialect.ts';
import { readText, rowsOf } from '../temp-file.ts';

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
    expect(sniffDialect(sample, nothingKnown)).toMatchObject({ delimiter, columns, separatorLine: '' });
  });

  it('trusts known headers more than regular rows', () => {
    const sample = 'ID;Stage, now;Amount, EUR\n1;a,b;5,0\n2;c,d;6,0\n';
    expect(sniffDialect(sample, nothingKnown).delimiter).toBe(',');
    expect(sniffDialect(sample, (cell) => cell === 'ID' || cell === 'Stage, now').delimiter).toBe(';');
  });

  it('counts the known headers of the record that has most', () => {
    const sample = 'ID;x\nID,Stage;x\n,ID,Stage,Amount;x\nID;x\n';
    const known = (cell: string): boolean => ['ID', 'Stage', 'Amount;x'].includes(cell);
    expect(sniffDialect(sample, known).delimiter).toBe(',');
    expect(sniffDialect(sample, nothingKnown).delimiter).toBe(';');
  });

  it('takes the delimiter that is asked for, or that a separator line names', () => {
    expect(sniffDialect('a,b\n1,2\n', nothingKnown, '|').delimiter).toBe('|');
    const named = sniffDialect('sep=^\r\na^b,c\r\n', nothingKnown);
    expect(named).toMatchObject({ delimiter: '^', separatorLine: 'sep=^\r\n' });
  });
});

describe('what a carriage return and a blank before a quote mean', () => {
  it('tells old line ends from a return inside a cell', async () => {
    expect(rowsOf(await readText('ID,Stage\r1,Won\r2,Lost\r'))).toEqual([
      ['1', 'Won'],
      ['2', 'Lost'],
    ]);
    const stray = await readText('ID,Stage,Owner\n1,Wo\rn,Ann\n2,Lost,Bo\n');
    expect(rowsOf(stray)).toEqual([
      ['1', 'Wo\rn', 'Ann'],
      ['2', 'Lost', 'Bo'],
    ]);
    expect(stray.notices).toMatchObject([{ code: 'file/stray-return', args: { rows: 1 }, line: 2 }]);
    expect([...stray.lines]).toEqual([2, 4]);
  });

  it('parts records at a return alone where both halves are whole', async () => {
    const mixed = await readText('ID,Stage\n1,Won\r2,Lost\n3,"a\rb"\n');
    expect(rowsOf(mixed)).toEqual([
      ['1', 'Won'],
      ['2', 'Lost'],
      ['3', 'a\rb'],
    ]);
    expect([...mixed.lines]).toEqual([2, 3, 4]);
    expect(mixed.notices).toEqual([]);
  });

  it('reads quotes behind blanks as quotes, and blanks before a plain cell as nothing', async () => {
    const spaced = await readText('ID, Stage, Amount\n1, "Won, at last", 5\n2, Lost, "6,000"\n');
    expect(rowsOf(spaced)).toEqual([
      ['1', 'Won, at last', '5'],
      ['2', 'Lost', '6,000'],
    ]);
    expect(rowsOf(await readText('ID,Stage\n1, 5" pipe\n'))).toEqual([['1', ' 5" pipe']]);
  });

  it('takes one record for one of few columns rather than many', () => {
    expect(sniffDialect('a;b|c|d|e;f|g|h|i', nothingKnown).delimiter).toBe(';');
    expect(sniffDialect('ID|Stage|Amount, net', nothingKnown).delimiter).toBe('|');
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
