import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CycleResult } from '../../src/metrics/pipeline/cycle.ts';
import type { FunnelResult } from '../../src/metrics/pipeline/funnel.ts';
import type { WinRateResult } from '../../src/metrics/win/win-rate.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { auditReference, metricOf, ruleOf, rulesFile, sharedData } from './reference-audit.ts';

const FILE = sharedData('maven-crm/sales_pipeline.csv');

const RULES = `version: 1
extends: [funnelint:recommended]
source: {currency: USD}
fields:
  created: {column: [engage_date]}
  amount: {column: [close_value]}
stages:
  - {id: prospecting, match: [Prospecting]}
  - {id: engaging, match: [Engaging]}
  - {id: won, kind: won, match: [Won]}
  - {id: lost, kind: lost, match: [Lost]}
rules:
  my/account-missing-when-closed:
    where: stage.kind in [won, lost]
    required: account
  my/not-engaged: {required: created, per: stage}
  my/unknown-product:
    allowed: {field: product, values: [GTX Basic, GTX Pro, MG Special, MG Advanced, GTX Plus Pro, GTX Plus Basic, GTK 500]}
`;

it.skipIf(!existsSync(FILE))('agrees with what is known of 8,800 public deals', async () => {
  const ruleset = loadRuleset({ file: rulesFile(RULES), packs: [] });
  const report = await auditReference({ file: FILE, ruleset, asOf: '2017-12-31' });
  expect(report.faults).toEqual([]);
  expect(report.inputs[0]?.rows).toEqual({ read: 8800, audited: 8800, setAside: 0, blank: 0 });

  const funnel = metricOf<FunnelResult>(report, 'funnel');
  expect(Object.fromEntries(funnel.stages.map(({ stage, deals }) => [stage, deals]))).toEqual({
    prospecting: 500,
    engaging: 1589,
    won: 4238,
    lost: 2473,
  });
  expect(funnel.kinds.won.amounts).toEqual({ USD: 10_005_534 });

  const winRate = metricOf<WinRateResult>(report, 'winRate');
  expect(winRate.closed).toMatchObject({ count: 4238, of: 6711 });
  expect(winRate.closed.value).toBeCloseTo(0.6315, 4);
  expect(winRate.toDate.value).toBeCloseTo(0.4816, 4);
  // Every lost deal has the value 0, so a rate by value would be 100% whatever happened.
  expect(winRate.byValue.byCurrency[0]).toMatchObject({ currency: 'USD', value: null, lostAmount: 0 });

  const { won } = metricOf<CycleResult>(report, 'cycle');
  expect(won).toMatchObject({ deals: 4238, medianDays: 57, uncomputable: 0, negative: 0 });
  expect(won.meanDays).toBeCloseTo(51.78, 2);

  expect(ruleOf(report, 'deal/no-account').counts).toMatchObject({ checked: 8800, violating: 1425 });
  expect(ruleOf(report, 'my/account-missing-when-closed').counts).toMatchObject({ checked: 6711, violating: 0 });

  const engaged = ruleOf(report, 'my/not-engaged').segments.map(({ segment, counts }) => [segment, counts.violating]);
  expect(Object.fromEntries(engaged)).toEqual({ Prospecting: 500, Engaging: 0, Won: 0, Lost: 0 });

  expect(ruleOf(report, 'my/unknown-product').counts).toMatchObject({ checked: 8800, violating: 1480 });
  const products = report.findings.filter(({ rule }) => rule === 'my/unknown-product').map(({ value }) => value);
  expect(new Set(products)).toEqual(new Set(['GTXPro']));
});
