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
    deals:
      'id,stage,competitor\n1,Lead,\n2,Contacted,\n3,Qualified,无\n4,Proposal,无\n5,Negotiation,\n6,Negotiation,待定\n',
  });
  expect(report.findings.map(({ deal }) => deal)).toEqual(['5', '6']);
});

describe('rows of other tables', () => {
  const quotes = (rows: string): Promise<string | undefined> =>
    auditWithRule('deal/quote-mismatch', {
      deals: 'id,stage,amount,currency\n1,Proposal,100,CNY\n',
      tables: { quotes: `报价单编号,商机编号,报价总额,报价日期,币种\n${rows}` },
    }).then((report) => report.rules[0]?.verdict);

  it('are in order of their date, whatever the order of the file', async () => {
    expect(await quotes('Q1,1,80,2026-01-01,CNY\nQ2,1,100,2026-03-01,CNY\n')).toBe('pass');
    expect(await quotes('Q2,1,100,2026-03-01,CNY\nQ1,1,80,2026-01-01,CNY\n')).toBe('pass');
    expect(await quotes('Q2,1,100,,CNY\nQ1,1,80,2026-01-01,CNY\n')).toBe('warn');
  });

  it('are held against a deal in their own currency only', async () => {
    expect(await quotes('Q1,1,100,2026-01-01,USD\n')).toBe('no-data');
    expect(await quotes('Q1,1,80,2026-01-01,\n')).toBe('warn');
  });

  it('are not yet there where they are dated after the day of the audit', async () => {
    const history = 'deal_id,to_stage,changed_at\n1,Lead,2026-01-01\n1,Won,2026-12-01\n';
    const report = await auditWithRule('owner/low-adoption', {
      deals: 'id,stage,owner\n1,Lead,Ann\n',
      history,
      rules:
        'rules:\n  owner/low-adoption: {each: owner, where: count(deals) > 0, assert: "sum(deals, count(history)) = 1", enabled: true}\n',
    });
    expect(report.rules.map(({ verdict }) => verdict)).toEqual(['pass']);
  });
});
