import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/report/report.ts';
import { auditTables, dealsOf, messagesOf, ruleOf } from './audit-rules.ts';

const STAGES = `stages:
  - {id: lead, label: {en: Lead, zh: 线索}, deliverable: budget}
  - {id: offer, label: {en: Offer, zh: 报价}, deliverable: next_step}
  - {id: talk, label: {en: Talk, zh: 谈判}}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
  - {id: hold, kind: dormant, label: {en: Hold, zh: 搁置}}
`;

function audit(rule: string, deals: string, stages = STAGES): Promise<AuditReport> {
  return auditTables({ rules: `version: 1\n${stages}rules:\n  my/rule: {required: ${rule}}\n`, deals });
}

describe('after a stage', () => {
  it('deals that have left it are asked, and no others', async () => {
    const report = await audit(
      '{any: [budget, decision_role], after: offer}',
      `id,stage,budget,decision_role
1,Lead,,
2,Offer,,
3,Talk,,
4,Talk,5,
5,Won,,
6,Lost,,
7,Hold,,
8,Elsewhere,,
`,
    );
    expect(dealsOf(report, 'my/rule')).toEqual(['3', '5']);
    expect(messagesOf(report, 'my/rule')[0]).toBe('none of Budget, Decision role is filled at stage Talk');
    expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 3, violating: 2, unknown: 1 });
  });
});

describe('fields of which one is enough', () => {
  it('are not run without a column for any of them, and judged by those there are', async () => {
    const without = await audit('{any: [budget, decision_role]}', 'id,stage\n1,Lead\n');
    expect(ruleOf(without, 'my/rule')).toMatchObject({
      verdict: 'not-run',
      reason: { en: 'no column for Budget or Decision role', zh: '缺少列：预算 或 决策链角色' },
    });
    const one = await audit('{any: [budget, decision_role]}', 'id,stage,decision_role\n1,Lead,\n2,Lead,boss\n');
    expect(dealsOf(one, 'my/rule')).toEqual(['1']);
    expect(one.findings.find(({ rule }) => rule === 'my/rule')?.field).toBe('decision_role');
  });
});

describe('fields that go together', () => {
  it('are filled all or not at all', async () => {
    const report = await audit(
      '{together: [budget, decision_role, next_step]}',
      'id,stage,budget,decision_role,next_step\n1,Lead,5,,\n2,Lead,,,\n3,Lead,5,boss,call\n4,Lead,5,boss,N/A\n',
    );
    expect(dealsOf(report, 'my/rule')).toEqual(['1', '4']);
    expect(messagesOf(report, 'my/rule', 'zh')).toEqual([
      '已填写预算，但决策链角色、下一步计划为空',
      '已填写预算、决策链角色，但下一步计划为空',
    ]);
  });

  it('need a column each', async () => {
    const report = await audit('{together: [budget, decision_role]}', 'id,stage,budget\n1,Lead,5\n');
    expect(ruleOf(report, 'my/rule').verdict).toBe('not-run');
  });
});

it('fields that must be empty are found filled', async () => {
  const rule = '{none: [closed, loss_reason]}';
  const report = await audit(rule, 'id,stage,loss_reason\n1,Lead,price\n2,Lead,\n3,Lead,-\n');
  expect(messagesOf(report, 'my/rule')).toEqual(['Loss reason is filled, but should be empty: price']);
  expect(ruleOf(await audit(rule, 'id,stage\n1,Lead\n'), 'my/rule').verdict).toBe('not-run');
});

describe('deliverables', () => {
  it('are those of the stages behind a deal', async () => {
    const report = await audit(
      '{by: deliverables}',
      'id,stage,budget,next_step\n1,Lead,,\n2,Offer,,\n3,Talk,5,\n4,Won,5,sent\n5,Lost,,\n',
    );
    expect(messagesOf(report, 'my/rule')).toEqual([
      'Budget is empty at stage Offer',
      'Next step is empty at stage Talk',
    ]);
    expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 3, violating: 2 });
  });

  it('are not run without a column for one, nor without a stage that has one', async () => {
    const without = await audit('{by: deliverables}', 'id,stage\n1,Talk\n');
    expect(ruleOf(without, 'my/rule').reason?.en).toBe('no column for Budget or Next step');
    const none = await audit('{by: deliverables}', 'id,stage,budget\n1,Won,\n', '');
    expect(ruleOf(none, 'my/rule').reason?.en).toBe('no stage has a deliverable');
  });
});

it('says each form that is broken, and passes when all hold', async () => {
  const rule = '{fields: owner, any: [budget, source], together: [amount, close], none: loss_reason}';
  const report = await audit(
    rule,
    'id,stage,owner,budget,source,amount,close,loss_reason\n1,Lead,,,,5,,price\n2,Lead,Ann,5,,5,2026-07-01,\n',
  );
  expect(messagesOf(report, 'my/rule')).toEqual([
    'Owner is empty',
    'none of Budget, Source is filled',
    'Amount filled, but Close date empty',
    'Loss reason is filled, but should be empty: price',
  ]);
  expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 2, violating: 1 });
});
