import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { evaluateNumbers, evaluatePredicate, FALSE, TRUE, UNKNOWN } from '../../src/dataset/predicate.ts';
import type { Expression } from '../../src/ruleset/expression/expression.ts';
import { parseExpression } from '../../src/ruleset/expression/parse.ts';
import type { FieldType } from '../../src/ruleset/ruleset.ts';
import { datasetOf, stagesOf } from './dataset-fixture.ts';

const STAGES = { lead: 'open', proposal: 'open', won: 'won', lost: 'lost' } as const;
const FIELDS = new Map<string, FieldType>([
  ['a', 'boolean'],
  ['b', 'boolean'],
  ['amount', 'money'],
  ['score', 'number'],
  ['probability', 'percent'],
  ['close', 'date'],
  ['created', 'date'],
  ['owner', 'text'],
  ['manager', 'text'],
]);

function expression(source: string): Expression {
  const parsed = parseExpression(source, { fields: FIELDS, stages: stagesOf(STAGES) }, 'any');
  if (!parsed.ok) throw new Error(`${source}: ${parsed.problems.map((problem) => problem.message.en).join('; ')}`);
  return parsed.value;
}

/** `T`, `F` or `?` for each row. */
function decide(source: string, dataset: Dataset): string {
  const letters = new Map([
    [TRUE, 'T'],
    [FALSE, 'F'],
    [UNKNOWN, '?'],
  ]);
  return Array.from(evaluatePredicate(expression(source), dataset), (value) => letters.get(value)).join('');
}

function compute(source: string, dataset: Dataset): number[] {
  return Array.from(evaluateNumbers(expression(source), dataset));
}

const day = (iso: string) => Date.parse(iso) / 86_400_000;

describe('and, or, not', () => {
  const [t, f, u] = [true, false, null];
  const pairs = datasetOf({
    columns: { a: ['boolean', [t, t, t, f, f, f, u, u, u]], b: ['boolean', [t, f, u, t, f, u, t, f, u]] },
  });

  it.each([
    ['a', 'TTTFFF???'],
    ['a and b', 'TF?FFF?F?'],
    ['a or b', 'TTTTF?T??'],
    ['not a', 'FFFTTT???'],
    ['not (a and b)', 'FT?TTT?T?'],
    ['a = b', 'TF?FT????'],
    ['a != b', 'FT?TF????'],
    ['coalesce(a, b)', 'TTTFFFTF?'],
    ['a is missing', 'FFFFFFTTT'],
    ['(a and b) is missing', 'FFTFFFTFT'],
    ['a is present or b', 'TTTTTTTF?'],
  ])('%s', (source, expected) => {
    expect(decide(source, pairs)).toBe(expected);
  });
});

describe('comparisons', () => {
  const dataset = datasetOf({
    columns: {
      amount: ['money', [0, 5, 10, null, '?x']],
      score: ['number', [5, 5, 5, 5, null]],
      owner: ['text', ['Li', 'li', 'Wang', null, '?']],
      manager: ['text', ['Li', 'Li', null, null, 'x']],
    },
  });

  it.each([
    ['amount = 5', 'FTF??'],
    ['amount != 5', 'TFT??'],
    ['amount < 5', 'TFF??'],
    ['amount <= 5', 'TTF??'],
    ['amount > 5', 'FFT??'],
    ['amount >= 5', 'FTT??'],
    ['amount < score', 'TFF??'],
    ['amount >= score', 'FTT??'],
    ['amount is missing', 'FFFTT'],
    ['amount is present', 'TTTFF'],
    ['owner = "Li"', 'TFF??'],
    ['owner != " Li "', 'FTT??'],
    ['owner = manager', 'TF???'],
    ['lower(owner) = lower(manager)', 'TT???'],
    ['owner in ["Li", "Wang"]', 'TFT??'],
    ['owner not in ["Li", "Wang"]', 'FTF??'],
    ['owner in [manager, "li"]', 'TT???'],
    ['amount in [0, score]', 'TTF??'],
    ['contains(owner, "i")', 'TTF??'],
    ['starts_with(owner, "L")', 'TFF??'],
    ['ends_with(owner, lower(manager))', 'FT???'],
    ['coalesce(owner, manager, "x") = "x"', 'FFFTT'],
    ['coalesce(owner, manager) is missing', 'FFFTF'],
    ['1 < 2', 'TTTTT'],
    ['2 / 0 > 1', '?????'],
  ])('%s', (source, expected) => {
    expect(decide(source, dataset)).toBe(expected);
  });
});

