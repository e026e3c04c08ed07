import { expect, it } from 'vitest';
import { auditTables, messagesOf } from './audit-rules.ts';

it('names the stage of an empty field only where the rule is about stages', async () => {
  const deals = 'id,stage,amount,close,owner\n1,Proposal,5,,Li Na\n2,Dreaming,5,2026-07-01,\n';
  const report = await auditTables({ deals });
  expect(messagesOf(report, 'field/required-missing')).toEqual(['Close date is empty at stage Proposal']);
  expect(messagesOf(report, 'owner/missing')).toEqual(['Owner is empty']);
  expect(messagesOf(report, 'owner/missing', 'zh')).toEqual(['「负责人」为空']);
});

it('says the same where one of several fields would do', async () => {
  const rules = `version: 1
extends: [funnelint:recommended]
rules:
  my/anywhere: {required: {any: [contact, account]}}
  my/at-stage: {required: {any: [contact, account], from: proposal}}
`;
  const report = await auditTables({ rules, deals: 'id,stage,contact,account\n1,Proposal,,\n2,Dreaming,,\n' });
  expect(messagesOf(report, 'my/anywhere')).toEqual(Array(2).fill('none of Contact, Account is filled'));
  expect(messagesOf(report, 'my/at-stage')).toEqual(['none of Contact, Account is filled at stage Proposal']);
  // Where nobody named a CRM, stages go by the words of the list, in either language.
  expect(messagesOf(report, 'my/at-stage', 'zh')).toEqual(['阶段「Proposal」的 联系人、客户 均未填写']);
});

it('writes row numbers without a separator of thousands', async () => {
  const rows = Array.from({ length: 1_200 }, (_, row) => `${row === 1_100 ? 1_000 : row},Lead`);
  const report = await auditTables({ deals: `id,stage\n${rows.join('\n')}\n` });
  expect(messagesOf(report, 'duplicate/id')[0]).toBe('same Deal ID in 2 rows (1002, 1102): 1000');
});
