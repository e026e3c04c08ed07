import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { type Dataset, MISSING, UNREADABLE } from '../../src/dataset/dataset.ts';
import { DAY_MILLIS } from '../../src/dataset/values/calendar.ts';
import { readSheet } from '../../src/source/read-sheet.ts';
import type { Sheet } from '../../src/source/sheet.ts';
import { auditVendor, datasetOf, fieldsOf, verdictOf } from '../vendors/vendor-audit.ts';
import { readAll, readText, rowsOf, tempFile } from './temp-file.ts';

async function book(fill: (book: exceljs.Workbook) => void): Promise<Sheet> {
  const made = new exceljs.Workbook();
  fill(made);
  return readSheet(tempFile(Buffer.from(await made.xlsx.writeBuffer()), 'deals.xlsx'), readAll);
}

/** The values of a field by row: null for a missing one, `?` for one that cannot be read, days as ISO dates. */
function valuesOf({ columns }: Dataset, field: string): (string | number | null)[] {
  const column = columns.get(field);
  if (column === undefined) return [];
  return Array.from(column.codes, (code) => {
    if (column.state[code] === MISSING) return null;
    if (column.state[code] === UNREADABLE) return '?';
    const value = column.numbers[code];
    if (column.type === 'date') return new Date((value as number) * DAY_MILLIS).toISOString().slice(0, 10);
    return value ?? column.texts.at(code) ?? null;
  });
}

/** Values of one field of a table that has ids and stages beside it. */
async function cellsOf(field: string, header: string, cells: readonly string[]): Promise<(string | number | null)[]> {
  const rows = cells.map((cell, index) => `D-${index + 1},Qualification,"${cell}"\n`);
  return valuesOf(await datasetOf({ deals: `Opportunity ID,Stage,${header}\n${rows.join('')}` }), field);
}

describe('13: dates', () => {
  it('as serials, and of the 1904 system', async () => {
    for (const date1904 of [false, true]) {
      const sheet = await book((made) => {
        made.properties.date1904 = date1904;
        made.addWorksheet('Deals').addRows([
          ['ID', 'Close Date'],
          ['1', new Date(Date.UTC(2026, 4, 1))],
        ]);
      });
      expect(rowsOf(sheet)).toEqual([['1', '2026-05-01']]);
    }
    expect(await cellsOf('close', 'Close Date', ['46143', '46144'])).toEqual(['2026-05-01', '2026-05-02']);
  });

  it('as text, day or month first as the column says', async () => {
    expect(await cellsOf('close', 'Close Date', ['26-02-2018 19:58', '03-04-2018 08:00'])).toEqual([
      '2018-02-26',
      '2018-04-03',
    ]);
    expect(await cellsOf('close', 'Close Date', ['2/26/2018', '3/4/2018'])).toEqual(['2018-02-26', '2018-03-04']);
    expect(await cellsOf('close', 'Close Date', ['2026年5月1日', '2026.5.2', '20260503'])).toEqual([
      '2026-05-01',
      '2026-05-02',
      '2026-05-03',
    ]);
  });
});

describe('14: placeholders', () => {
  it('are missing values', async () => {
    const texts = [
      'Select',
      '-',
      'N/A',
      '(No value)',
      '--None--',
      'unknown',
      '无',
      '待定',
      '000000000000000AAA',
      'Ann',
    ];
    expect(await cellsOf('owner', 'Owner', texts)).toEqual([...texts.slice(0, -1).map(() => null), 'Ann']);
    expect(await cellsOf('close', 'Close Date', ['1900-01-01', '2026-05-01'])).toEqual([null, '2026-05-01']);
  });
});

describe('15: ids', () => {
  const orphans = async (id: string, logged: string): Promise<number | undefined> => {
    const deals = `Opportunity ID,Stage,Amount\n${id},Qualification,5\n006000000000000AAA,Qualification,5\n`;
    const events = [logged, '006000000000000'].map((deal) => `${deal},Prospecting,Qualification,2026-05-01\n`);
    const history = `Opportunity ID,From Stage,To Stage,Last Modified\n${events.join('')}`;
    return (await auditVendor({ deals, history })).history?.otherDeals;
  };

  it('of 15 and 18 characters are one deal, in the same case only', async () => {
    expect(await orphans('0065g00000AbCdEAAV', '0065g00000AbCdE')).toBe(0);
    expect(await orphans('0065g00000AbCdEAAV', '0065g00000ABCDE')).toBe(1);
  });

  it('that a spreadsheet has rounded are found where they meet', async () => {
    const deals =
      'Opportunity ID,Stage,Amount\n1.2E+17,Qualification,5\n1.2E+17,Proposal,6\n00123,Proposal,6\n123,Proposal,6\n';
    expect(verdictOf(await auditVendor({ deals }), 'duplicate/id')).toBe('fail 2');
  });
});

