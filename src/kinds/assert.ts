import { textAt } from '../dataset/cells.ts';
import { computedValues } from '../dataset/computed-values.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import { DAY_MILLIS, dateTextOf } from '../dataset/values/calendar.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { defineKind, HOLDS, UNKNOWN, VIOLATES } from './define.ts';
import type { Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

/** Outcome of the values -1 (unknown), 0 and 1, by value + 1. */
const OUTCOME_OF = Uint8Array.of(UNKNOWN, VIOLATES, HOLDS);

/** The columns an expression compares: those of its fields by id, then those it names by header. */
function comparedColumns(rule: Rule, { columns, headerColumns }: Dataset): readonly (readonly [string, Column])[] {
  const named = (names: readonly string[], all: ReadonlyMap<string, Column>): (readonly [string, Column])[] =>
    [...new Set(names)].flatMap((name) => {
      const column = all.get(name);
      return column === undefined ? [] : [[name, column] as const];
    });
  return [...named(rule.assertFields, columns), ...named(rule.needsHeaders, headerColumns)];
}

/** Dates as workbooks and exports hold them: `2026-09-24T16:04:00`. */
const WITH_T = /^\d{4}-\d\d-\d\dT\d/;

/** Text of a cell; a date with a time as the clock shows it, `2026-09-24 16:04`. */
function shownAt(column: Column, row: number): string | null {
  const text = textAt(column, row);
  if (text === null || column.type !== 'date' || !WITH_T.test(text)) return text;
  const millis = column.millis?.[column.codes[row] as number] ?? Number.NaN;
  return Number.isNaN(millis) ? text : dateTextOf(millis / DAY_MILLIS);
}

export default defineKind({
  kind: 'assert',
  title: { en: 'An expression holds', zh: '表达式成立' },
  why: { en: 'The rule says what must be true of a deal.', zh: '规则写明了商机必须满足的条件。' },
  fix: { en: 'Correct the values that the rule compares.', zh: '更正规则所比较的字段值。' },
  options: (z: Zod) =>
    z.string().min(1).meta({ description: 'An expression, true for a sound deal / 表达式，合格的商机为真' }),
  messages: {
    violated: { en: 'expected {expression}; found {values}', zh: '应满足 {expression}；实际为 {values}' },
  },
  example: {
    rule: 'assert: amount > 0',
    bad: 'id,amount\n1,0\n2,-5\n',
    good: 'id,amount\n1,7\n2,\n',
  },
  references: (source) => [{ type: 'predicate', source, path: [] }],
  check({ options: source, rule, dataset, selected, evaluate, violation }) {
    const expression = rule.expressions.get('');
    if (expression === undefined) return { type: 'rows', outcome: blankOutcome(dataset), describe: () => [] };
    const values = evaluate(expression);
    visitBlocks(values.length, (from, to) => {
      // Times 1 for a deal that is judged, times 0 for any other.
      for (let row = from; row < to; row++) values[row] = selected[row]! * OUTCOME_OF[values[row]! + 1]!;
    });
    const outcome = new Uint8Array(values.buffer);
    const compared = comparedColumns(rule, dataset);
    const computed = computedValues(expression, source, dataset);
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        const found = [
          ...compared.map(([name, column]) => ({ cellOf: name, value: shownAt(column, row) })),
          ...computed.map((valueAt) => valueAt(row)),
        ];
        return [violation('violated', { expression: source, values: { list: found } }, compared[0]?.[0] ?? null)];
      },
    };
  },
});
