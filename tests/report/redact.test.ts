import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type AuditRequest, runAudit } from '../../src/audit.ts';
import { compareReports } from '../../src/report/compare/compare.ts';
import { createPartReplacer } from '../../src/report/redact-parts.ts';
import { redactedText } from '../../src/report/redact-text.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { VIEW_NAMES } from '../../src/report/views/names.ts';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';
import { renderedText } from '../reporters/rendered.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-redact-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
function write(name: string, text: string): string {
  written += 1;
  const path = join(folder, `${written}-${name}`);
  writeFileSync(path, text);
  return path;
}

function audit(deals: string, more: Partial<AuditRequest> = {}, rules = 'version: 1\n'): Promise<AuditReport> {
  return runAudit({
    ...PLAIN_REQUEST,
    file: write('deals.csv', deals),
    ruleset: loadRuleset({ file: write('rules.yaml', `extends: [funnelint:recommended]\n${rules}`), packs: [] }),
    asOf: '2026-06-01',
    details: true,
    ...more,
  });
}

describe('redactedText', () => {
  // printf '王伟' | sha256sum; printf '王伟' | openssl dgst -sha256 -hmac secret
  it('is the beginning of the hash, or of the keyed one', () => {
    expect(redactedText('王伟', null)).toBe('#0c6e5fe8');
    expect(redactedText('王伟', 'secret')).toBe('#1b08a4b0');
  });

  it('does not mind blanks around a value, and leaves an empty one empty', () => {
    expect(redactedText(' 王伟 ', null)).toBe(redactedText('王伟', null));
    expect(redactedText('  ', null)).toBe('');
  });
});

describe('a secret inside a text', () => {
  const replace = createPartReplacer(
    new Set(['Ann', 'Ann Lee', 'Acme', '王伟', '李', 'a b']),
    (secret) => `<${secret}>`,
  );

  it.each([
    ['Ann Lee - renewal', '<Ann Lee> - renewal'],
    ['renewal for Ann', 'renewal for <Ann>'],
    ['Annual renewal', 'Annual renewal'],
    ['Joann', 'Joann'],
    ['Acme/Ann', '<Acme>/<Ann>'],
    ['客户王伟的续约', '客户<王伟>的续约'],
    ['李', '李'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(replace(text)).toBe(expected);
  });
});

const DEALS = `id,name,account,owner,stage,amount,close,created
1,Acme - renewal,Acme,won,Proposal,100,2026-01-10,2025-10-01
2,Acme - new,Acme,2026-10,Won,250,2026-05-01,2025-11-01
3,Bolt,Bolt,pass,Lead,70,2026-09-01,2025-12-01
3,Cord,Cord,snapshot,Lost,80,2026-02-01,2025-12-01
`;

describe('a redacted report', () => {
  it('keeps its own words where a cell holds the same', async () => {
    const plain = await audit(DEALS);
    const redacted = await audit(DEALS, { redact: ['owner'] });
    expect(redacted.rules.map(({ verdict }) => verdict)).toEqual(plain.rules.map(({ verdict }) => verdict));
    expect(redacted.deals?.outcomes).toEqual(plain.deals?.outcomes);
    expect(redacted.deals?.owners).toEqual(
      ['won', '2026-10', 'pass', 'snapshot'].map((each) => redactedText(each, null)),
    );
    expect(JSON.stringify(redacted.metrics['funnel'])).toBe(JSON.stringify(plain.metrics['funnel']));
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(redacted))).error).toBeUndefined();
    for (const view of VIEW_NAMES) expect(await renderedText(redacted, 'terminal', { view })).not.toBe('');
  });

  it('hides a value in the text of another field', async () => {
    const { deals } = await audit(DEALS, { redact: ['account'] });
    expect(deals?.names[0]).toBe(`${redactedText('Acme', null)} - renewal`);
    expect(deals?.owners[0]).toBe('won');
  });

  it('leaves out amounts and dates of single deals, and keeps their sums', async () => {
    const plain = await audit(DEALS);
    const { deals, findings, rules, inputs } = await audit(DEALS, { redact: ['amount', 'close'] });
    expect([deals?.amounts, deals?.closes]).toEqual([Array(4).fill(null), Array(4).fill(null)]);
    expect(rules.map(({ amount }) => amount)).toEqual(plain.rules.map(({ amount }) => amount));
    expect(inputs[0]?.rows).toEqual(plain.inputs[0]?.rows);
    const late = (all: AuditReport['findings']) => all.filter(({ rule }) => rule === 'date/close-past-due');
    expect(late(plain.findings).map(({ value }) => value)).toEqual(['2026-01-10']);
    expect(late(findings).map(({ value, amount }) => [value, amount])).toEqual([
      [redactedText('2026-01-10', null), null],
    ]);
    expect(JSON.stringify(late(findings))).not.toContain('2026-01-10');
  });

  it('hides the rows that are set aside, wherever a value stands in them', async () => {
    const list = `${DEALS}\nExported by Zoe Quinn\n`;
    const plain = await audit(list);
    expect(JSON.stringify([plain.inputs, plain.findings]).split('Zoe Quinn').length).toBe(3);
    const redacted = await audit(list, { redact: ['owner'] });
    expect(redacted.inputs[0]?.setAside.map(({ excerpt }) => excerpt)).toEqual([
      redactedText('Exported by Zoe Quinn', null),
    ]);
    expect(JSON.stringify(redacted)).not.toContain('Zoe Quinn');
  });

  it('joins with an earlier one by the same hashes', async () => {
    const later = DEALS.replace('Proposal,100', 'Won,100').replace('\n3,Cord', '\n4,Cord');
    const report = (text: string, asOf: string) => audit(text, { redact: ['id'], redactKey: 'k', asOf });
    const before = { file: 'a.json', report: await report(DEALS.replace('\n3,Cord', '\n4,Cord'), '2026-05-01') };
    const after = { file: 'b.json', report: await report(later, '2026-06-01') };
    const { deals } = compareReports(before, after);
    expect([deals?.matched, deals?.won.list.map(({ deal }) => deal)]).toEqual([4, [redactedText('1', 'k')]]);
  });

  it('says whose values it hides', async () => {
    const report = await audit(DEALS, { redact: ['owner', 'account'] });
    expect(report.redacted).toEqual({ fields: ['account', 'owner'] });
    expect(await renderedText(report, 'terminal')).toContain('redacted: Account, Owner');
    expect(await renderedText(report, 'terminal', { lang: 'zh' })).toContain('已脱敏：');
    expect(await renderedText(await audit(DEALS, { redact: 'sensitive' }), 'terminal')).toContain('redacted: nothing');
    expect((await audit(DEALS)).redacted).toBeUndefined();
  });
});

