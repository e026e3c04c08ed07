import { describe, expect, it } from 'vitest';
import { auditTables, messagesOf, ruleOf } from './audit-rules.ts';

function rulesWith(lead: string, offer: string): string {
  return `version: 1
extends: [funnelint:recommended]
stages:
  - {id: lead, label: {en: Lead, zh: 线索}, match: [Lead], exit: '${lead}'}
  - {id: offer, label: {en: Offer, zh: 报价}, match: [Offer], exit: '${offer}'}
  - {id: talk, label: {en: Talk, zh: 谈判}, match: [Talk]}
  - {id: won, kind: won, match: [Won]}
  - {id: lost, kind: lost, match: [Lost]}
rules:
  my/exit: {exit: all}
`;
}

const WHOLE = rulesWith(
  'amount > 0 and account is present',
  'coalesce(contact, owner) is present and close is present',
);

describe('exit', () => {
  it('says what is missing, once a deal, with each stage', async () => {
    const deals = `id,stage,amount,account,contact,owner,close
1,Offer,5,,,,
2,Talk,0,,,,
3,Talk,5,Acme,,Ann,2026-07-01
4,Talk,,Acme,,Ann,2026-07-01
5,Talk,5,Acme,,Ann,
`;
    const report = await auditTables({ rules: WHOLE, deals });
    expect(ruleOf(report, 'my/exit').counts).toMatchObject({ checked: 4, violating: 3, unknown: 1 });
    expect(messagesOf(report, 'my/exit')).toEqual([
      'past Lead without meeting its exit criteria; missing: Account',
      'past Lead, Offer without meeting their exit criteria; missing: Lead (amount > 0, Account), Offer (Contact or Owner, Close date)',
      'past Offer without meeting its exit criteria; missing: Close date',
    ]);
    expect(messagesOf(report, 'my/exit', 'zh')[1]).toBe(
      '已推进过「线索、报价」，但未满足这些阶段的准出标准；尚缺：线索（amount > 0、客户）、报价（联系人 或 负责人、预计成交日期）',
    );
    const cells = report.findings.filter(({ rule }) => rule === 'my/exit').map(({ at }) => at.cell);
    expect(cells).toEqual(['D2', 'D3', 'G6']);
  });

  it('points at the stage where no field is to be filled', async () => {
    const rules = rulesWith('amount > 0', 'amount > 1');
    const report = await auditTables({ rules, deals: 'id,stage,amount\n1,Offer,0\n' });
    expect(report.findings.find(({ rule }) => rule === 'my/exit')).toMatchObject({
      field: 'stage',
      at: { cell: 'B2' },
    });
  });

  it('judges the parts whose columns the file has', async () => {
    const deals = 'id,stage,account,owner\n1,Offer,,Ann\n2,Offer,Acme,\n3,Talk,Acme,\n4,Talk,Acme,Ann\n';
    const report = await auditTables({ rules: WHOLE, deals });
    expect(ruleOf(report, 'my/exit').counts).toMatchObject({ checked: 4, violating: 2, unknown: 0 });
    expect(messagesOf(report, 'my/exit')).toEqual([
      'past Lead without meeting its exit criteria; missing: Account',
      'past Offer without meeting its exit criteria; missing: Contact or Owner',
    ]);
  });

  it('takes one of several columns as enough where one of them is to be filled', async () => {
    const rules = rulesWith('contact is present or account is present', 'close is present');
    const report = await auditTables({ rules, deals: 'id,stage,account\n1,Offer,\n2,Offer,Acme\n' });
    expect(messagesOf(report, 'my/exit')).toEqual([
      'past Lead without meeting its exit criteria; missing: Contact or Account',
    ]);
  });

  it('does not run where the file has none of the columns', async () => {
    const rule = ruleOf(await auditTables({ rules: WHOLE, deals: 'id,stage\n1,Offer\n2,Talk\n' }), 'my/exit');
    expect(rule.verdict).toBe('not-run');
    expect(rule.reason?.en).toBe('no column for Amount, Account, Contact or Owner, Close date');
    expect(rule.reason?.zh).toMatch(/^缺少列：/);
    const withTable = rulesWith('count(contracts) > 0', 'count(contracts) > 1');
    const extended = withTable.replace('[funnelint:recommended]', '[funnelint:recommended, funnelint:fields]');
    const absent = ruleOf(await auditTables({ rules: extended, deals: 'id,stage\n1,Offer\n' }), 'my/exit');
    expect(absent.reason).toEqual({
      en: 'needs the table of contracts: --table contracts=contracts.csv',
      zh: '需要合同表：--table contracts=contracts.csv',
    });
  });

  it('does not run where a header in backticks is absent', async () => {
    const rules = rulesWith('`Signed off` is present', '`Signed off` = "yes"');
    const rule = ruleOf(await auditTables({ rules, deals: 'id,stage\n1,Talk\n' }), 'my/exit');
    expect(rule.reason?.en).toBe('no column “Signed off”');
  });
});
