import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { readSourceCopies } from '../src/source-copies.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { auditSample, samplePath } from './sample-audit.ts';

const LIST = `Report of the week,,,
ID,Name,Stage,Favourite colour
1,Alpha,Prospecting,red
2,Beta,Closed Won,green
Total,2,,
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copies-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function audit(file: string | readonly string[]): Promise<AuditReport> {
  const ruleset = loadRuleset({ file: samplePath('salesforce', 'funnelint.yaml'), packs: [] });
  return runAudit({ ...PLAIN_REQUEST, file, ruleset, asOf: null });
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('readSourceCopies', () => {
  it('reads a list with every column, and the rows beside it', async () => {
    const file = write('deals.csv', LIST);
    const [copy, ...others] = await readSourceCopies(await audit(file));
    expect(others).toEqual([]);
    expect(copy?.missing).toBeNull();
    const { table } = copy ?? {};
    expect(table?.columns.map(({ header }) => header)).toEqual(['ID', 'Name', 'Stage', 'Favourite colour']);
    expect([...(table?.rows ?? [])]).toEqual([3, 4]);
    const colour = table?.columns[3];
    expect([...(colour?.codes ?? [])].map((code) => colour?.values.at(code))).toEqual(['red', 'green']);
    expect(copy?.beside?.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, 'Report of the week'],
      [2, 'ID'],
      [5, 'Total'],
    ]);
  });

  it('says that a file is gone, or another one', async () => {
    const file = write('deals.csv', LIST);
    const report = await audit(file);
    write('deals.csv', LIST.replace('red', 'blue'));
    expect(await readSourceCopies(report)).toEqual([{ file, table: null, missing: 'changed' }]);
    writeFileSync(file, '%PDF-1.7');
    expect(await readSourceCopies(report)).toEqual([{ file, table: null, missing: 'changed' }]);
    rmSync(file);
    expect(await readSourceCopies(report)).toEqual([{ file, table: null, missing: 'gone' }]);
  });

  it('says that a list came through standard input', async () => {
    const report = await audit(write('deals.csv', LIST));
    const inputs = report.inputs.map((input) => ({ ...input, file: 'stdin' }));
    expect(await readSourceCopies({ ...report, inputs })).toEqual([{ file: 'stdin', table: null, missing: 'stream' }]);
  });

  it('reads each file of a list that stands in several', async () => {
    const january = write('2026-01.csv', 'ID,Name,Stage\n1,Alpha,Prospecting\n');
    const february = write('2026-02.csv', 'ID,Name,Stage\n2,Beta,Prospecting\n');
    const copies = await readSourceCopies(await audit([january, february]));
    expect(copies.map(({ file, table }) => [file, table?.rowCount])).toEqual([
      [january, 1],
      [february, 1],
    ]);
  });

  it('reads a workbook of which the report names the sheet', async () => {
    const report = await auditSample('fxiaoke');
    const [copy] = await readSourceCopies(report);
    const [input] = report.inputs;
    expect(copy?.table?.sheet).toBe(input?.sheet);
    expect(copy?.table?.columns).toHaveLength(input?.columns.length ?? -1);
    const audited =
      (input?.rows.audited ?? 0) + (input?.setAside.filter(({ reason }) => reason === 'superseded').length ?? 0);
    expect(copy?.table?.rowCount).toBe(audited);
  });

  it('is still the same file under the same name elsewhere', async () => {
    const first = write('deals.csv', LIST);
    const report = await audit(first);
    copyFileSync(first, join(folder, 'other.csv'));
    const inputs = report.inputs.map((input) => ({ ...input, file: join(folder, 'other.csv') }));
    const [copy] = await readSourceCopies({ ...report, inputs });
    expect(copy?.table?.rowCount).toBe(2);
  });
});

describe('of a redacted report', () => {
  it('only figures and words of the process are kept', async () => {
    const text = 'ID,Name,Stage,Amount,Next Step,Phone\n17,Alpha GmbH,Prospecting,1200.50,ask Wang Wei,555-0100\n';
    const report = await audit(write('deals.csv', text));
    const redacted = { ...report, redacted: { fields: ['id', 'name', 'owner'] } };
    const [copy] = await readSourceCopies(redacted);
    const shown = JSON.stringify([copy?.table?.columns.map(({ values }) => values), copy?.beside]);
    for (const secret of ['Alpha', '17', 'Wang', '555-0100', 'Phone']) expect(shown).not.toContain(secret);
    expect(shown).toContain('Prospecting');
    expect(shown).toContain('1200.50');
  });
});
