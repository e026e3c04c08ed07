import { expect, it } from 'vitest';
import { z } from 'zod';
import { type CheckContext, defineKind, type RowsResult } from '../../src/kinds/define.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { ownKind } from '../../src/kinds/own-kind.ts';
import { createSelections } from '../../src/kinds/selections.ts';
import type { Rule } from '../../src/ruleset/ruleset.ts';
import { datasetOf } from '../dataset/dataset-fixture.ts';
import { auditTables, ruleOf } from './audit-rules.ts';

const dataset = datasetOf({ columns: { amount: ['money', [1, 5, null, 9]] } });
const at = { start: 0, end: 1 };

/** A rule about deals with an amount beyond a limit. */
function ruleAbove(limit: number): Rule {
  return {
    where: {
      source: `amount > ${limit}`,
      expression: {
        op: 'compare',
        operator: '>',
        type: 'boolean',
        at,
        left: { op: 'field', field: 'amount', type: 'money', at },
        right: { op: 'literal', value: limit, type: 'number', at },
      },
    },
  } as unknown as Rule;
}

it('picks the deals for which a condition is true, and counts the others', () => {
  const selectionOf = createSelections();
  const { selected, filteredOut } = selectionOf(ruleAbove(4), dataset);
  expect([[...selected], filteredOut]).toEqual([[0, 1, 0, 1], 2]);
  const all = selectionOf({ where: null } as unknown as Rule, dataset);
  expect([[...all.selected], all.filteredOut]).toEqual([[1, 1, 1, 1], 0]);
});

it('decides a condition once for each table', () => {
  const selectionOf = createSelections();
  const first = selectionOf(ruleAbove(4), dataset);
  expect(selectionOf(ruleAbove(4), dataset)).toBe(first);
  expect([...selectionOf(ruleAbove(6), dataset).selected]).toEqual([0, 0, 0, 1]);
  const other = datasetOf({ columns: { amount: ['money', [7, 2]] } });
  expect([...selectionOf(ruleAbove(4), other).selected]).toEqual([1, 0]);
});

it('is not spoilt for others by a kind of one’s own that writes into it', () => {
  const spoiling = defineKind({
    ...(KINDS.get('assert') as object as Parameters<typeof defineKind>[0]),
    kind: 'spoiling',
    options: z.string(),
    messages: {},
    check: ({ selected }: CheckContext<unknown>): RowsResult => {
      const outcome = selected.slice();
      selected.fill(0);
      return { type: 'rows', outcome, describe: () => [] };
    },
  });
  const { selected } = createSelections()(ruleAbove(4), dataset);
  ownKind(spoiling).check({ dataset, selected } as unknown as CheckContext<unknown>);
  expect([...selected]).toEqual([0, 1, 0, 1]);
});

it('tells of each rule with one condition how many deals it left out', async () => {
  const rules = `version: 1
rules:
  own/first: {where: amount > 4, assert: amount > 6}
  own/second: {where: amount > 4, assert: amount < 9}
  own/third: {assert: amount > 0}
`;
  const report = await auditTables({ rules, deals: 'id,amount\n1,1\n2,5\n3,\n4,9\n' });
  const told = ['own/first', 'own/second', 'own/third'].map((id) => ruleOf(report, id).counts);
  expect(
    told.map(({ checked, violating, unknown, filteredOut }) => [checked, violating, unknown, filteredOut]),
  ).toEqual([
    [2, 1, 0, 2],
    [2, 1, 0, 2],
    [3, 0, 1, 0],
  ]);
});
