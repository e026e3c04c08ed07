import { expect, it } from 'vitest';
import { FIGURE_UNITS } from '../../src/ruleset/figure-units.ts';
import { auditTables, ruleOf } from '../kinds/audit-rules.ts';

/** How each figure is asked for. */
const CALLS: Readonly<Record<string, string>> = {
  share: 'share(amount > 5)',
  conversion: 'conversion(lead, proposal)',
  conversion_window: 'conversion_window(lead)',
  pass_through: 'pass_through(lead)',
  win_from: 'win_from(lead)',
  win_rate: 'win_rate',
  win_value_rate: 'win_value_rate',
  completeness: 'completeness',
  filled: 'filled(amount)',
  dwell: 'dwell(lead)',
  cycle: 'cycle',
  data_age: 'data_age',
  count: 'count',
  lost_here: 'lost_here(lead)',
  portion: 'portion(lead)',
  top_share: 'top_share(owner, 1)',
  concordance: 'concordance(amount)',
  attainment: 'attainment',
  flow: 'flow(lead)',
  resolved: 'resolved(lead)',
  entries: 'entries(lead)',
  known: 'known(amount)',
  correlation: 'correlation(amount, amount)',
  cliff: 'cliff(lead)',
  weighted: 'weighted(stage)',
};
/** Amounts are compared with bare numbers. */
const UNITS: Readonly<Record<string, readonly string[]>> = { number: ['number', 'money'] };

const DEALS = `id,stage,amount,probability,owner,created,close,closed,modified
1,Won,10,100%,Ann,2026-01-01,2026-02-01,2026-02-01,2026-02-01
2,Lost,4,0%,Ann,2026-01-01,2026-03-01,2026-03-01,2026-03-01
3,Lead,7,20%,Ann,2026-05-01,2026-06-20,,2026-05-30
`;
const HISTORY = `deal_id,to_stage,changed_at
1,Lead,2026-01-01
1,Proposal,2026-01-10
1,Won,2026-02-01
2,Lead,2026-01-01
2,Lost,2026-03-01
3,Lead,2026-05-01
`;

it.each([...FIGURE_UNITS])('%s is in the unit that thresholds are checked by: %s', async (figure, unit) => {
  const rules = `version: 1\nrules: {my/rule: {metric: "${CALLS[figure] ?? figure}", fail: "> 0"}}\ntargets: [{metric: won_amount, at_least: 50, until: 2026-12-31}]\n`;
  const report = await auditTables({ rules, deals: DEALS, history: HISTORY, previous: { '2026-05-15': DEALS } });
  expect(report.faults).toEqual([]);
  expect(UNITS[unit] ?? [unit]).toContain(ruleOf(report, 'my/rule').figure?.unit);
});
