import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import type { SourceCopy } from '../../../src/report/source-copy.ts';
import { linkCell } from '../../../src/report/workbook/cells.ts';
import { MOST_FOUND, MOST_NOTES } from '../../../src/report/workbook/marks.ts';
import { reportWorkbook } from '../../../src/report/workbook/report-workbook.ts';
import type { Cell, Workbook, WorkbookSheet } from '../../../src/report/workbook/workbook.ts';
import type { Sheet } from '../../../src/source/sheet.ts';
import { CASES, findingOf, reportOf, ruleOf } from '../../reporters/cases.ts';

const FILE = 'exports/opps.csv';

/** A list of one column, whose rows stand at the given places. */
function tableOf(rows: readonly number[], position = 5): Sheet {
  return {
    file: FILE,
    sheet: null,
    digest: { sha256: '' },
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    headerRow: 4,
    headerLine: 4,
    headers: [{ text: 'Close Date', position }],
    columns: [{ header: 'Close Date', position, codes: Int32Array.from(rows, () => 0), values: ['2026-06-30'] }],
    rowCount: rows.length,
    rows: Int32Array.from(rows),
    lines: Int32Array.from(rows),
    setAside: [],
    blankRows: 0,
    notices: [],
  };
}

function workbookOf(report: AuditReport, table: Sheet | null = null): Workbook {
  const copies: SourceCopy[] = table === null ? [] : [{ file: FILE, table, missing: null }];
  return reportWorkbook(report, createTranslator('en', report.labels), copies);
}

function cellsOf(sheet: WorkbookSheet | undefined): Map<number, readonly (Cell | null)[]> {
  return new Map([...(sheet?.rows() ?? [])].map(({ row, cells }) => [row, cells]));
}

function textsOf(sheet: WorkbookSheet | undefined): string[] {
  return [...cellsOf(sheet).values()].flat().flatMap((cell) => (cell !== null && 'text' in cell ? [cell.text] : []));
}

describe('the copy of a list', () => {
  const report = reportOf({
    rules: [ruleOf('date/close-past-due', 'fail'), ruleOf('deal/dormant', 'warn')],
    findings: [
      findingOf('date/close-past-due', 47),
      findingOf('deal/dormant', 47, { severity: 'warn' }),
      findingOf('deal/dormant', 9, { severity: 'warn' }),
    ],
  });
  const copy = workbookOf(report, tableOf([5, 9, 47])).sheets[6];

  it('has each cell in its place, the gravest finding showing and all of them told', () => {
    const cells = cellsOf(copy);
    expect([...cells.keys()]).toEqual([5, 9, 47]);
    expect(cells.get(5)).toEqual([null, null, null, null, null, { type: 'text', text: '2026-06-30' }]);
    const marked = cells.get(47)?.[5];
    expect(marked?.look).toBe('error');
    expect(marked?.note?.split('\n\n')).toEqual([
      '[error] date/close-past-due\nClose date 2026-06-30, which is past\n→ Agree a new date with the customer, or close the deal.',
      '[warn] deal/dormant\nClose date 2026-06-30, which is past\n→ Agree a new date with the customer, or close the deal.',
    ]);
  });

  it('leads back to the first finding of a row', () => {
    // Findings begin in row 2: the error of row 47, then the warnings of rows 47 and 9.
    expect(cellsOf(copy).get(47)?.[6]).toEqual(linkCell('2 findings', 'Findings', 'A2'));
    expect(cellsOf(copy).get(9)?.[6]).toEqual(
      linkCell('1 finding', 'Findings', 'A4', { column: 'O', text: '0000000000000009' }),
    );
  });

  it('says which rows and columns have no room', () => {
    const long = workbookOf(report, tableOf([5, 1_048_576, 1_048_577, 1_048_578]));
    expect([...cellsOf(long.sheets[6]).keys()]).toEqual([5, 1_048_576]);
    expect(textsOf(long.sheets[0])).toContain(
      '2 rows of opps are not in its copy, for a sheet ends with row 1,048,576',
    );
    const wide = workbookOf(report, tableOf([5], 16_384));
    expect(textsOf(wide.sheets[0])).toContain('1 column of opps is not in its copy, for a sheet has 16,384');
  });

  it('has as many notes as a spreadsheet bears, and says how many are missing', () => {
    const rows = Array.from({ length: MOST_NOTES + 3 }, (_, index) => index + 5);
    const findings = rows.map((row) => findingOf('date/close-past-due', row));
    const many = workbookOf(reportOf({ rules: [ruleOf('date/close-past-due', 'fail')], findings }), tableOf(rows));
    const marked = [...cellsOf(many.sheets[6]).values()].map((cells) => cells[5]);
    expect(marked.every((cell) => cell?.look === 'error')).toBe(true);
    expect(marked.filter((cell) => cell?.note !== undefined)).toHaveLength(MOST_NOTES);
    expect(textsOf(many.sheets[0]).some((text) => text.startsWith('3 marked cells have no note'))).toBe(true);
  });
});

