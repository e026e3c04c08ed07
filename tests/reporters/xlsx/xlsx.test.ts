import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit, render } from '../../../src/library.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import { memoryBytes } from '../../../src/source/byte-source.ts';
import { readSheet } from '../../../src/source/read-sheet.ts';
import { readSourceCopies } from '../../../src/source-copies.ts';
import { auditSample, EXPORT_OF, type Story, samplePath } from '../../sample-audit.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from '../cases.ts';
import { renderedBytes } from '../rendered.ts';
import { allFormulas, formulaIn, noteIn, readWorkbook, sheetOf, shownIn } from './read-back.ts';

const SHEET_NAME = `'(?:[^'"]|''|"")+'`;
const ROW = `\\d+"|A"&IFERROR\\(MATCH\\("[\\w./-]+",${SHEET_NAME}!\\$[A-Z]:\\$[A-Z],0\\),\\d+\\)`;
const OUR_FORMULA = new RegExp(`^HYPERLINK\\("#${SHEET_NAME}!(?:[A-Z]{1,3}${ROW}),"(?:[^"]|"")*"\\)$`);

async function auditOf(story: Story): Promise<{ report: AuditReport; bytes: Buffer }> {
  const report = await auditSample(story);
  return { report, bytes: await renderedBytes(report, 'xlsx', { sourceCopies: () => readSourceCopies(report) }) };
}

/** What our own reader makes of the sheet of findings. */
function readFindings(bytes: Buffer, sheet: string) {
  return readSheet(memoryBytes('out.xlsx', bytes), {
    sheet,
    headerRow: 1,
    anyTable: true,
    knownHeader: () => true,
    choose: (headers) => headers.map((_, index) => index),
  });
}

describe.each(Object.entries(CASES))('a workbook of %s', (_, report) => {
  it('holds a row for each finding, and no formula but our own', async () => {
    const workbook = await readWorkbook(await renderedBytes(report, 'xlsx'));
    const [summary, findings] = workbook.worksheets;
    expect(summary?.rowCount).toBeGreaterThan(5);
    expect(findings?.rowCount).toBe(report.findings.length + 1);
    expect(workbook.worksheets).toHaveLength(6);
    for (const formula of allFormulas(workbook)) expect(formula).toMatch(OUR_FORMULA);
  });

  it('has the same bytes twice', async () => {
    const [one, other] = [await renderedBytes(report, 'xlsx'), await renderedBytes(report, 'xlsx')];
    expect(one.equals(other)).toBe(true);
  });

  it('has no cell with an error or a number that is none', async () => {
    const workbook = await readWorkbook(await renderedBytes(report, 'xlsx'));
    for (const sheet of workbook.worksheets) {
      sheet.eachRow((row) => {
        row.eachCell(({ value }) => {
          expect(value).not.toMatchObject({ error: expect.anything() });
          expect(value).not.toBeNaN();
        });
      });
    }
  });
});

