import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression, parseFigureCall } from '../../../src/ruleset/expression/parse.ts';
import { ENVIRONMENT } from './environment-fixture.ts';

const PIECES = [
  ...['amount', 'close', 'owner', 'stage', 'stage.kind', 'stage.index', 'today', 'won', 'nobody', '金额', '`H`', '`'],
  ...['1', '1_0', '25%', '30d', '3mo', '2026-12-31', '2026-1-1', '9x', '"text"', "'", '"', '\\', 'true', '１'],
  ...['+', '-', '*', '/', '=', '!=', '<', '<=', '>', '>=', '==', '(', ')', '[', ']', ',', '.', '，', '（', '\n'],
  ...['and', 'or', 'not', 'in', 'is', 'missing', 'present', 'coalesce(', 'lower(', 'min(', 'weekdays(', 'contains('],
  ...[
    'count(visits',
    'any(visits,',
    'sum(visits,',
    'last(history,',
    'count(',
    'if(',
    'percent_rank(',
    'visits',
    'lines',
  ],
  ...[
    'stage.age',
    'stage.entered',
    'to_stage',
    'to_stage.kind',
    'cost',
    'at',
    'inbound',
    'note',
    'first(visits, note)',
  ],
];

function expectSoundAnswer(source: string): void {
  const answers = [
    parseExpression(source, ENVIRONMENT, 'boolean'),
    parseExpression(source, ENVIRONMENT, 'any'),
    parseFigureCall(source, ENVIRONMENT, new Map([['share', ['predicate', 'stage?'] as const]])),
  ];
  for (const answer of answers) {
    if (answer.ok) continue;
    expect(answer.problems.length).toBeGreaterThan(0);
    for (const { span, message } of answer.problems) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(source.length);
      expect(message.en).not.toBe('');
      expect(message.zh).not.toBe('');
    }
  }
}

describe('any source at all', () => {
  it('is an expression or has problems inside it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), expectSoundAnswer), { numRuns: 500, seed: 1 });
  });

  it('is an expression or has problems inside it, made of the words of the language', () => {
    const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(' '));
    const dense = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(fc.oneof(soup, dense), expectSoundAnswer), { numRuns: 3000, seed: 1 });
  });

  it.each([
    ['parentheses', '('.repeat(50_000)],
    ['closed parentheses', `${'('.repeat(50_000)}active${')'.repeat(50_000)}`],
    ['not', `${'not '.repeat(50_000)}active`],
    ['minus', `score > ${'-'.repeat(50_000)}1`],
    ['calls', `${'abs('.repeat(50_000)}1`],
    ['aggregates', `${'count(visits, '.repeat(50_000)}1`],
    ['unknown tables', `${'count(nowhere, 1) > 1 or '.repeat(20_000)}active`],
    ['unknown fields of tables', `${'count(visits, whatever) > 1 or '.repeat(20_000)}active`],
    ['choices', `${'if(active, '.repeat(50_000)}1`],
    ['lists', 'score in ['.repeat(50_000)],
    ['sums', `score > ${'1 + '.repeat(50_000)}1`],
    ['products', `score > ${'1 * '.repeat(50_000)}1`],
    ['disjunctions', `${'active or '.repeat(50_000)}active`],
    ['unknown names', `${'nobody_knows > 1 or '.repeat(20_000)}active`],
    ['one long name', 'x'.repeat(200_000)],
    ['one long text', `owner = "${'x'.repeat(200_000)}"`],
    ['one open text', `owner = "${'\\\\'.repeat(100_000)}`],
    ['digits', `score > ${'1_'.repeat(100_000)}`],
    ['spaces', ' '.repeat(200_000)],
    ['strange characters', '§ '.repeat(100_000)],
    ['headers', `${'`a` = `b` or '.repeat(20_000)}active`],
  ])('takes its time in proportion to its length: %s', (_title, source) => {
    expectSoundAnswer(source);
  });

  it('may nest two hundred deep, and no deeper', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}active${')'.repeat(depth)}`;
    expect(parseExpression(nested(200), ENVIRONMENT, 'boolean').ok).toBe(true);
    const deeper = parseExpression(nested(201), ENVIRONMENT, 'boolean');
    expect(deeper.ok ? [] : deeper.problems.map(({ span, message }) => [span.start, message.en])).toEqual([
      [201, 'the expression is nested more than 200 deep'],
    ]);
  });
});