describe('redact in the rules file', () => {
  const fieldsOf = async (
    line: string,
    redact: AuditRequest['redact'] = null,
  ): Promise<readonly string[] | undefined> =>
    (await audit(DEALS, { redact }, `version: 1\nfields: {owner: {sensitive: true}}\nreport: {${line}}\n`)).redacted
      ?.fields;

  it('takes the sensitive fields, those listed as well, or none', async () => {
    expect(await fieldsOf('redact: sensitive')).toEqual(['owner']);
    expect(await fieldsOf('redact: [account]')).toEqual(['account', 'owner']);
    expect(await fieldsOf('redact: false')).toBeUndefined();
    expect(await fieldsOf('redact: [account]', ['name'])).toEqual(['name', 'account', 'owner']);
    expect(await fieldsOf('redact: false', 'sensitive')).toEqual(['owner']);
  });

  it.each([
    ['redact: [acount]', 'unknown field "acount"; did you mean "account"?'],
    ['redact: sensitiv', 'did you mean "sensitive"?'],
    ['redact: true', 'expected'],
    ['redact: []', 'expected'],
  ])('refuses %s with its place', async (line, message) => {
    const error = await fieldsOf(line).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RulesetError);
    expect((error as RulesetError).diagnostics.map(({ line: at, message: { en } }) => [at, en])).toEqual([
      [4, expect.stringContaining(message)],
    ]);
  });

  it('refuses a field of the command line that no rule knows', async () => {
    const error = await audit(DEALS, { redact: ['ownr'] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'flag/no-field', message: expect.stringContaining('did you mean owner?') });
  });
});

describe('currencies', () => {
  const deals = `Deal ID,Stage,Amount,Currency,Created Date,Close Date
1,Won,100,xqzcur,2026-01-01,2026-02-01
2,Lead,200,USD,2026-01-01,2026-07-01
3,Lead,300,2026,2026-01-01,2026-07-01
`;
  const rules = 'stages: [{id: lead, match: [Lead]}, {id: won, match: [Won], kind: won}]\nversion: 1\n';

  it('that are no codes of ISO 4217 are hashed where the currency is secret', async () => {
    const report = await audit(deals, { redact: ['currency'] }, rules);
    expect(report.redacted?.fields).toContain('currency');
    const text = JSON.stringify(report);
    expect(text).not.toMatch(/xqzcur/i);
    expect(text).toContain('"USD"');
    const code = redactedText('XQZCUR', null);
    expect(report.deals?.currencies).toContain(code);
    expect(text).toContain(`"${code}":`);
    for (const format of ['terminal', 'html', 'csv'] as const) {
      expect(await renderedText(report, format)).not.toMatch(/xqzcur/i);
    }
    expect(report.asOf.date).toBe('2026-06-01');
    expect(reportSchema.safeParse(report).success).toBe(true);
  });

  it('stay where it is not', async () => {
    expect(JSON.stringify(await audit(deals, { redact: ['owner'] }, rules))).toContain('"XQZCUR"');
  });
});