describe('stages', () => {
  const dataset = datasetOf({ columns: {}, stages: STAGES, stage: [0, 1, 2, 3, -1] });

  it.each([
    ['stage = won', 'FFTF?'],
    ['stage != won', 'TTFT?'],
    ['stage in [lead, lost]', 'TFFT?'],
    ['stage.kind = open', 'TTFF?'],
    ['stage.kind in [won, lost]', 'FFTT?'],
    ['stage.index >= 1', 'FTTT?'],
    ['stage is missing', 'FFFFT'],
    ['stage.kind = open or stage.kind is missing', 'TTFFT'],
  ])('%s', (source, expected) => {
    expect(decide(source, dataset)).toBe(expected);
  });
});

describe('numbers and dates', () => {
  const dataset = datasetOf({
    asOfDay: day('2026-06-01'),
    columns: {
      amount: ['money', [10, -2.5, null]],
      probability: ['percent', [0.5, 0, 0.25]],
      close: ['date', [day('2026-05-29'), day('2026-12-31'), null]],
      created: ['date', [day('2026-05-25'), day('2027-01-01'), day('2026-05-30')]],
      owner: ['text', ['李娜', '𠮷野', null]],
    },
  });

  it.each([
    ['amount + 1', [11, -1.5, Number.NaN]],
    ['-amount', [-10, 2.5, Number.NaN]],
    ['amount * probability', [5, -0, Number.NaN]],
    ['amount / probability', [20, Number.NaN, Number.NaN]],
    ['abs(amount)', [10, 2.5, Number.NaN]],
    ['round(amount)', [10, -3, Number.NaN]],
    ['coalesce(amount, 7)', [10, -2.5, 7]],
    ['min(amount, 3)', [3, -2.5, Number.NaN]],
    ['max(amount, 3, 4)', [10, 4, Number.NaN]],
    ['days(today - close)', [3, -213, Number.NaN]],
    ['close + 1w', [day('2026-06-05'), day('2027-01-07'), Number.NaN]],
    ['year(close)', [2026, 2026, Number.NaN]],
    ['quarter(close)', [2, 4, Number.NaN]],
    ['month(created)', [5, 1, 5]],
    ['len(owner)', [2, 2, Number.NaN]],
    ['stage.index', [Number.NaN, Number.NaN, Number.NaN]],
    ['weekdays(created, close)', [4, -1, Number.NaN]],
    ['weekdays(created, today)', [5, -154, 1]],
  ])('%s', (source, expected) => {
    expect(compute(source, { ...dataset, stage: new Int16Array(3).fill(-1) })).toEqual(expected);
  });

  it('takes a column the file does not have for missing in every deal', () => {
    expect(decide('score > 1', dataset)).toBe('???');
    expect(decide('score is missing', dataset)).toBe('TTT');
    expect(decide('manager = owner', dataset)).toBe('???');
    expect(decide('a or amount > 0', dataset)).toBe('T??');
    expect(decide('`Header` = "x"', dataset)).toBe('???');
  });

  it('reads headers from their own columns', () => {
    const headers = { 'Close Date': ['date', [day('2026-05-29'), null]], Region: ['text', ['华东', '华南']] } as const;
    const table = datasetOf({ columns: {}, headers, asOfDay: day('2026-06-01') });
    expect(decide('`Close Date` < today and `Region` = "华东"', table)).toBe('TF');
    expect(decide('`Region` > 3', table)).toBe('??');
  });

  it('answers nothing for no deals', () => {
    expect(evaluatePredicate(expression('amount > 0'), datasetOf({ columns: {} }))).toHaveLength(0);
  });
});

describe('choices', () => {
  const dataset = datasetOf({
    columns: { a: ['boolean', [true, false, null]], score: ['number', [1, 2, 3]], owner: ['text', ['x', null, 'z']] },
  });

  it.each([
    ['if(a, score, -score)', [1, -2, Number.NaN]],
    ['if(a is missing, 0, score)', [1, 2, 0]],
    ['len(if(score > 1, owner, "long"))', [4, Number.NaN, 1]],
  ])('%s', (source, expected) => {
    expect(compute(source, dataset)).toEqual(expected);
  });

  it('are conditions too', () => {
    expect(decide('if(score > 2, a, owner is present)', dataset)).toBe('TF?');
  });
});

