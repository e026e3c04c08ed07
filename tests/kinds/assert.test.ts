import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { findingBlocks } from '../../src/report/findings-view.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';
import { auditTables, messagesOf, ruleOf, type Tables } from './audit-rules.ts';

const CONTRACTS = `Contract ID,Deal ID,Contract Amount,Signed Date
K1,A,100000,2026-04-01
K2,A,68000,2026-05-02
K3,B,7,2026-03-03
`;
const ACTIVITIES =
  'Activity ID,Deal ID,Activity Date,Activity Type\nT1,A,2026-05-24 16:04,call\nT2,B,2026-01-02,mail\n';

function audit(expression: string, more: Partial<Tables> = {}) {
  const rules = `version: 1
extends: [funnelint:recommended, funnelint:fields]
rules:
  my/rule: {assert: ${JSON.stringify(expression)}}
`;
  const deals = 'id,stage,amount,created,stage_entered\nA,Lead,5,2026-01-01,2026-04-21\n';
  return auditTables({ rules, deals, tables: { contracts: CONTRACTS, activities: ACTIVITIES }, ...more });
}

/** What stands behind “found” in English and in Chinese. */
async function foundIn(expression: string, more: Partial<Tables> = {}): Promise<readonly (string | undefined)[]> {
  const report = await audit(expression, more);
  expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  const [en] = messagesOf(report, 'my/rule');
  const [zh] = messagesOf(report, 'my/rule', 'zh');
  return [en?.split('; found ')[1], zh?.split('；实际为 ')[1]];
}

describe('values that no cell holds', () => {
  it.each([
    ['sum(contracts, amount) < 0', 'Contracts: sum of Amount 168,000', '合同的合同金额合计 168,000'],
    ['count(contracts) = 0', 'Contracts: 2', '合同：2 条'],
    ['count(contracts, amount > 70000) = 0', 'Contracts that match: 1', '符合条件的合同：1 条'],
    ['count(activities, at > today - 5d) > 0', 'Activities that match: 0', '符合条件的跟进记录：0 条'],
    ['any(activities, type = "x")', 'Activities that match: no', '符合条件的跟进记录：否'],
    ['avg(contracts, amount) < 0', 'Contracts: average Amount 84,000', '合同的合同金额平均 84,000'],
    ['min(contracts, amount) < 0', 'Contracts: lowest Amount 68,000', '合同的最小合同金额 68,000'],
    ['max(contracts, signed) > today', 'Contracts: latest Signed 2026-05-02', '合同的最晚签订日期 2026-05-02'],
    [
      'last(activities, at) > today',
      'Activities: last Date 2026-05-24 16:04',
      '末条跟进记录的跟进时间 2026-05-24 16:04',
    ],
    ['first(activities, type) = "x"', 'Activities: first Type call', '首条跟进记录的跟进方式 call'],
    ['stage.age < 30d', 'in stage for 41 days', '在当前阶段 41 天'],
    ['stage.entered > today', 'in stage since 2026-04-21', '进入当前阶段的时间 2026-04-21'],
    ['sum(contracts, amount * 2) < 0', 'Contracts: sum of “amount * 2” 336,000', '合同的“amount * 2”合计 336,000'],
    [
      'count(contracts) = 1 or count(contracts) = 3 or count(activities) = 5',
      'Contracts: 2, Activities: 1',
      '合同：2 条、跟进记录：1 条',
    ],
    [
      'amount > 10 and sum(contracts, amount) > 0',
      'Amount 5, Contracts: sum of Amount 168,000',
      '金额 5、合同的合同金额合计 168,000',
    ],
  ])('%s', async (expression, en, zh) => {
    expect(await foundIn(expression)).toEqual([en, zh]);
  });

  it('are ranks in words', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((amount) => `${amount},Lead,${amount}`);
    const deals = `id,stage,amount\n${rows.join('\n')}\n`;
    expect(await foundIn('percent_rank(amount) < 80%', { deals })).toEqual([
      'Amount 6, Amount: rank 83.3% (share with a lower value)',
      '金额 6、金额的排位 83.3%（低于该值的占比）',
    ]);
    expect((await foundIn('percent_rank(stage.age) > 90%'))[0]).toContain('time in stage: rank 0%');
  });

  it('are labelled as those of the change log, of deals and of an earlier export', async () => {
    const more = {
      history: 'deal_id,to_stage,changed_at\nA,Lead,2026-04-21\n',
      previous: { '2026-05-01': 'id,stage,amount\nA,Lead,3\n' },
    };
    expect((await foundIn('count(history) > 5', more))[1]).toBe('变更记录：1 条');
    expect(await foundIn('sum(previous, amount) > 5', more)).toEqual([
      'Earlier export: sum of Amount 3',
      '早期导出的金额合计 3',
    ]);
  });
});

it('shows dates with a time as the clock does, and others as the file has them', async () => {
  const deals = 'id,stage,created,closed\nA,Lead,2026-09-24T16:04:00,2026-09-25\n';
  expect((await foundIn('created < today and closed < today', { deals }))[0]).toBe(
    'Created 2026-09-24 16:04, Closed on 2026-09-25',
  );
});

it('goes by its expression without a title, and gives no advice of its own', async () => {
  const report = await audit('amount > 10');
  expect(ruleOf(report, 'my/rule')).toMatchObject({ title: { en: 'amount > 10', zh: 'amount > 10' }, advice: null });
  const lines = renderDocument(findingBlocks(report, createTranslator('en', report.labels), 5), {
    lang: 'en',
    width: 100,
    colour: false,
  });
  expect(lines).toContain('my/rule  amount > 10');
  expect(lines).not.toContain('Correct the values');
});

it('asks for the dates of stages, and for a benchmark with a line to copy', async () => {
  const rules = `version: 1
extends: [funnelint:recommended]
rules:
  my/order: {order: {steps: [signed, paid], stages: entered}}
  my/dwell: {dwell: {stage: any, benchmark: 1.3}}
  my/target: {metric: {figure: win_rate, against: target, unit: pp}, fail: "< -5 pp"}
`;
  const report = await auditTables({
    rules: rules.replace('[signed, paid]', '[created, closed]'),
    deals: 'id,stage,stage_entered\n1,Lead,2026-05-01\n',
  });
  expect(ruleOf(report, 'my/order').reason?.en).toMatch(/^needs the dates of entry into stages/);
  expect(ruleOf(report, 'my/dwell').reason?.zh).toMatch(/请写上：benchmarks: \{dwell: \{lead: 12d\}\}$/);
  expect(ruleOf(report, 'my/target').reason?.en).toMatch(
    /write targets: \[\{metric: win_rate, at_least: 25%, until: 2026-12-31\}\]$/,
  );
});

it('points at the cell of a column that is named by its header', async () => {
  const deals = 'id,stage,Approval\n1,Lead,Pending\n';
  const rules = 'version: 1\nrules: {my/rule: {assert: "`Approval` = \\"Approved\\""}}\n';
  const report = await auditTables({ deals, rules });
  const [finding] = report.findings.filter(({ rule }) => rule === 'my/rule');
  expect(finding?.at.cell).toBe('C2');
  expect(finding?.value).toBe('Pending');
});