describe('16: numbers as text', () => {
  it.each([
    ['1,234.50', 1234.5],
    ['$22,700.00', 22700],
    ['¥1,200,000.00', 1200000],
    ['120万', 1200000],
    ['1.2亿', 120000000],
    ['45k', 45000],
    ['1.2M', 1200000],
    ['(500)', -500],
    ['１２３', 123],
  ])('%s', async (text, value) => {
    expect(await cellsOf('amount', 'Amount', [text, text])).toEqual([value, value]);
  });
});

describe('17: several currencies in a column', () => {
  it('are not added up', async () => {
    const report = await auditVendor({
      deals: 'Opportunity ID,Stage,Amount,Currency\n1,Qualification,5,USD\n2,Qualification,6,EUR\n',
    });
    expect(JSON.stringify(report.metrics['funnel']?.result)).toContain('"amounts":{"EUR":6,"USD":5}');
  });
});

describe('18: rows and deals that come twice', () => {
  it('are found', async () => {
    const report = await auditVendor({
      deals:
        'Opportunity ID,Opportunity Name,Stage,Amount,Owner\n1,A,Qualification,5,Ann\n1,A,Qualification,5,Ben\n2,B,Qualification,6,Ann\n',
    });
    expect(verdictOf(report, 'duplicate/id')).toBe('fail 2');
  });
});

describe('19: history newest first, and events in the same second', () => {
  it.each([
    [
      'newest first',
      [
        '1,Qualification,Proposal,2026-03-01 10:00:00',
        '1,Prospecting,Qualification,2026-02-01 10:00:00',
        '1,,Prospecting,2026-01-01 10:00:00',
      ],
    ],
    [
      'in one second',
      [
        '1,,Prospecting,2026-02-01 10:00:00',
        '1,Prospecting,Qualification,2026-02-01 10:00:00',
        '1,Qualification,Proposal,2026-02-01 10:00:00',
      ],
    ],
  ])('give journeys in order of time: %s', async (_name, events) => {
    const report = await auditVendor({
      deals: 'Opportunity ID,Stage,Created Date\n1,Proposal,2026-01-01\n',
      history: `Opportunity ID,From Stage,To Stage,Last Modified\n${events.join('\n')}\n`,
    });
    expect(verdictOf(report, 'process/moved-back')).toBe('pass 0');
  });
});

describe('20: line breaks, quotes, formulas and errors in cells', () => {
  it('are kept as they are', async () => {
    const sheet = await readText('ID,Stage,Owner\n1,"a\nb","say ""hi"""\n2,=1+1,#N/A\n');
    expect(rowsOf(sheet)).toEqual([
      ['1', 'a\nb', 'say "hi"'],
      ['2', '=1+1', '#N/A'],
    ]);
    expect([...sheet.lines]).toEqual([2, 4]);
  });
});

describe('21: a file of exactly as many rows as an export may have', () => {
  it('may be cut off', async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => `${index + 1},Qualification,5\n`);
    const report = await auditVendor({ deals: `Opportunity ID,Stage,Amount\n${rows.join('')}` });
    const full = await auditVendor({ deals: `Opportunity ID,Stage,Amount\n${rows.slice(1).join('')}` });
    expect(verdictOf(report, 'input/truncated')).toMatch(/^warn/);
    expect(verdictOf(full, 'input/truncated')).toMatch(/^pass/);
  });
});

describe('23: variants of headers', () => {
  it.each(['商机金额（必填）', '商机金额：', '商机金额 *', ' 商机金额 ', '商機金額', '商机金额(必填)'])(
    '%s',
    async (header) => {
      const report = await auditVendor({ deals: `商机编号,销售阶段,${header}\n1,谈判,5\n` });
      expect(fieldsOf(report)['amount']).toBe(header);
    },
  );
});

describe('24: dates that cannot be', () => {
  it('are found: in the future, or before all others', async () => {
    const report = await auditVendor({
      deals:
        'Opportunity ID,Stage,Amount,Created Date,Last Activity Date\n1,Proposal,5,2206-05-02,2026-05-01\n2,Proposal,5,2026-04-02,2027-05-01\n',
    });
    expect(verdictOf(report, 'date/implausible')).toMatch(/ 1$/);
    expect(verdictOf(report, 'date/activity-in-future')).toMatch(/ 1$/);
  });

  it('are found: created after closed', async () => {
    const report = await auditVendor({
      deals:
        'Opportunity ID,Stage,Amount,Created Date,Close Date\n1,Closed Won,5,2026-05-02,2026-05-01\n2,Closed Won,5,2026-04-02,2026-05-01\n',
    });
    expect(verdictOf(report, 'date/created-after-closed')).toMatch(/ 1$/);
  });
});

describe('25: stage values in other case and with blanks', () => {
  it('are the same stage', async () => {
    const { stage } = await datasetOf({
      deals: 'Opportunity ID,Stage,Amount\n1,Closed Won,5\n2,closed won ,5\n3,CLOSED  WON,5\n',
    });
    expect(new Set(stage)).toEqual(new Set([stage[0]]));
    expect(stage[0]).toBeGreaterThanOrEqual(0);
  });
});
