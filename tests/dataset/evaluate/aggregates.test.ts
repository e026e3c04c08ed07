import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { evaluateNumbers, evaluatePredicate, UNKNOWN } from '../../../src/dataset/predicate.ts';
import { tableView, valuesView } from '../../../src/dataset/views.ts';
import { buildEnvironments } from '../../../src/ruleset/environments.ts';
import type { ExpressionEnvironment } from '../../../src/ruleset/expression/environment.ts';
import type { Expression } from '../../../src/ruleset/expression/expression.ts';
import { parseExpression } from '../../../src/ruleset/expression/parse.ts';
import type { FieldDefinition, FieldType, TableDefinition } from '../../../src/ruleset/ruleset.ts';
import { type CellFixture, datasetOf, stagesOf, type TableFixture } from '../dataset-fixture.ts';
import { interpret } from './reference-interpreter.ts';

function fieldsOf(types: Readonly<Record<string, FieldType>>): readonly FieldDefinition[] {
  return Object.entries(types).map(([id, type]) => ({
    id,
    label: { en: id, zh: id },
    columns: [id],
    type,
    optional: false,
    sensitive: false,
  }));
}

function tableOf(
  id: string,
  key: string,
  of: string | null,
  types: Readonly<Record<string, FieldType>>,
): TableDefinition {
  return {
    id,
    label: { en: id, zh: id },
    key: [key],
    file: null,
    fields: fieldsOf(types),
    of,
    order: null,
    isList: false,
  };
}

const ENVIRONMENTS = buildEnvironments({
  fields: fieldsOf({ id: 'text', stage: 'text', owner: 'text', score: 'number', amount: 'money', currency: 'text' }),
  historyFields: [],
  definitions: new Map(),
  tables: [
    tableOf('visits', 'visit', 'deal', {
      visit: 'text',
      deal: 'text',
      owner: 'text',
      at: 'date',
      points: 'number',
      cost: 'money',
      currency: 'text',
      note: 'text',
      ok: 'boolean',
    }),
    tableOf('lines', 'line', 'visit', { visit: 'text', quantity: 'number' }),
  ],
  stages: stagesOf({ lead: 'open', won: 'won' }),
  key: ['id'],
});

function parsed(source: string, environment: ExpressionEnvironment = ENVIRONMENTS.deals): Expression {
  const result = parseExpression(source, environment, 'any');
  if (!result.ok) throw new Error(`${source}: ${result.problems.map((problem) => problem.message.en).join('; ')}`);
  return result.value;
}

const DATASET = datasetOf({
  asOfDay: 100,
  stages: { lead: 'open', won: 'won' },
  stage: [0, 1, 0, 0],
  columns: {
    id: ['text', ['A', 'B', 'C', null]],
    owner: ['text', ['Li', 'Li', 'Wang', 'Wang']],
    score: ['number', [1, 2, 3, 4]],
  },
  tables: {
    visits: {
      key: 'visit',
      of: 'deal',
      columns: {
        visit: ['text', ['v1', 'v2', 'v3', 'v4', null]],
        deal: ['text', ['A', 'A', 'B', 'Z', 'A']],
        owner: ['text', ['Li', null, 'Wang', 'Li', 'Li']],
        at: ['date', [10, 20, null, 40, 5]],
        points: ['number', [1, null, 3, 4, 5]],
        cost: ['money', [0.1, 0.2, null, 4, 0.3]],
        note: ['text', [null, 'b', 'c', 'd', 'e']],
        ok: ['boolean', [true, null, false, true, false]],
      },
    },
    lines: { of: 'visit', columns: { visit: ['text', ['v1', 'v1', 'v3', 'v9']], quantity: ['number', [2, 3, 4, 5]] } },
  },
});

function numbers(source: string, dataset: Dataset = DATASET, environment?: ExpressionEnvironment): number[] {
  return Array.from(evaluateNumbers(parsed(source, environment), dataset));
}

function truths(source: string, dataset: Dataset = DATASET, environment?: ExpressionEnvironment): number[] {
  return Array.from(evaluatePredicate(parsed(source, environment), dataset));
}

const NONE = Number.NaN;

