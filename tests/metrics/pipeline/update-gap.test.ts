import { expect, it } from 'vitest';
import { auditTables, ruleOf } from '../../kinds/audit-rules.ts';

const RULES = `version: 1
extends: [funnelint:recommended]
rules:
  my/gap: {metric: update_gap, warn: "> 30d", severity: warn}
`;

async function gapOf(deals: readonly string[], history: readonly string[]) {
  const report = await auditTables({
    rules: RULES,
    deals: `id,stage\n${deals.join('\n')}\n`,
    history: `deal_id,to_stage,changed_at,amount_at\n${history.join('\n')}\n`,
  });
  return ruleOf(report, 'my/gap').figure;
}

it('is the median of the waits for the next update, those that last included', async () => {
  const figure = await gapOf(
    ['1,Lead', '2,Lost'],
    [
      '1,Lead,2026-04-16,1',
      '1,Lead,2026-04-21,2',
      '1,Lead,2026-04-21,3',
      '1,Lead,2026-05-01,4',
      '2,Lead,2026-04-01,1',
      '2,Lost,2026-04-06,1',
    ],
  );
  // Waits of 5, 5 and 10 days, and one of 31 that lasts; a lost deal waits for nothing. Half are over after 5 days, so
  // R's rule takes the middle between 5 and the next end, 10.
  expect(figure).toMatchObject({ value: 7.5, of: 4, unit: 'days' });
});

it('is not known where most waits are not over', async () => {
  const figure = await gapOf(['1,Lead', '2,Lead'], ['1,Lead,2026-03-01,1', '2,Lead,2026-05-01,1']);
  expect(figure).toMatchObject({ value: null, of: 2 });
});

it.each([
  ['2026-05-23', 'inconclusive'],
  ['2026-04-01', 'warn'],
])('of thirty deals without an update since %s is %s', async (since, verdict) => {
  // Nine days without an update leave open whether the median is over 30 days; 61 days do not, as one of thirty waits
  // would be over by then but for a chance of 1 in 2^30.
  const ids = Array.from({ length: 30 }, (_, id) => id);
  const report = await auditTables({
    rules: RULES,
    deals: `id,stage\n${ids.map((id) => `${id},Lead`).join('\n')}\n`,
    history: `deal_id,to_stage,changed_at\n${ids.map((id) => `${id},Lead,${since}`).join('\n')}\n`,
  });
  expect(ruleOf(report, 'my/gap').verdict).toBe(verdict);
});
