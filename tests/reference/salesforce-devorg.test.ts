import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FunnelResult } from '../../src/metrics/pipeline/funnel.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { auditReference, metricOf, ruleOf, sharedData } from './reference-audit.ts';

const FILE = sharedData('salesforce-devorg-export/Opportunity.csv');
const HISTORY = sharedData('salesforce-devorg-export/OpportunityHistory.csv');

it.skipIf(!existsSync(FILE))('reads the Data Export of a stock Salesforce organisation', async () => {
  const ruleset = loadRuleset({ file: null, packs: ['salesforce'] });
  const report = await auditReference({ file: FILE, history: HISTORY, ruleset, asOf: '2020-03-24' });
  expect(report.faults).toEqual([]);
  expect(report.inputs.map(({ role, rows }) => [role, rows.read, rows.audited])).toEqual([
    ['deals', 31, 31],
    ['history', 62, 62],
  ]);
  expect(ruleOf(report, 'stage/unknown')).toMatchObject({ verdict: 'pass', counts: { checked: 31, violating: 0 } });
  expect(ruleOf(report, 'stage/label-variant').counts.violating).toBe(0);
  // The probabilities are those of the pack, which were measured in such an organisation.
  expect(ruleOf(report, 'deal/probability-off-stage').counts).toMatchObject({ checked: 13, violating: 0 });

  expect(report.shape).toBe('history');
  const funnel = metricOf<FunnelResult>(report, 'funnel');
  expect(funnel).toMatchObject({ dealsWithoutHistory: 0, stageDisagreements: 0 });
  expect(ruleOf(report, 'process/history-gap').counts).toMatchObject({ checked: 31, violating: 0 });
  // Imported at one second: each open deal has one stay, no deal has ever moved, and the log holds no time.
  expect(report.history).toMatchObject({ rows: 62 });
  expect(metricOf<{ readonly basis: string }>(report, 'conversion').basis).toBe('snapshot');
  for (const metric of ['dwell', 'stalled', 'moves']) {
    expect(report.metrics[metric]?.missing?.en, metric).toContain('within one second');
  }
});
