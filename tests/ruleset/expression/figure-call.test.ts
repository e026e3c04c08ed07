import { describe, expect, it } from 'vitest';
import { type FigureParameter, parseFigureCall } from '../../../src/ruleset/expression/parse.ts';
import { carets, ENVIRONMENT } from './environment-fixture.ts';

const FIGURES = new Map<string, readonly FigureParameter[]>([
  ['win_rate', []],
  ['share', ['predicate']],
  ['sum', ['quantity']],
  ['conversion', ['stage', 'stage']],
  ['completeness', ['field?']],
  ['weighted', ['word', 'number?']],
]);

describe('parseFigureCall', () => {
  it.each([
    ['win_rate', { figure: 'win_rate', args: [] }],
    ['win_rate()', { figure: 'win_rate', args: [] }],
    ['sum(amount)', { figure: 'sum', args: [{ type: 'field', field: 'amount' }] }],
    ['completeness', { figure: 'completeness', args: [] }],
    ['completeness(owner)', { figure: 'completeness', args: [{ type: 'field', field: 'owner' }] }],
    ['weighted(stage_rate)', { figure: 'weighted', args: [{ type: 'word', word: 'stage_rate' }] }],
    [
      'conversion(线索, "closed won")',
      {
        figure: 'conversion',
        args: [
          { type: 'stage', stage: 'lead' },
          { type: 'stage', stage: 'won' },
        ],
      },
    ],
  ])('%s', (source, value) => {
    expect(parseFigureCall(source, ENVIRONMENT, FIGURES)).toEqual({ ok: true, value });
  });

  it.each([
    [
      'conversion(any, won)',
      [
        { type: 'any', of: 'stage' },
        { type: 'stage', stage: 'won' },
      ],
    ],
    [
      'conversion(first, won)',
      [
        { type: 'stage', stage: 'lead' },
        { type: 'stage', stage: 'won' },
      ],
    ],
    ['completeness(any)', [{ type: 'any', of: 'field' }]],
  ])('takes the words of %s', (source, args) => {
    const parsed = parseFigureCall(source, ENVIRONMENT, FIGURES);
    expect(parsed.ok && parsed.value.args).toEqual(args);
  });

  it('takes a stage of that name for what it is', () => {
    const stage = { id: 'entry', label: { en: 'Any', zh: '首次' }, match: ['first'], kind: 'open' } as const;
    const environment = { ...ENVIRONMENT, stages: [...ENVIRONMENT.stages, stage] };
    for (const word of ['any', 'first']) {
      const parsed = parseFigureCall(`conversion(${word}, won)`, environment, FIGURES);
      expect(parsed.ok && parsed.value.args[0]).toEqual({ type: 'stage', stage: 'entry' });
    }
  });

  it('checks the condition of a share', () => {
    const parsed = parseFigureCall('share(amount > 0)', ENVIRONMENT, FIGURES);
    expect(parsed.ok && parsed.value.args[0]).toMatchObject({ type: 'expression', expression: { op: 'compare' } });
  });

  it.each([
    ['win_rat', '^^^^^^^', 'unknown figure "win_rat"; did you mean "win_rate"?'],
    [
      'foo(lead)',
      '^^^',
      'unknown figure "foo"; the figures are win_rate, share, sum, conversion, completeness, weighted',
    ],
    ['conversion(lead)', '^^^^^^^^^^^^^^^^', 'wrong number of arguments (1); write conversion(a stage, a stage)'],
    ['win_rate(lead)', '^^^^^^^^^^^^^^', 'win_rate takes no arguments'],
    ['conversion(lead, wonn)', '                 ^^^^', 'unknown stage "wonn"; did you mean "won"?'],
    ['conversion(lead, any)', '                 ^^^', 'unknown stage "any"; the stages are lead, proposal, won, lost'],
    ['sum(any)', '    ^^^', 'unknown field "any"; a header of the file stands in backticks: `any`'],
    ['sum(owner)', '    ^^^^^', 'a field of numbers or money is expected, not text'],
    ['sum(amuont)', '    ^^^^^^', 'unknown field "amuont"; did you mean "amount"?'],
    ['sum(1 + 2)', '    ^^^^^', 'a field of numbers or money is expected here'],
    ['share(amuont > 0)', '      ^^^^^^', 'unknown field "amuont"; did you mean "amount"?'],
    ['1 + 2', '^^^^^', 'a figure is expected, such as conversion(lead, won)'],
    ['conversion(', '           ^', 'the expression ends too early; a value is expected'],
  ])('refuses %s', (source, at, message) => {
    const parsed = parseFigureCall(source, ENVIRONMENT, FIGURES);
    const problems = parsed.ok ? [] : parsed.problems;
    expect(problems.map((problem) => problem.message.en)).toEqual([message]);
    expect(carets(problems)).toBe(at);
  });
});