describe('the sheet by owner', () => {
  it('counts a deal once and adds no currencies up', () => {
    const euro = { value: 100.1, currency: 'EUR' };
    const dollar = { value: 0.2, currency: 'USD' };
    const report = reportOf({
      rules: [ruleOf('a', 'fail'), ruleOf('b', 'warn')],
      findings: [
        findingOf('a', 1, { deal: 'D1', owner: 'Li Na', amount: euro }),
        findingOf('b', 2, { deal: 'D1', owner: 'Li Na', amount: euro, severity: 'warn' }),
        findingOf('a', 3, { deal: 'D2', owner: 'Li Na', amount: euro }),
        findingOf('a', 4, { deal: 'D3', owner: 'Li Na', amount: dollar }),
        findingOf('a', 5, { deal: 'D4', owner: 'Li Na', amount: dollar, known: true }),
        findingOf('b', 6, { deal: 'D5', owner: null, amount: null, severity: 'info' }),
      ],
    });
    const rows = cellsOf(workbookOf(report).sheets[2]);
    const shown = (row: number) =>
      rows.get(row)?.map((cell) => cell && ('value' in cell ? cell.value : 'text' in cell ? cell.text : null));
    expect(shown(2)).toEqual(['Li Na', 3, 1, 0, 1, 3, 'n/a', 'n/a', 200.2, 0.2, 2, 'a 3 · b 1']);
    expect(shown(3)).toEqual(['(no owner)', 0, 0, 1, 0, 0, 'n/a', 'n/a', null, null, 1, 'b 1']);
  });
});

describe('a deal that stands in two rows', () => {
  it('is worth its larger amount to its owner, as to its rule', () => {
    const amount = (value: number) => ({ value, currency: 'USD' });
    const findings = [25, 40, 30].map((value, index) =>
      findingOf('a', index + 1, { deal: 'D1', owner: 'Li Na', amount: amount(value) }),
    );
    const report = reportOf({ rules: [ruleOf('a', 'fail')], findings });
    expect(cellsOf(workbookOf(report).sheets[2]).get(2)?.slice(5, 9)).toMatchObject([
      { value: 1 },
      {},
      {},
      { type: 'money', value: 40 },
    ]);
  });
});

describe('the summary', () => {
  it('has the verdict, the rules by verdict with their counts, and a word where a rule did not run', () => {
    const { sheets } = workbookOf(CASES.many);
    const rows = [...cellsOf(sheets[0]).values()];
    const texts = textsOf(sheets[0]);
    expect(texts[1]).toMatch(/^1 failing · 1 warning · 1 inconclusive · 1 without data · 1 not run · 1 passing/);
    const rule = (id: string) =>
      rows.find(([first]) => first !== null && first !== undefined && 'text' in first && first.text === id);
    expect(rule('date/close-past-due')?.slice(0, 5)).toMatchObject([
      { type: 'link', sheet: 'Findings', cell: 'A2' },
      { text: 'fail', look: 'error' },
      { type: 'number', value: 31 },
      { type: 'number', value: 412 },
      { type: 'rate', value: 31 / 412 },
    ]);
    expect(rule('owner/unknown')?.[2]).toMatchObject({ type: 'text', text: 'n/a' });
  });
});

function titlesOf(sheet: WorkbookSheet | undefined): string[] {
  return (cellsOf(sheet).get(1) ?? []).flatMap((cell) => (cell !== null && 'text' in cell ? [cell.text] : []));
}

