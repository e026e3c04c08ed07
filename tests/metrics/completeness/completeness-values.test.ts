import { describe, expect, it } from 'vitest';
import completeness, { type CompletenessResult } from '../../../src/metrics/completeness/completeness.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const dataset = datasetOf({
  asOf: '2024-04-01',
  stages: [{ id: 'A', require: ['note', 'amount', 'close'] }],
  deals: [
    'id,stage,owner,amount,currency,note,close',
    '1,A,Ann,300,USD,x,2024-05-01',
    '2,A,Ann,100,USD,,2024-05-01',
    '3,A,Bo,50,EUR,x,',
    '4,A,Bo,,,,',
    '5,A,,0,USD,,',
  ].join('\n'),
});
const result = completeness.compute(contextOf(dataset)) as CompletenessResult;

describe('completeness weighted by amount', () => {
  it('counts each deal as much as its amount, by field and currency, never the amount by itself', () => {
    // USD: the note stands in the deal of 300, not in that of 100. Deals without an amount above 0 count nowhere.
    expect(result.fields.map(({ field, valueWeighted }) => [field, valueWeighted])).toEqual([
      [
        'note',
        [
          { currency: 'EUR', value: 1, deals: 1 },
          { currency: 'USD', value: 0.75, deals: 2 },
        ],
      ],
      ['amount', []],
      [
        'close',
        [
          { currency: 'EUR', value: 0, deals: 1 },
          { currency: 'USD', value: 1, deals: 2 },
        ],
      ],
    ]);
  });

  it('is told of each owner over the other fields', () => {
    // Ann: (300 × 2/2 + 100 × 1/2) ÷ 400; Bo: one of two in the deal of 50.
    expect(result.owners.map(({ owner, valueWeighted }) => [owner, valueWeighted])).toEqual([
      ['Ann', [{ currency: 'USD', value: 0.875, deals: 2 }]],
      ['Bo', [{ currency: 'EUR', value: 0.5, deals: 1 }]],
      [null, []],
    ]);
  });
});
