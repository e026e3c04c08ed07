import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-rates-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const RATES = 'rates: {to: CNY, on: 2026-10-30, of: {USD: 7.12, EUR: 8.3}}\n';
const STAGES = 'stages: [{id: Lead}, {id: Won, kind: won}, {id: Lost, kind: lost}]\n';

async function audit(deals: string, rules: string, rest = ''): Promise<AuditReport> {
  const config = write('funnelint.yaml', `version: 1\nextends: []\n${FIELDS}${STAGES}${rules}${rest}`);
  const ruleset = loadRuleset({ file: config, packs: [] });
  return runAudit({ ...PLAIN_REQUEST, file: write('deals.csv', deals), ruleset, asOf: '2026-11-01' });
}

const FIELDS = `fields:
  id: {column: ID}
  stage: {column: Stage}
  amount: {column: Amount, type: money}
  currency: {column: Currency}
`;

type FunnelResult = { readonly stages: readonly { readonly amounts: Readonly<Record<string, number>> }[] };

function amountsOf(report: AuditReport): Readonly<Record<string, number>> | undefined {
  return (report.metrics['funnel']!.result as FunnelResult).stages[0]?.amounts;
}

describe('exchange rates of the rules file', () => {
  const deals = 'ID,Stage,Amount,Currency\n1,Lead,100,USD\n2,Lead,100,CNY\n3,Lead,10.01,EUR\n4,Lead,,USD\n';

  it('add up amounts of several currencies, each converted to the cent', async () => {
    // 100 × 7.12 + 100 + 10.01 × 8.3 = 712 + 100 + 83.083, to the cent 83.08
    const report = await audit(deals, RATES);
    expect(amountsOf(report)).toEqual({ CNY: 895.08 });
    expect(report.rates).toEqual({ to: 'CNY', on: '2026-10-30', of: { USD: 7.12, EUR: 8.3 } });
  });

  it('are not guessed: without them currencies stay apart', async () => {
    const report = await audit(deals, '');
    expect(amountsOf(report)).toEqual({ CNY: 100, EUR: 10.01, USD: 100 });
    expect(report.rates).toBeUndefined();
  });

  it('leave a currency apart that they say nothing of, and say so', async () => {
    const report = await audit(`${deals}5,Lead,7,GBP\n6,Lead,8,GBP\n`, RATES);
    expect(amountsOf(report)).toEqual({ CNY: 895.08, GBP: 15 });
    const notices = report.inputs[0]?.notices.filter(({ code }) => code === 'rates/missing');
    expect(notices).toMatchObject([{ args: { currency: 'GBP', deals: 2, to: 'CNY' } }]);
  });

  it('hold for rules too, which still show the cell as the file has it', async () => {
    const rule = 'rules:\n  my/small: {assert: amount < 500, fail: "> 0 rows"}\n';
    const report = await audit(deals, RATES, rule);
    expect(report.findings.map(({ deal, value, amount }) => [deal, value, amount])).toEqual([
      ['1', '100', { value: 712, currency: 'CNY' }],
    ]);
  });

  it('know a currency by the sign in the amount', async () => {
    const report = await audit('ID,Stage,Amount\n1,Lead,US$100\n2,Lead,¥50\n', RATES, 'source: {currency: CNY}\n');
    expect(amountsOf(report)).toEqual({ CNY: 762 });
  });

  it.each([
    ['a day there is none of', '{to: CNY, on: 2026-02-30, of: {USD: 7}}', 'no such day'],
    ['a rate of nothing', '{to: CNY, on: 2026-10-30, of: {USD: 0}}', 'above zero'],
    ['a rate beyond any money', '{to: CNY, on: 2026-10-30, of: {USD: 1.0e+300}}', 'above zero, up to'],
    ['a word for a currency', '{to: CNY, on: 2026-10-30, of: {dollar: 7}}', 'currency code'],
    ['another worth of its own currency', '{to: CNY, on: 2026-10-30, of: {CNY: 2}}', 'one CNY is worth one CNY'],
  ])('are refused with %s', async (_, rates, message) => {
    await expect(audit(deals, `rates: ${rates}\n`)).rejects.toThrow(message);
  });
});