describe('the findings', () => {
  const many = (count: number): AuditReport =>
    reportOf({
      rules: [ruleOf('a', 'fail')],
      findings: Array.from({ length: count }, (_, index) => findingOf('a', index + 5)),
    });

  it('say what is new only where there is a baseline', () => {
    const report = many(1);
    expect(titlesOf(workbookOf(report).sheets[1])).not.toContain('State');
    const baseline = { file: 'baseline.json', known: 0, new: 1, gone: 0 };
    expect(titlesOf(workbookOf({ ...report, baseline }).sheets[1])).toContain('State');
  });

  it('print what is worked with, to the currency', () => {
    const sheet = workbookOf(many(1)).sheets[1];
    const printed = titlesOf(sheet).slice(0, sheet?.printed);
    const working = ['Severity', 'Rule', 'Cell', 'Deal', 'Owner', 'Message', 'Advice', 'Amount', 'Currency'];
    expect(printed).toEqual(working);
  });

  it('are found by fingerprint while they are few, and by row where two have the same', () => {
    const links = (report: AuditReport): (Cell | null | undefined)[] =>
      [...cellsOf(workbookOf(report, tableOf([5, 6])).sheets[6]).values()].map((cells) => cells[6]);
    const one = many(2);
    expect(links(one)).toMatchObject([
      { cell: 'A2', found: { text: '0000000000000005' } },
      { cell: 'A3', found: { text: '0000000000000006' } },
    ]);
    const alike = one.findings.map((finding) => ({ ...finding, fingerprint: 'f' }));
    expect(links({ ...one, findings: alike })[1]).toEqual(linkCell('1 finding', 'Findings', 'A3'));
    const long = many(MOST_FOUND + 1);
    expect(links(long)[0]).toEqual(linkCell('1 finding', 'Findings', 'A2'));
    expect(textsOf(workbookOf(long, tableOf([5])).sheets[0]).join()).toContain('Filter the findings and the copies');
  });
});

describe('the summary of rules', () => {
  const rules = [
    ruleOf('a', 'fail', { amount: { USD: 5, EUR: 7 } }),
    ruleOf('b', 'warn', { severity: 'info' }),
    ruleOf('c', 'warn'),
  ];
  const rows = [...cellsOf(workbookOf(reportOf({ rules, findings: [] })).sheets[0]).values()];
  const rowOf = (text: string) => rows.find(([first]) => first != null && 'text' in first && first.text === text);

  it('calls a rule for information that found something a note', () => {
    expect(rowOf('b')?.[1]).toMatchObject({ text: 'note', look: 'info' });
    expect(rowOf('c')?.[1]).toMatchObject({ text: 'warn', look: 'warn' });
  });

  it('has amounts as numbers, a column a currency', () => {
    const header = rowOf('Rule') ?? [];
    const at = header.findIndex((cell) => cell !== null && 'text' in cell && cell.text === 'Amount EUR');
    expect(header.slice(at, at + 2)).toMatchObject([{ right: true }, { text: 'Amount USD', right: true }]);
    expect(rowOf('a')?.slice(at, at + 2)).toMatchObject([
      { type: 'money', value: 7 },
      { type: 'money', value: 5 },
    ]);
  });
});

describe('a list without deals', () => {
  it('has a summary that says so, and nothing that was judged', () => {
    const { inputs, ...report } = reportOf({ rules: [ruleOf('a', 'pass')], findings: [] });
    const empty = inputs.map((input) => ({ ...input, rows: { read: 0, audited: 0, setAside: 0, blank: 0 } }));
    const { sheets } = workbookOf({ ...report, inputs: empty });
    expect(sheets.map(({ name }) => name)).toEqual(['Summary']);
    const texts = textsOf(sheets[0]);
    expect(texts[1]).toMatch(/^no deals in .*: nothing was checked/);
    expect(texts.join()).not.toContain('passing');
    expect(texts).not.toContain('Rules by verdict');
  });
});

describe('figures that rest on the first of several exports', () => {
  it('are told with a caution above their table', () => {
    const startUnknown = { visits: 49, of: 58, since: '2026-10-25' };
    const result = { basis: 'history', stages: [], stalled: {}, startUnknown };
    const about = { title: { en: 'T', zh: 'T' }, definition: { en: 'D', zh: 'D' }, formula: { en: 'F', zh: 'F' } };
    const kinds = Object.fromEntries(
      ['open', 'won', 'lost', 'dormant', 'unknown'].map((kind) => [
        kind,
        { deals: 0, dealsWithAmount: 0, amounts: {} },
      ]),
    );
    const funnel = { deals: 0, stages: [], kinds };
    const metrics = {
      conversion: { ...about, result },
      dwell: { ...about, result },
      funnel: { ...about, result: funnel },
    };
    const { sheets } = workbookOf({ ...CASES.one, metrics });
    expect(textsOf(sheets[3]).join('\n')).toMatch(/49 of 58 entries .*\nStage\nEntered/);
    expect(textsOf(sheets[4]).join('\n')).toMatch(/49 of 58 stays .*\nStage\nVisits/);
  });
});
