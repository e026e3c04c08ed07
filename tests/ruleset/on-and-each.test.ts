import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { needLabels } from '../../src/ruleset/need-labels.ts';
import type { Ruleset } from '../../src/ruleset/ruleset.ts';

const TABLES = `version: 1
tables:
  visits:
    key: [Visit]
    of: deal
    fields:
      visit: {column: [Visit]}
      deal: {column: [Opportunity ID]}
      at: {type: date, column: [Day]}
      cost: {type: money, column: [Cost]}
      owner: {column: [Visitor]}
  lines:
    key: [Line]
    of: visit
    fields: {visit: {column: [Visit No]}, quantity: {type: number, column: [Quantity]}}
rules:
`;

function load(rules: string): Ruleset {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-on-'));
  try {
    writeFileSync(join(folder, 'funnelint.yaml'), `${TABLES}${rules}\n`);
    return loadRuleset({ file: join(folder, 'funnelint.yaml'), packs: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `line:column message` of each mistake, lines counted from the first rule. */
function mistakes(rules: string): readonly string[] {
  try {
    load(rules);
    return [];
  } catch (error) {
    if (!(error instanceof RulesetError)) throw error;
    const before = TABLES.split('\n').length - 1;
    return error.diagnostics.map(({ line, column, message }) => `${line - before}:${column} ${message.en}`);
  }
}

function needsOf(rules: string): Ruleset['rules'][number]['needs'] | undefined {
  return load(rules).rules.find(({ id }) => id === 'a/b')?.needs;
}

describe('what a rule needs', () => {
  it.each([
    ['{on: visits, assert: cost > 0, where: at < today}', [['visits.*'], ['cost'], ['at']]],
    ['{on: visits, required: [cost], per: owner}', [['visits.*'], ['cost'], ['owner']]],
    ['{on: visits, assert: "count(lines, quantity > 1) > 0"}', [['visits.*'], ['lines.*'], ['lines.quantity']]],
    ['{on: visits, assert: "any(deals, amount > 0)"}', [['visits.*'], ['deals.*'], ['deal'], ['deals.amount']]],
    ['{assert: "count(visits, cost > 0) > 1"}', [['visits.*'], ['id'], ['visits.cost']]],
    ['{assert: "count(history, to_stage.kind = won) < 2"}', [['history.*'], ['id', 'name'], ['history.to_stage']]],
    ['{assert: "coalesce(close, min(visits, at)) > today"}', [['close', 'visits.at']]],
    ['{assert: "coalesce(amount, count(visits)) > 1"}', [['amount', 'visits.*']]],
    ['{each: owner, assert: "count(deals, amount > 0) > 1"}', [['owner'], ['deals.*'], ['deals.amount']]],
    ['{assert: stage.age < 30d}', [['stage.entered']]],
    ['{assert: "if(owner is missing, amount, 0) > percent_rank(amount) * amount"}', [['owner'], ['amount']]],
    ['{exists: {field: account, in: accounts}}', [['account'], ['accounts.*']]],
  ])('%s', (rule, needs) => {
    expect(needsOf(`  a/b: ${rule}`)).toEqual(needs);
  });
});

describe('mistakes', () => {
  it.each([
    ['{on: vists, required: at}', ['1:13 unknown table "vists"; did you mean "visits"?']],
    ['{each: ownr, assert: "count(deals) > 1"}', ['1:15 unknown field "ownr"; did you mean "owner"?']],
    [
      '{on: visits, each: owner, required: at}',
      ['1:21 a rule has on (rows of a table) or each (values of a field), not both'],
    ],
    ['{on: visits, required: amount}', ['1:31 unknown field "amount"']],
    ['{on: visits, assert: costs > 0}', ['1:29 unknown field "costs" of visits; did you mean "cost"?']],
    ['{on: visits, required: at, where: stage.kind = open}', ['1:42 nothing here has parts', '1:55 unknown field']],
    ['{on: visits, required: at, per: region}', ['1:40 unknown field "region"']],
    ['{each: owner, assert: amount > 0}', ['1:30 unknown field "amount" of each: owner; its fields are owner']],
    ['{each: owner, assert: "count(lines) > 0"}', ['1:37 rows of lines do not belong to rows of each: owner']],
    ['{assert: "count(lines) > 0"}', ['1:24 rows of lines do not belong to rows of the deals']],
    ['{on: visits, metric: count}', ['1:21 this verb judges deals alone; it goes neither with on nor with each']],
    ['{on: visits, transition: {forbid: skip}}', ['1:21 this verb judges deals alone']],
    ['{on: visits, required: {fields: [at], from: proposal}}', ['1:21 this verb judges deals alone']],
  ])('%s', (rule, expected) => {
    const found = mistakes(`  a/b: ${rule}`);
    expect(found).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) expect(found[index]).toContain(text);
  });
});

it('lets exit criteria speak of tables', () => {
  const { stages } = load(
    '  a/b: {exit: all}\nstages: [{id: one, exit: "any(visits, cost > 0)"}, {id: two, kind: won}]',
  );
  expect(stages[0]?.exit?.expression).toMatchObject({ op: 'aggregate', table: 'visits', type: 'boolean' });
});

it('has a name for whatever a rule about tables needs', () => {
  const ruleset = load(
    '  a/b: {on: visits, assert: "count(lines, quantity > 1) > 0", where: "any(deals, stage.age > 3d)"}',
  );
  const needs = ruleset.rules.find(({ id }) => id === 'a/b')?.needs.flat() ?? [];
  const labels = needLabels(ruleset);
  expect(needs.map((need) => labels[need]?.en ?? need)).toEqual([
    'visits',
    'lines',
    'quantity of lines',
    'the deals',
    'deal',
    'In stage since',
  ]);
});
