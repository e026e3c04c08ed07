import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/i18n/safe-text.ts';
import { renderReport } from '../../src/render.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from './cases.ts';
import { lookOf, renderedBytes, renderedText } from './rendered.ts';

fc.configureGlobal({ seed: 20260701 });

/** The rows of a report in CSV, by column of its English header. */
async function rowsOf(report: AuditReport): Promise<Record<string, string>[]> {
  const text = await renderedText(report, 'csv', { lang: 'en' });
  return parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
}

const HEADER =
  'Rule,Severity,State,File,Sheet,Cell,Line,Deal key,Deal,Owner,Field,Value,Message,Advice,Amount,Currency,Fingerprint';

describe.each(Object.entries(CASES))('the case %s as CSV', (name, report) => {
  it('is as it was', async () => {
    await expect(await renderedText(report, 'csv')).toMatchFileSnapshot(`snapshots/${name}.csv`);
  });

  it('has a row a finding, each on a line of its own that ends as Excel wants it', async () => {
    const text = await renderedText(report, 'csv');
    expect(text.match(/\r\n/g)).toHaveLength(report.findings.length + 1);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(await rowsOf(report)).toHaveLength(report.findings.length);
  });

  it('has no cell that runs', async () => {
    const rows: string[][] = parse(await renderedText(report, 'csv'), { bom: true });
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@\t\r＝＋－＠]/);
  });
});

describe('csv', () => {
  it('is a header alone where nothing was found', async () => {
    expect(await renderedText(CASES.clean, 'csv')).toBe(`\ufeff${HEADER}\r\n`);
  });

  it('has its titles and words in the language asked for', async () => {
    const bytes = await renderedBytes(CASES.chinese, 'csv', { lang: 'zh' });
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, row] = bytes.subarray(3).toString('utf8').split('\r\n');
    expect(header).toBe(
      '规则,严重程度,状态,文件,工作表,单元格,行号,商机编号,商机名称,负责人,字段,原值,问题,建议,金额,币种,指纹',
    );
    expect(row).toContain('错误,,导出/商机 2026.xlsx,商机数据,F47,47,商机-0001,北京星河 · 年度续约,王伟,预计成交日期');
    expect(row).toContain('8200000,CNY');
  });

  it('tells what a finding is about, and leaves empty what is not known', async () => {
    const rows = await rowsOf(CASES.many);
    expect(rows[0]).toEqual({
      Rule: 'date/close-past-due',
      Severity: 'error',
      State: '',
      File: 'exports/opps.csv',
      Sheet: '',
      Cell: 'F47',
      Line: '47',
      'Deal key': '0065g000047',
      Deal: 'Quarrystone Marine 47',
      Owner: 'Priya Venkat',
      Field: 'Close date',
      Value: '2026-06-30',
      Message: 'Close date 2026-06-30, which is past',
      Advice: 'Agree a new date with the customer, or close the deal.',
      Amount: '12500.5',
      Currency: 'USD',
      Fingerprint: '0000000000000047',
    });
    expect(rows[31]).toMatchObject({ Rule: 'deal/dormant', Severity: 'warn', State: 'known' });
    const empty = {
      Severity: 'info',
      Cell: '',
      Line: '',
      'Deal key': '',
      Deal: '',
      Owner: '',
      Amount: '',
      Currency: '',
    };
    expect(rows.at(-1)).toMatchObject(empty);
  });

  it('says what is new where there is a baseline to be new against', async () => {
    const report = { ...CASES.many, baseline: { file: 'baseline.txt', known: 9, new: 32, gone: 0 } };
    const states = (await rowsOf(report)).map(({ State }) => State);
    expect(states.filter((state) => state === 'new')).toHaveLength(32);
    expect(states.filter((state) => state === 'known')).toHaveLength(9);
  });

  it('writes amounts as digits with a point, below zero too', async () => {
    const amounts = [-43_000, 0.1, 1e21, 1e-7, 0];
    const findings = amounts.map((value, row) => findingOf('a/b', row, { amount: { value, currency: 'USD' } }));
    const rows = await rowsOf(reportOf({ rules: [ruleOf('a/b', 'fail')], findings }));
    expect(rows.map(({ Amount }) => Amount)).toEqual([
      '-43000',
      '0.1',
      '1000000000000000000000',
      '0.00000010000000000000',
      '0',
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "' =1"],
    ['  =1', "'  =1"],
    ['"=1"', '\'"=1"'],
    ["'=1", "''=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['\r\n::stop-commands::x', '↵::stop-commands::x'],
    ['a=1', 'a=1'],
    ["O'Neill", "O'Neill"],
    ['##[error]boom', '## [error]boom'],
    ['a ##vso[task.setvariable variable=x]b', 'a ## vso[task.setvariable variable=x]b'],
    ['#1 ## [x]', '#1 ## [x]'],
  ])('%j is %j in a cell', async (value, cell) => {
    const [row] = await rowsOf(
      reportOf({ rules: [ruleOf('a/b', 'fail')], findings: [findingOf('a/b', 2, { value })] }),
    );
    expect(row?.['Value']).toBe(cell);
  });

  it('gives any text back, but for the apostrophe and what cannot be seen', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...HOSTILE, '=', '＝', '-', '@', ' ', '"', "'", ',', '\t', '\r', '\n', '\u200b', '北京'),
    );
    const texts = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const finding = findingOf('a/b', 2, { deal: text, name: text, owner: text, value: text });
        const [row] = await rowsOf(reportOf({ rules: [ruleOf('a/b', 'fail')], findings: [finding] }));
        for (const column of ['Deal key', 'Deal', 'Owner', 'Value']) {
          const cell = row?.[column] ?? '';
          expect([safeText(text), `'${safeText(text)}`]).toContain(cell);
          expect(cell).not.toMatch(/^(?!')[\s"“”‘’]*[=+\-@＝＋－＠]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cuts what a cell of Excel cannot hold', async () => {
    const finding = findingOf('a/b', 2, { value: `=${'x'.repeat(40_000)}` });
    const [row] = await rowsOf(reportOf({ rules: [ruleOf('a/b', 'fail')], findings: [finding] }));
    expect(row?.['Value']).toBe(`'=${'x'.repeat(31_998)}…`);
  });

  it('comes in pieces of a thousand rows, so that its size is no limit', async () => {
    const findings = Array.from({ length: 2_500 }, (_, row) => findingOf('a/b', row));
    const rendered = await renderReport(reportOf({ rules: [ruleOf('a/b', 'fail')], findings }), 'csv', lookOf('en'));
    const pieces = [...(rendered as Iterable<string>)].map((piece) => piece.split('\r\n').length - 1);
    expect(pieces).toEqual([1, 1_000, 1_000, 500]);
  });
});
