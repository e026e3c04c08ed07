import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluateNumbers, evaluatePredicate, UNKNOWN } from '../../../src/dataset/predicate.ts';
import type { Expression } from '../../../src/ruleset/expression/expression.ts';
import { parseExpression } from '../../../src/ruleset/expression/parse.ts';
import type { FieldType, StageKind } from '../../../src/ruleset/ruleset.ts';
import { type CellFixture, datasetOf, stagesOf } from '../dataset-fixture.ts';
import { interpret } from './reference-interpreter.ts';

const STAGES: Readonly<Record<string, StageKind>> = { lead: 'open', deal: 'open', won: 'won', lost: 'lost' };
const FIELDS = new Map<string, FieldType>([
  ['score', 'number'],
  ['points', 'number'],
  ['absent', 'number'],
  ['close', 'date'],
  ['created', 'date'],
  ['owner', 'text'],
  ['manager', 'text'],
  ['active', 'boolean'],
  ['urgent', 'boolean'],
]);

/** Sources of each type, every one well typed. */
const { condition, number } = fc.letrec<{
  condition: string;
  number: string;
  date: string;
  duration: string;
  text: string;
}>((tie) => {
  const options = { depthSize: 'small', maxDepth: 5 } as const;
  const join = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''));
  const comparison = fc.constantFrom(' = ', ' != ', ' < ', ' <= ', ' > ', ' >= ');
  const [condition, number] = [tie('condition'), tie('number')];
  const [date, duration, text] = [tie('date'), tie('duration'), tie('text')];
  return {
    condition: fc.oneof(
      options,
      fc.constantFrom('active', 'urgent', 'true', '(stage = won)', '(stage.kind != open)', '(stage in [lead, "won"])'),
      join('(', condition, fc.constantFrom(' and ', ' or ', ' = ', ' != '), condition, ')'),
      join('(not ', condition, ')'),
      join('(', number, comparison, number, ')'),
      join('(', date, comparison, date, ')'),
      join('(', duration, comparison, duration, ')'),
      join('(', text, fc.constantFrom(' = ', ' != '), text, ')'),
      join('(', fc.oneof(number, date, text, condition), fc.constantFrom(' is missing', ' is not missing'), ')'),
      join('(', text, fc.constantFrom(' in ', ' not in '), '[', text, ', ', text, '])'),
      join('(', number, ' in [1, ', number, '])'),
      join('coalesce(', condition, ', ', condition, ')'),
      join('if(', condition, ', ', condition, ', ', condition, ')'),
      join(fc.constantFrom('contains(', 'starts_with(', 'ends_with('), text, ', ', text, ')'),
    ),
    number: fc.oneof(
      options,
      fc.constantFrom('score', 'points', 'absent', 'stage.index', '0', '1.5', '2'),
      join('(', number, fc.constantFrom(' + ', ' - ', ' * ', ' / '), number, ')'),
      join('-', number),
      join(fc.constantFrom('min(', 'max(', 'coalesce('), number, ', ', number, ')'),
      join(fc.constantFrom('abs(', 'round('), number, ')'),
      join(fc.constantFrom('month(', 'quarter(', 'year('), date, ')'),
      join('days(', duration, ')'),
      join('len(', text, ')'),
      join('if(', condition, ', ', number, ', ', number, ')'),
      join('(percent_rank(', fc.oneof(number, date), ') * 1)'),
    ),
    date: fc.oneof(
      options,
      fc.constantFrom('close', 'created', 'today', '2026-02-28'),
      join('(', date, fc.constantFrom(' + ', ' - '), duration, ')'),
      join('coalesce(', date, ', ', date, ')'),
      join('max(', date, ', ', date, ')'),
      join('if(', condition, ', ', date, ', ', date, ')'),
    ),
    duration: fc.oneof(
      options,
      fc.constantFrom('1d', '2w', '1mo'),
      join('(', date, ' - ', date, ')'),
      join('weekdays(', fc.constantFrom('close', 'created', 'today'), ', ', fc.constantFrom('close', 'today'), ')'),
    ),
    text: fc.oneof(
      options,
      fc.constantFrom('owner', 'manager', '"Li"', '"i"', '"李娜"'),
      join('lower(', text, ')'),
      join('trim(', text, ')'),
      join('coalesce(', text, ', ', text, ')'),
      join('if(', condition, ', ', text, ', ', text, ')'),
    ),
  };
});

const day = fc.integer({ min: 20_500, max: 20_530 });
const cells = (value: fc.Arbitrary<CellFixture>, length: number): fc.Arbitrary<CellFixture[]> =>
  fc.array(fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, '?') }), {
    minLength: length,
    maxLength: length,
  });
const dataset = fc.integer({ min: 0, max: 12 }).chain((length) => {
  const numbers = cells(fc.constantFrom(-2.5, -1, 0, 0.5, 1, 2, 3), length);
  const texts = cells(fc.constantFrom('Li', 'li', 'i', '李娜', '𠮷', 'Wang'), length);
  const flags = cells(fc.boolean(), length);
  const stages = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: length, maxLength: length });
  const table = fc.tuple(numbers, numbers, cells(day, length), cells(day, length), texts, texts, flags, flags, stages);
  return fc.tuple(day, table).map(([asOfDay, [score, points, close, created, owner, manager, active, urgent, stage]]) =>
    datasetOf({
      asOfDay,
      stages: STAGES,
      stage,
      columns: {
        score: ['number', score],
        points: ['number', points],
        close: ['date', close],
        created: ['date', created],
        owner: ['text', owner],
        manager: ['text', manager],
        active: ['boolean', active],
        urgent: ['boolean', urgent],
      },
    }),
  );
});

function parsed(source: string): Expression {
  const result = parseExpression(source, { fields: FIELDS, stages: stagesOf(STAGES) }, 'any');
  if (!result.ok) throw new Error(`${source}: ${result.problems.map((problem) => problem.message.en).join('; ')}`);
  return result.value;
}

it('a condition is decided as row by row', () => {
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

it('a number is computed as row by row', () => {
  fc.assert(
    fc.property(number, dataset, (source, deals) => {
      const expression = parsed(source);
      const computed = evaluateNumbers(expression, deals);
      for (let row = 0; row < deals.rowCount; row += 1) {
        const expected = Number(interpret(expression, deals, row) ?? Number.NaN);
        // Adding zero makes -0 and 0 the same.
        expect(computed[row]! + 0).toBe(expected + 0);
      }
    }),
    { numRuns: 1000, seed: 1 },
  );
});
