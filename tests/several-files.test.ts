import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write as writeBook } from '@e965/xlsx';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type AuditRequest, runAudit } from '../src/audit.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { memoryBytes } from '../src/source/byte-source.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const RULES = loadRuleset({ file: null, packs: [] });

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function audit(request: Partial<AuditRequest> & Pick<AuditRequest, 'file'>): Promise<AuditReport> {
  return runAudit({ ...PLAIN_REQUEST, ruleset: RULES, asOf: '2026-11-01', ...request });
}

function ruleOf({ rules }: AuditReport, id: string): AuditReport['rules'][number] | undefined {
  return rules.find((rule) => rule.id === id);
}

const HEADER = 'ID,Deal Name,Stage,Amount,Owner,Close Date,Last Modified Date\n';

describe('a list split into several files', () => {
  it('counts each deal once: the copy that was changed last', async () => {
    const september = write(
      'deals-2026-09-30.csv',
      `${HEADER}1,A,Lead,1,Ann,2026-12-01,2026-09-01\n2,B,Won,2,Ann,2026-09-01,2026-09-05\n`,
    );
    const october = write(
      'deals-2026-10-31.csv',
      `${HEADER}1,A,Proposal,9,Ann,2026-12-01,2026-10-01\n3,C,Lead,4,Bo,2026-12-01,2026-10-02\n`,
    );
    const report = await audit({ file: [october, september] });
    expect(report.inputs.map(({ file, rows }) => [file, rows.read, rows.audited, rows.setAside])).toEqual([
      [september, 2, 1, 1],
      [october, 2, 2, 0],
    ]);
    expect(report.inputs[0]?.setAside).toMatchObject([{ row: 2, reason: 'superseded' }]);
    expect(ruleOf(report, 'duplicate/id')?.counts).toMatchObject({ checked: 3, violating: 0 });
  });

  it('goes by the date of change before the date of the file', async () => {
    const older = write('a-2026-09-30.csv', `${HEADER}1,A,Proposal,9,Ann,2026-12-01,2026-10-20\n`);
    const newer = write('a-2026-10-31.csv', `${HEADER}1,A,Lead,1,Ann,2026-12-01,2026-10-01\n`);
    const report = await audit({ file: [older, newer] });
    expect(report.inputs.map(({ rows }) => rows.audited)).toEqual([1, 0]);
  });

  it('leaves copies within one file for the rule about duplicates, with their places', async () => {
    const one = write('b1.csv', `${HEADER}1,A,Lead,1,Ann,2026-12-01,2026-10-20\n`);
    const two = write(
      'b2.csv',
      `${HEADER}2,B,Lead,1,Ann,2026-12-01,2026-10-20\n2,B,Lead,1,Ann,2026-12-01,2026-10-20\n`,
    );
    const report = await audit({ file: [one, two] });
    const found = report.findings.filter(({ rule }) => rule === 'duplicate/id');
    expect(found.map(({ at }) => [at.file, at.cell])).toEqual([
      [two, 'A2'],
      [two, 'A3'],
    ]);
  });

  it('says so where no id tells copies', async () => {
    const one = write('c1.csv', 'Deal Name,Stage\nA,Lead\n');
    const two = write('c2.csv', 'Deal Name,Stage\nB,Lead\n');
    const report = await audit({ file: [one, two] });
    expect(report.inputs.flatMap(({ notices }) => notices.map(({ code }) => code))).toContain('list/no-key');
  });

  it('accounts for every row, however a list is cut', async () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 28 }), fc.boolean());
    const parts = fc.array(fc.array(row, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 4 });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(parts, async (lists) => {
        runs++;
        const file = lists.map((rows, index) => {
          const lines = rows.map(
            ([id, day, blank]) => `${blank ? '' : id},A,Lead,1,Ann,2026-12-01,2026-10-${String(day).padStart(2, '0')}`,
          );
          return memoryBytes(`part-${runs}-${index}.csv`, Buffer.from(`${HEADER}${lines.join('\n')}\n`));
        });
        const { inputs } = await audit({ file });
        expect(inputs.map(({ rows }) => rows.read)).toEqual(lists.map(({ length }) => length));
        for (const { rows } of inputs) expect(rows.audited + rows.setAside + rows.blank).toBe(rows.read);
        // Every deal is still there, and every row without an id.
        const ids = new Set(lists.flat().flatMap(([id, , blank]) => (blank ? [] : [id])));
        const blanks = lists.flat().filter(([, , blank]) => blank).length;
        const audited = inputs.reduce((sum, { rows }) => sum + rows.audited, 0);
        expect(audited).toBeGreaterThanOrEqual(ids.size + blanks);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('lists that deals refer to', () => {
  const deals = write(
    'deals.csv',
    `${HEADER.trim()},Account,Product\n1,A,Lead,1,Ann,2026-12-01,2026-10-20,Acme,GTXPro\n2,B,Lead,1,Bo,2026-12-01,2026-10-20,Nobody,GTX Basic\n`,
  );
  const accounts = write('accounts.csv', 'Account Name,City\nACME,Berlin\nBeta,Paris\n');
  const products = write('products.csv', 'product,price\nGTX Pro,5\nGTX Basic,1\n');

  it('are looked up both ways', async () => {
    const report = await audit({ file: deals, tables: { accounts, products } });
    expect(ruleOf(report, 'link/account-unknown')?.counts).toMatchObject({ checked: 2, violating: 1 });
    expect(ruleOf(report, 'link/account-without-deal')?.counts).toMatchObject({ checked: 2, violating: 1 });
    const unused = report.findings.find(({ rule }) => rule === 'link/account-without-deal');
    expect(unused?.at).toMatchObject({ file: accounts, cell: 'A3', line: 3 });
    const product = report.findings.find(({ rule }) => rule === 'link/product-unknown');
    expect(product).toMatchObject({ message: 'near', args: { value: 'GTXPro', near: 'GTX Pro' } });
    expect(report.inputs.filter(({ role }) => role === 'table').map(({ table }) => table)).toEqual([
      'accounts',
      'products',
    ]);
  });

  it('call for their rules only where they are given', async () => {
    const report = await audit({ file: deals });
    expect(report.rules.filter(({ kind }) => kind === 'exists')).toEqual([]);
  });

  it('must have a column that deals can name, and a name that the rules know', async () => {
    const strange = write('strange.csv', 'Town,Size\nBerlin,1\n');
    await expect(audit({ file: deals, tables: { accounts: strange } })).rejects.toMatchObject({
      code: 'tables/no-key',
    });
    await expect(audit({ file: deals, tables: { acounts: accounts } })).rejects.toMatchObject({
      code: 'tables/no-table',
      args: { known: 'accounts, products, users' },
    });
  });

  it('count deals that the change log does not know', async () => {
    const history = write('log.csv', 'deal_id,to_stage,changed_at\n1,Lead,2026-10-01\n');
    const report = await audit({ file: deals, history });
    expect(ruleOf(report, 'link/deal-without-history')?.counts).toMatchObject({ checked: 2, violating: 1 });
  });
});

describe('files at a limit, and files that are old', () => {
  it('warns at exactly so many rows', async () => {
    const of = (rows: number): string => write(`rows-${rows}.csv`, `ID,Stage\n${'1,Lead\n'.repeat(rows)}`);
    expect(ruleOf(await audit({ file: of(2000) }), 'input/truncated')?.verdict).toBe('warn');
    expect(ruleOf(await audit({ file: of(1999) }), 'input/truncated')?.verdict).toBe('pass');
    // A spreadsheet counts its header too.
    expect(ruleOf(await audit({ file: of(65_535) }), 'input/truncated')?.verdict).toBe('warn');
  });

  it('warns where nothing has changed for more than a week', async () => {
    const file = write(
      'stale.csv',
      'ID,Stage,Created Date,Last Modified Date\n1,Lead,2026-10-01,2026-10-24\n2,Lead,2026-10-01,2027-01-01\n',
    );
    const fresh = ruleOf(await audit({ file, asOf: '2026-10-31' }), 'input/stale-export');
    expect(fresh).toMatchObject({ verdict: 'pass', figure: { value: 7, of: 2, unit: 'days' } });
    expect(ruleOf(await audit({ file, asOf: '2026-11-01' }), 'input/stale-export')?.verdict).toBe('warn');
  });
});

describe('what is easily mistaken', () => {
  it('is a change log named as the list of deals, which is said', async () => {
    const log = write(
      'log2.csv',
      'OpportunityId,FromOpportunityStageName,StageName,CreatedDate\n1,Lead,Proposal,2026-10-01\n',
    );
    const told = (await audit({ file: log })).inputs.flatMap(({ notices }) => notices.map(({ code }) => code));
    expect(told).toContain('table/looks-like-log');
    const deals = write('plain.csv', `${HEADER}1,A,Lead,1,Ann,2026-12-01,2026-10-20\n`);
    const quiet = (await audit({ file: deals })).inputs.flatMap(({ notices }) => notices.map(({ code }) => code));
    expect(quiet).not.toContain('table/looks-like-log');
  });

  it('are ids that a spreadsheet has rounded, by which nothing is joined', async () => {
    const rows = '1.2E+17,A,Lead,1,Ann,2026-12-01,2026-10-20\n';
    const one = write('r1.csv', HEADER + rows);
    const two = write('r2.csv', HEADER + rows);
    const { inputs } = await audit({ file: [one, two] });
    expect(inputs.map(({ rows: { audited } }) => audited)).toEqual([1, 1]);
    expect(inputs.flatMap(({ notices }) => notices.map(({ code }) => code))).toContain('list/rounded-ids');
  });

  it('is the age of a file whose log is newer than its list', async () => {
    const file = write('old.csv', 'ID,Stage,Created Date\n1,Lead,2026-01-01\n');
    const history = write('new-log.csv', 'deal_id,to_stage,changed_at\n1,Lead,2026-10-30\n');
    expect(ruleOf(await audit({ file, history }), 'input/stale-export')?.figure?.value).toBe(2);
  });
});

it('amounts of a workbook are in the currency that their number format shows', async () => {
  const book = utils.book_new();
  const rows = [
    ['Deal ID', 'Stage', 'Amount'],
    ['1', 'Lead', 1000],
    ['2', 'Lead', 2000.5],
    ['3', 'Lead', -5],
  ];
  const sheet = utils.aoa_to_sheet(rows);
  for (const [cell, format] of [
    ['C2', '"$"#,##0.00'],
    ['C3', '[$€-407] #,##0.00'],
    ['C4', '$#,##0'],
  ] as const) {
    sheet[cell].z = format;
  }
  utils.book_append_sheet(book, sheet, 'Deals');
  for (const [name, bookType] of [
    ['money.xlsx', 'xlsx'],
    ['money.xls', 'biff8'],
  ] as const) {
    const file = memoryBytes(name, writeBook(book, { type: 'buffer', bookType }));
    const report = await audit({ file });
    const funnel = JSON.stringify(report.metrics['funnel']);
    expect(funnel).toContain('USD');
    expect(funnel).toContain('EUR');
    expect(funnel).not.toContain('XXX');
  }
});
