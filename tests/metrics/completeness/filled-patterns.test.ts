import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPresent } from '../../../src/dataset/cells.ts';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { countRequired, countSelected } from '../../../src/metrics/completeness/completeness-counts.ts';
import { lackingFields } from '../../../src/metrics/completeness/filled-patterns.ts';
import { requiredFields } from '../../../src/metrics/completeness/required-fields.ts';
import { datasetOf } from '../dataset-fixture.ts';

const STAGES = [
  { id: 'A', require: ['note'] },
  { id: 'B', require: ['amount', 'owner'] },
  { id: 'Won', kind: 'won' as const },
];
const cell = fc.constantFrom('', 'x', 'n/a');
const deal = fc.tuple(fc.constantFrom('A', 'B', 'Won', 'Nowhere'), cell, fc.constantFrom('', '5', 'five'), cell);
const deals = fc.array(deal, { minLength: 1, maxLength: 30 });

function listOf(rows: readonly (readonly string[])[]): Dataset {
  const lines = rows.map((cells, row) => [row, ...cells].join(','));
  return datasetOf({ asOf: '2024-04-01', stages: STAGES, deals: ['id,stage,note,amount,owner', ...lines].join('\n') });
}

/** Fields that the stage of a row asks for, and that its cells have. */
function fieldsOf(dataset: Dataset, row: number) {
  const { fields, profiles, profileOf } = requiredFields(dataset);
  const asked = Array.from(profiles[profileOf[row]!] ?? []);
  const filled = asked.filter((field) => isPresent(dataset.columns.get(fields[field]!), row));
  return { filled, lacking: asked.filter((field) => !filled.includes(field)) };
}

describe('the patterns of filled fields', () => {
  it('say of each deal what it has and what it lacks', () => {
    fc.assert(
      fc.property(deals, (rows) => {
        const dataset = listOf(rows);
        const required = requiredFields(dataset);
        const { patterns, filledWeight, requiredWeight } = countRequired(dataset, required);
        const lacking = lackingFields(required, patterns);
        for (const [row, pattern] of patterns.patternOf.entries()) {
          const expected = fieldsOf(dataset, row);
          expect(pattern < 0).toBe(dataset.stage[row]! < 0);
          if (pattern < 0) continue;
          expect([patterns.filled[pattern], lacking[pattern]]).toEqual([expected.filled, expected.lacking]);
          expect(filledWeight[pattern]).toBe(expected.filled.length);
          expect(requiredWeight[pattern]).toBe(expected.filled.length + expected.lacking.length);
        }
      }),
    );
  });

  it('count the selected deals by field', () => {
    fc.assert(
      fc.property(deals, fc.infiniteStream(fc.boolean()), (rows, picks) => {
        const dataset = listOf(rows);
        const select = Uint8Array.from(rows, () => Number(picks.next().value));
        const required = requiredFields(dataset);
        const { filledDeals } = countSelected(required, countRequired(dataset, required), select);
        const width = required.fields.length;
        const byField = required.fields.map((_, field) =>
          required.profiles.reduce((sum, _profile, profile) => sum + filledDeals[profile * width + field]!, 0),
        );
        const expected = required.fields.map(
          (_, field) =>
            rows.filter((_row, row) => select[row] === 1 && fieldsOf(dataset, row).filled.includes(field)).length,
        );
        expect(byField).toEqual(expected);
      }),
    );
  });
});