describe('aggregates for each deal', () => {
  it.each([
    ['count(visits)', [3, 1, 0, NONE]],
    ['count(visits, ok)', [1, 0, 0, NONE]],
    ['count(visits, not ok or points > 2)', [1, 1, 0, NONE]],
    ['sum(visits, points)', [NONE, 3, 0, NONE]],
    ['sum(visits, points, points is present)', [6, 3, 0, NONE]],
    ['sum(visits, cost)', [0.6, NONE, 0, NONE]],
    ['avg(visits, points)', [3, 3, NONE, NONE]],
    ['min(visits, points)', [1, 3, NONE, NONE]],
    ['max(visits, at)', [20, NONE, NONE, NONE]],
    ['max(visits, at, points > 1)', [5, NONE, NONE, NONE]],
    ['first(visits, at)', [10, NONE, NONE, NONE]],
    ['last(visits, points)', [5, 3, NONE, NONE]],
    ['today - max(visits, at)', [80, NONE, NONE, NONE]],
    ['len(first(visits, note))', [1, 1, NONE, NONE]],
    ['count(visits, count(lines, quantity > 2) > 0)', [1, 1, 0, NONE]],
    ['sum(visits, sum(lines, quantity))', [NONE, 4, 0, NONE]],
    ['sum(visits, sum(lines, quantity), visit is present)', [5, 4, 0, NONE]],
    ['count(visits, any(deals, score < 2))', [3, 0, 0, NONE]],
    ['coalesce(max(visits, at), today)', [20, 100, 100, 100]],
  ])('%s', (source, expected) => {
    expect(numbers(source)).toEqual(expected);
  });

  it.each([
    ['any(visits, ok)', [1, 0, 0, UNKNOWN]],
    ['any(visits, ok or points > 2)', [1, 1, 0, UNKNOWN]],
    ['first(visits, ok)', [1, 0, UNKNOWN, UNKNOWN]],
    ['last(visits, ok)', [0, 0, UNKNOWN, UNKNOWN]],
    ['last(visits, note) = "e"', [1, 0, UNKNOWN, UNKNOWN]],
    ['first(visits, note) in ["b", "x"]', [1, 0, UNKNOWN, UNKNOWN]],
    ['stage.kind = won or count(visits) = 3', [1, 1, 0, UNKNOWN]],
  ])('%s', (source, expected) => {
    expect(truths(source)).toEqual(expected);
  });

  it('have no value without the table', () => {
    const alone: Dataset = { ...DATASET, tables: new Map() };
    expect(numbers('count(visits)', alone)).toEqual([NONE, NONE, NONE, NONE]);
    expect(truths('any(visits, ok) or score > 3', alone)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN, 1]);
    expect(numbers('coalesce(count(visits), 9)', alone)).toEqual([9, 9, 9, 9]);
  });

  it('count every row of deals that share an id', () => {
    const columns: TableFixture['columns'] = { id: ['text', ['A', 'A', 'B']] };
    const twice = datasetOf({
      columns,
      tables: { visits: { of: 'deal', columns: { deal: ['text', ['A', 'B', 'A']] } } },
    });
    expect(numbers('count(visits)', twice)).toEqual([2, 2, 1]);
  });

  it('make nothing of amounts in several currencies', () => {
    const dataset = datasetOf({
      columns: { id: ['text', ['A', 'B']] },
      tables: {
        visits: {
          of: 'deal',
          columns: {
            deal: ['text', ['A', 'A', 'B', 'B']],
            cost: ['money', [1, 2, 3, 4]],
            currency: ['text', ['CNY', 'USD', 'USD', 'USD']],
          },
        },
      },
    });
    expect(numbers('sum(visits, cost)', dataset)).toEqual([NONE, 7]);
    expect(numbers('max(visits, cost * 2)', dataset)).toEqual([NONE, 8]);
    expect(numbers('sum(visits, cost, currency = "USD")', dataset)).toEqual([2, 7]);
    expect(numbers('count(visits, cost > 0)', dataset)).toEqual([2, 2]);
  });
});

describe('aggregates for other rows', () => {
  it('of a table', () => {
    const visits = tableView(DATASET, 'visits') as Dataset;
    const environment = ENVIRONMENTS.ofTable('visits') as ExpressionEnvironment;
    expect(numbers('count(lines)', visits, environment)).toEqual([2, 0, 1, 0, NONE]);
    expect(numbers('sum(deals, score)', visits, environment)).toEqual([1, 1, 2, 0, 1]);
    expect(truths('any(deals, stage.kind = won)', visits, environment)).toEqual([0, 0, 1, 0, 0]);
  });

  it('of the values of a field', () => {
    const owners = valuesView(
      { ...DATASET, sheet: { columns: [], rows: new Int32Array(4), lines: new Int32Array(4) } as never },
      'owner',
    ) as Dataset;
    const environment = ENVIRONMENTS.ofValues('owner') as ExpressionEnvironment;
    expect(numbers('count(deals)', owners, environment)).toEqual([2, 2]);
    expect(numbers('max(deals, score)', owners, environment)).toEqual([2, 4]);
    expect(numbers('count(visits, ok)', owners, environment)).toEqual([2, 0]);
    expect(numbers('percent_rank(count(visits))', owners, environment)).toEqual([0.5, 0]);
  });
});