describe('differences of dates', () => {
  const at = (iso: string) => Date.parse(`${iso}Z`);
  const columns = datasetOf({
    asOfDay: day('2026-06-03'),
    columns: {
      created: ['date', [day('2026-06-01'), day('2026-06-02'), null]],
      close: ['date', [day('2026-06-02'), day('2026-06-03'), day('2026-06-02')]],
    },
  });
  const millis = {
    created: [at('2026-06-01T09:00'), at('2026-06-02T18:00'), Number.NaN],
    close: [at('2026-06-02T08:00'), at('2026-06-03T20:00'), Number.NaN],
  };
  const withTimes = (...fields: readonly (keyof typeof millis)[]): Dataset => ({
    ...columns,
    columns: new Map(
      [...columns.columns].map(([id, column]) => {
        const times = fields.find((field) => field === id);
        return [id, times === undefined ? column : { ...column, millis: Float64Array.from(millis[times]) }];
      }),
    ),
  });

  it('are the time between where both have a time of day, and of days otherwise', () => {
    expect(compute('close - created', columns)).toEqual([1, 1, Number.NaN]);
    expect(compute('close - created', withTimes('close'))).toEqual([1, 1, Number.NaN]);
    const timed = withTimes('close', 'created');
    expect(compute('close - created', timed)).toEqual([23 / 24, 26 / 24, Number.NaN]);
    expect(compute('max(close, created) + 1d - coalesce(created, close)', timed)).toEqual([
      47 / 24,
      50 / 24,
      Number.NaN,
    ]);
    expect(compute('today - created', timed)).toEqual([2, 1, Number.NaN]);
    expect(compute('close', timed)).toEqual([day('2026-06-02'), day('2026-06-03'), day('2026-06-02')]);
    expect(decide('close - created <= 24h or close <= today', timed)).toBe('TTT');
  });
});

describe('time in stage', () => {
  const columns = datasetOf({
    asOfDay: day('2026-06-01'),
    stages: STAGES,
    stage: [0, 1, 0],
    columns: { stage_entered: ['date', [day('2026-05-01'), null, day('2026-05-30')]] },
  });

  it('is told by the column', () => {
    expect(compute('stage.entered', columns)).toEqual([day('2026-05-01'), Number.NaN, day('2026-05-30')]);
    expect(decide('stage.age > 30d', columns)).toBe('T?F');
    expect(decide('stage.entered is missing and stage.kind = open', columns)).toBe('FTF');
  });

  it('is told by the journey first', () => {
    const journeys = {
      offsets: Int32Array.of(0, 2, 3, 3),
      stage: Int16Array.of(1, 0, 1),
      start: Float64Array.of(0, Date.parse('2026-05-20T12:00Z'), Date.parse('2026-05-25T00:00Z')),
      end: Float64Array.of(1, Number.NaN, Number.NaN),
      hasTime: true,
    };
    const dataset = { ...columns, journeys: journeys as never };
    expect(compute('stage.entered', dataset)).toEqual([day('2026-05-20'), day('2026-05-25'), day('2026-05-30')]);
    expect(compute('stage.age', dataset)).toEqual([11.5, 7, 2]);
  });

  it('is unknown where the journey ends in another stage than the deal is in', () => {
    const journeys = {
      offsets: Int32Array.of(0, 1, 1, 1),
      stage: Int16Array.of(1),
      start: Float64Array.of(Date.parse('2026-05-20T12:00Z')),
      end: Float64Array.of(Number.NaN),
      hasTime: true,
    };
    const dataset = { ...columns, journeys: journeys as never };
    expect(compute('stage.age', dataset)).toEqual([Number.NaN, Number.NaN, 2]);
    expect(compute('stage.entered', dataset)).toEqual([Number.NaN, Number.NaN, day('2026-05-30')]);
  });

  it('is unknown without either', () => {
    expect(compute('stage.age', { ...columns, columns: new Map() })).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

it('decides every row of tables longer than a block', () => {
  const rows = 10_000;
  const scores = Array.from({ length: rows }, (_, row) => row);
  const amounts = scores.map((row) => (row % 3 === 0 ? null : row % 5));
  const dataset = datasetOf({ columns: { score: ['number', scores], amount: ['money', amounts] } });
  const result = evaluatePredicate(expression('score < 5000 and amount > 2'), dataset);
  const expected = scores.map((row) => {
    if (row >= 5000) return FALSE;
    if (row % 3 === 0) return UNKNOWN;
    return row % 5 > 2 ? TRUE : FALSE;
  });
  expect(Array.from(result)).toEqual(expected);
});

it('decides every row by fields that are named several times', () => {
  const rows = 10_000;
  const scores = Array.from({ length: rows }, (_, row) => (row % 7 === 0 ? null : (row * 37) % 101));
  const amounts = scores.map((_, row) => (row % 3 === 0 ? null : (row * 53) % 89));
  const dataset = datasetOf({ columns: { score: ['number', scores], amount: ['number', amounts] } });
  const source =
    'coalesce(amount, score) > 20 and if(amount is present, max(amount, score), score) < 2 * amount - score';
  const expected = scores.map((score, row) => {
    const amount = amounts[row] ?? null;
    const either = amount ?? score;
    const first = either === null ? UNKNOWN : Number(either > 20);
    const second = amount === null || score === null ? UNKNOWN : Number(Math.max(amount, score) < 2 * amount - score);
    if (first === FALSE || second === FALSE) return FALSE;
    return first === UNKNOWN || second === UNKNOWN ? UNKNOWN : TRUE;
  });
  expect(Array.from(evaluatePredicate(expression(source), dataset))).toEqual(expected);
});
