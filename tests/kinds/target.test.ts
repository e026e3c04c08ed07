import { expect, it } from 'vitest';
import { auditTables, messagesOf, ruleOf } from './audit-rules.ts';

const DEALS = 'id,stage,amount\n1,Won,5\n2,Lost,5\n';

async function said(check: string, targets: string): Promise<readonly string[]> {
  const rules = `version: 1\ntargets: [${targets}]\nrules: {my/check: {target: ${check}}}\n`;
  return messagesOf(await auditTables({ rules, deals: DEALS }), 'my/check');
}

it.each([
  ['{at_least: 25%}', ['target 25% names no metric']],
  ['{metric: " ", at_least: 25%, owner: 李娜}', ['target owner 李娜 names no metric']],
  ['{metric: win_rate}', []],
])('not-specific: %s', async (target, expected) => {
  expect(await said('not-specific', target)).toEqual(expected);
});

it.each([
  ['{metric: win_rate}', ['target win_rate says neither at_least nor at_most']],
  ['{metric: win_rate, at_least: soon}', ['target win_rate: “soon” is no number']],
  ['{metric: win_rate, at_least: 25}', ['target win_rate: 25 should be a percentage such as 25%']],
  ['{metric: win_rate, at_least: 30d}', ['target win_rate: 30d should be a percentage such as 25%']],
  ['{metric: cycle, at_most: 60}', ['target cycle: 60 should be a duration such as 30d']],
  ['{metric: count, at_least: 25%}', ['target count: 25% should be a number']],
  ['{metric: cycle, at_most: 60d}', []],
  ['{metric: win_rate, at_least: 0.3}', []],
  ['{metric: sum(amount), at_least: 500万}', []],
  ['{metric: something else, at_least: 5}', []],
])('not-measurable: %s', async (target, expected) => {
  expect(await said('not-measurable', target)).toEqual(expected);
});

it.each([
  ['{metric: win_rte}', ['target win_rte: “win_rte” is no figure that is computed']],
  [
    '{metric: sum(expected_revenue)}',
    ['target sum(expected_revenue): sum(expected_revenue) cannot be computed, no column for Expected revenue'],
  ],
  ['{metric: cycle}', ['target cycle: nothing in this file says how high cycle is']],
  ['{metric: win_rate}', []],
])('irrelevant: %s', async (target, expected) => {
  expect(await said('irrelevant', target)).toEqual(expected);
});

it.each([
  ['{metric: win_rate}', ['target win_rate was never reviewed']],
  ['{metric: win_rate, from: 2026-01-01}', ['target win_rate was never reviewed']],
  ['{metric: win_rate, reviewed: 2026-02-01}', ['target win_rate was last reviewed 120 days ago']],
  ['{metric: win_rate, reviewed: 2026-02-01, until: 2026-05-31}', []],
])('unreviewed: %s', async (target, expected) => {
  expect(await said('unreviewed', target)).toEqual(expected);
  expect(await said('{check: unreviewed, every: 365d}', target)).toHaveLength(target.includes('-0') ? 0 : 1);
});

it('points at the line of the target, and has no data without one', async () => {
  const rules = 'version: 1\ntargets:\n  - {metric: win_rate, until: 2026-12-31}\n  - {metric: win_rate}\n';
  const check = 'rules: {my/check: {target: not-timebound}}\n';
  const report = await auditTables({ rules: rules + check, deals: DEALS });
  expect(report.findings.filter(({ rule }) => rule === 'my/check').map(({ at }) => [at.line, at.cell])).toEqual([
    [4, null],
  ]);
  expect(ruleOf(await auditTables({ rules: `version: 1\n${check}`, deals: DEALS }), 'my/check').verdict).toBe(
    'no-data',
  );
});
