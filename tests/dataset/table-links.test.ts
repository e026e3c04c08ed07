import { describe, expect, it } from 'vitest';
import { auditWithRule } from '../rulebook/fixture.ts';

const DEALS = 'id,name,stage,amount,competitor\n1,North,Won,100,无\n2,South,Won,100,\n';

async function noticesOf(contracts: string): Promise<readonly [readonly string[], number]> {
  const report = await auditWithRule('win/no-contract-record', { deals: DEALS, tables: { contracts } });
  const input = report.inputs.find(({ role }) => role === 'table');
  return [(input?.notices ?? []).map(({ code }) => code), report.rules[0]?.counts.violating ?? -1];
}

describe('a table that names deals', () => {
  it('is joined by their ids', async () => {
    expect(await noticesOf('合同编号,商机编号,合同金额\nC1,1,100\n')).toEqual([[], 1]);
  });

  it('is joined by their names where it has no id of any, and says so', async () => {
    expect(await noticesOf('合同编号,关联商机,合同金额\nC1,North,100\n')).toEqual([['tables/by-name'], 1]);
  });

  it('says so where not one row names a deal', async () => {
    expect(await noticesOf('合同编号,关联商机,合同金额\nC1,West,100\n')).toEqual([['tables/no-match'], 2]);
  });
});

it('takes a word for an empty cell as an answer where the field says so', async () => {
  const report = await auditWithRule('field/conditional-competitor-missing', {
    deals: 'id,stage,competitor\n1,Lead,\n2,Contacted,\n3,Qualified,无\n4,Proposal,无\n5,Negotiation,\n6,Negotiation,待定\n',
  });
  expect(report.findings.map(({ deal }) => deal)).toEqual(['5', '6']);
});