describe('texts of the data', () => {
  it('stay the texts they are, for exceljs and for our own reader', async () => {
    const bytes = await renderedBytes(CASES.hostile, 'xlsx');
    const sheet = sheetOf(await readWorkbook(bytes), 'Findings');
    const own = await readFindings(bytes, 'Findings');
    const values = own.columns.find(({ header }) => header === 'Value');
    const decoded = (text: string): string =>
      text.replace(/_x([0-9A-F]{4})_/g, (_match, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    for (const [index, text] of HOSTILE.entries()) {
      const kept = text.replace('\ud800', '\ufffd');
      expect(decoded(String(shownIn(sheet, `M${index + 2}`)))).toBe(kept);
      expect(formulaIn(sheet, `M${index + 2}`)).toBeNull();
      const read = values?.values.at(values.codes[index] as number);
      expect(read?.replaceAll('\r', '')).toBe(kept.replaceAll('\r', ''));
    }
  });

  it('longer than a cell are cut and say so', async () => {
    const finding = findingOf('date/close-past-due', 9, { value: `=${'x'.repeat(50_000)}` });
    const report = reportOf({ rules: [ruleOf('date/close-past-due', 'fail')], findings: [finding] });
    const sheet = sheetOf(await readWorkbook(await renderedBytes(report, 'xlsx')), 'Findings');
    const shown = String(shownIn(sheet, 'L2'));
    expect(shown).toHaveLength(32_767);
    expect(shown).toMatch(/^=x+… \(cut: 50001 characters\)$/);
  });
});

describe('the list of a story', () => {
  it('is copied cell for cell, with marks, notes and links both ways', async () => {
    const { report, bytes } = await auditOf('salesforce');
    const workbook = await readWorkbook(bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Findings',
      'By owner',
      'Funnel',
      'Dwell',
      'Completeness',
      'opportunities',
    ]);
    const copy = sheetOf(workbook, 'opportunities');
    const findings = sheetOf(workbook, 'Findings');
    const finding = report.findings.find(({ rule }) => rule === 'date/close-past-due');
    const cell = finding?.at.cell ?? '';
    expect(shownIn(copy, cell)).toBe(finding?.value);
    expect(noteIn(copy, cell)).toContain('[warn] date/close-past-due\n');
    expect(noteIn(copy, cell)).toContain('→ Agree a new date');
    expect(copy.getCell(cell).fill).toMatchObject({ type: 'pattern', fgColor: { argb: 'FFFFEDC2' } });
    for (let row = 2; row <= findings.rowCount; row++) {
      const formula = formulaIn(findings, `D${row}`);
      if (formula === null) continue;
      const target = /'opportunities'!([A-Z]+\d+)"/.exec(formula)?.[1] ?? '';
      expect(shownIn(findings, `D${row}`)).toBe(target);
      const look = copy.getCell(target).fill;
      expect(look.type === 'pattern' && look.fgColor?.argb, target).toBeTruthy();
      expect(noteIn(copy, target)).toContain(String(shownIn(findings, `B${row}`)));
      const link = formulaIn(copy, `${'R'}${target.replace(/\D/g, '')}`) ?? '';
      const back = /'Findings'!A(\d+)"/.exec(link)?.[1] ?? /,0\),(\d+)\)/.exec(link)?.[1];
      const place = String(shownIn(findings, `D${back}`)).replace(/\D/g, '');
      expect(place).toBe(target.replace(/\D/g, ''));
    }
    expect(report.findings.some(({ at }) => at.file.endsWith('opportunities.csv') && at.cell !== null)).toBe(true);
  });

  it('keeps every row of the file in its place, those set aside in grey', async () => {
    const { report, bytes } = await auditOf('fxiaoke');
    const [input] = report.inputs;
    const sheet = input?.sheet ?? '';
    const read = (workbook: Awaited<ReturnType<typeof readWorkbook>>) => sheetOf(workbook, sheet);
    const { readFileSync } = await import('node:fs');
    const source = read(await readWorkbook(readFileSync(samplePath('fxiaoke', EXPORT_OF.fxiaoke))));
    const copy = read(await readWorkbook(bytes));
    let compared = 0;
    let aside = 0;
    source.eachRow((row, number) => {
      row.eachCell(({ value, address }) => {
        if (typeof value !== 'string' && typeof value !== 'number') return;
        expect(String(shownIn(copy, address)), address).toBe(String(value));
        compared++;
      });
      if (!input?.setAside.some(({ row: each }) => each === number)) return;
      const isMarked = report.findings.some(({ at }) => at.sheet === sheet && at.cell === `A${number}`);
      // What is said of it stands out against what it is.
      expect(copy.getCell(number, 1).fill).toMatchObject({ fgColor: { argb: isMarked ? 'FFDCE9F8' : 'FFE3E3E3' } });
      aside++;
    });
    expect(compared).toBeGreaterThan(3000);
    expect(aside).toBeGreaterThan(0);
  });

  it('has numbers for what the report counts', async () => {
    const { report, bytes } = await auditOf('salesforce');
    const workbook = await readWorkbook(bytes);
    const owners = sheetOf(workbook, 'By owner');
    let errors = 0;
    for (let row = 2; row <= owners.rowCount; row++) errors += Number(owners.getCell(row, 2).value);
    expect(errors).toBe(report.findings.filter(({ severity }) => severity === 'error').length);
    const funnel = sheetOf(workbook, 'Funnel');
    const open = [...Array(40).keys()].find((row) => shownIn(funnel, `A${row + 1}`) === 'All: open') ?? 0;
    expect(funnel.getCell(open + 1, 3).value).toBe(119);
    expect(funnel.getCell(open + 1, 5).value).toBe(2_956_500);
  });
});

describe('a list with a gap', () => {
  it('is copied at once, each row in its place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-gap-'));
    const file = join(folder, 'deals.csv');
    const gap = 60_000;
    writeFileSync(file, `Deal ID,Deal Stage,Amount\n1,Won,5\n${'\n'.repeat(gap)}2,Lost,6\n`);
    const report = await audit({ file, asOf: '2026-11-01' });
    const copy = sheetOf(await readWorkbook(Buffer.from(await render(report, 'xlsx'))), 'deals');
    expect([copy.rowCount, shownIn(copy, 'B2'), shownIn(copy, `B${gap + 3}`)]).toEqual([gap + 3, 'Won', 'Lost']);
    rmSync(folder, { recursive: true });
  });
});

describe('a list that cannot be copied', () => {
  it.each([
    ['gone', 'no marked copy: the file is not where it was'],
    ['changed', 'no marked copy: the file is another one now'],
    ['stream', 'no marked copy: the list came through standard input'],
  ] as const)('%s is said on the summary', async (missing, text) => {
    const sourceCopies = async () => [{ file: 'exports/opps.csv', table: null, missing }];
    const workbook = await readWorkbook(await renderedBytes(CASES.one, 'xlsx', { sourceCopies }));
    const summary = sheetOf(workbook, 'Summary');
    const shown: unknown[] = [];
    summary.eachRow((row) => row.eachCell(({ address }) => void shown.push(shownIn(summary, address))));
    expect(shown).toContain(text);
    expect(workbook.worksheets).toHaveLength(6);
  });
});