describe('percent_rank', () => {
  const dataset = datasetOf({
    columns: {
      score: ['number', [3, 1, null, 3, 9]],
      amount: ['money', [10, 20, 30, 5, 40]],
      currency: ['text', ['CNY', 'CNY', 'USD', 'USD', 'CNY']],
    },
  });

  it('is the share of the known values strictly below', () => {
    expect(numbers('percent_rank(score)', dataset)).toEqual([0.25, 0, NONE, 0.25, 0.75]);
  });

  it('ranks amounts among those of their currency', () => {
    expect(numbers('percent_rank(amount)', dataset)).toEqual([0, 1 / 3, 0.5, 0, 2 / 3]);
    expect(numbers('percent_rank(amount * 2)', dataset)).toEqual([0, 1 / 3, 0.5, 0, 2 / 3]);
  });
});

/** Conditions and numbers about visits, then about deals, every one well typed. */
const visitCondition = fc.constantFrom(
  'ok',
  'not ok',
  'points > 1',
  'note in ["a", "b"]',
  'note is missing',
  'at < today',
  'any(deals, score > 1)',
  'count(lines, quantity > 1) > 0',
  'count(lines) = count(deals)',
);
const visitNumber = fc.constantFrom('points', 'points * 2', 'sum(lines, quantity)', 'max(deals, score)', 'len(note)');
const pick = fc.oneof(
  fc.constant(''),
  visitCondition.map((condition) => `, ${condition}`),
);
const dealNumber = fc.oneof(
  fc
    .tuple(fc.constantFrom('sum', 'avg', 'min', 'max', 'first', 'last'), visitNumber, pick)
    .map(([name, value, condition]) => `${name}(visits, ${value}${condition})`),
  pick.map((condition) => `count(visits${condition})`),
  pick.map((condition) => `len(last(visits, note${condition}))`),
  pick.map((condition) => `days(today - max(visits, at${condition}))`),
  fc.constantFrom('score', 'percent_rank(count(visits)) * 1'),
);
const dealCondition = fc.oneof(
  pick.map((condition) => `any(visits${condition})`),
  pick.map((condition) => `first(visits, ok${condition})`),
  fc.tuple(dealNumber, fc.constantFrom('=', '<', '>='), dealNumber).map((parts) => `(${parts.join(' ')})`),
);
const condition = fc
  .tuple(dealCondition, fc.constantFrom('and', 'or', '='), dealCondition)
  .map(([one, connective, other]) => `(${one}) ${connective} (${other})`);

function cells(values: readonly CellFixture[], length: number): fc.Arbitrary<CellFixture[]> {
  return fc.array(fc.constantFrom<CellFixture>(...values, null, '?'), { minLength: length, maxLength: length });
}

const IDS = ['A', 'B', 'abcdefghijklmno', 'abcdefghijklmnoPQR', 'ABCDEFGHIJKLMNO'];
const NUMBERS = [0, 1, 2, 3];

const dataset = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 10 })).chain(([deals, visits]) =>
  fc
    .record({
      id: cells(IDS, deals),
      score: cells(NUMBERS, deals),
      visit: cells(['v1', 'v2', 'v3'], visits),
      deal: cells(IDS, visits),
      at: cells([90, 99, 100], visits),
      points: cells(NUMBERS, visits),
      note: cells(['a', 'b', 'cc'], visits),
      ok: cells([true, false], visits),
      lineVisit: cells(['v1', 'v2', 'v4'], visits),
      quantity: cells(NUMBERS, visits),
    })
    .map(({ id, score, visit, deal, at, points, note, ok, lineVisit, quantity }) =>
      datasetOf({
        asOfDay: 100,
        stage: id.map(() => 0),
        columns: { id: ['text', id], score: ['number', score] },
        tables: {
          visits: {
            key: 'visit',
            of: 'deal',
            columns: {
              visit: ['text', visit],
              deal: ['text', deal],
              at: ['date', at],
              points: ['number', points],
              note: ['text', note],
              ok: ['boolean', ok],
            },
          },
          lines: { of: 'visit', columns: { visit: ['text', lineVisit], quantity: ['number', quantity] } },
        },
      }),
    ),
);

it('any condition over tables is decided as row by row', () => {
  fc.assert(
    fc.property(condition, dataset, (source, deals) => {
      const expression = parsed(source);
      const expected = Array.from({ length: deals.rowCount }, (_, row) => {
        const value = interpret(expression, deals, row);
        return value === null ? UNKNOWN : Number(value);
      });
      expect(Array.from(evaluatePredicate(expression, deals))).toEqual(expected);
    }),
    { numRuns: 1500, seed: 1 },
  );
});

it('any number over tables is computed as row by row', () => {
  fc.assert(
    fc.property(dealNumber, dataset, (source, deals) => {
      const expression = parsed(source);
      const computed = evaluateNumbers(expression, deals);
      for (let row = 0; row < deals.rowCount; row += 1) {
        expect(computed[row]).toBe(Number(interpret(expression, deals, row) ?? Number.NaN));
      }
    }),
    { numRuns: 800, seed: 1 },
  );
});
