import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topRows } from '../../../src/metrics/pipeline/pipeline-top-deals.ts';
import { datasetOf } from '../dataset-fixture.ts';

type Deal = readonly [key: string, amount: number];

function order(deals: readonly Deal[], a: number, b: number): number {
  const [keyA, amountA] = deals[a]!;
  const [keyB, amountB] = deals[b]!;
  const known = [amountA, amountB].map((amount) => (Number.isNaN(amount) ? -Number.MAX_VALUE : amount));
  return known[1]! - known[0]! || Number(keyA > keyB) - Number(keyA < keyB) || a - b;
}

describe('topRows', () => {
  it('equals sorting all rows: by value, unknown ones last, then by key, then as they come', () => {
    const deal = fc.tuple(fc.constantFrom('a', 'b', 'c', ''), fc.constantFrom(1, 2, 2.5, -1, Number.NaN));
    fc.assert(
      fc.property(fc.array(deal, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (deals, limit) => {
        const dataset = datasetOf({
          asOf: '2024-01-01',
          stages: [{ id: 'Lead' }],
          deals: ['id,stage', ...deals.map(([key]) => `${key},Lead`)].join('\n'),
        });
        const rows = deals.map((_, row) => row);
        const found = topRows(dataset, Int32Array.from(rows), (row) => deals[row]![1], limit);
        expect(found).toEqual(rows.toSorted((a, b) => order(deals, a, b)).slice(0, limit));
      }),
    );
  });
});
