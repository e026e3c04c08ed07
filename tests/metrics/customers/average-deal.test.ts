import { describe, expect, it } from 'vitest';
import averageDeal, { type AverageDealResult } from '../../../src/metrics/customers/average-deal.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

describe('the average deal', () => {
  it('is that of the twelve deals', () => {
    // Won: 10,000, 20,000 and 7,000.
    const result = averageDeal.compute(contextOf(micro12(), { details: true })) as AverageDealResult;
    expect(result.byCurrency).toHaveLength(1);
    expect(result.byCurrency[0]).toMatchObject({ currency: 'USD', deals: 3, wonAmount: 37_000, interval: null });
    expect(result.byCurrency[0]?.averageAmount).toBeCloseTo(12_333.33, 2);
    expect(result.dealKeys).toHaveLength(3);
  });

  it('keeps currencies, periods and owners apart', () => {
    const dataset = datasetOf({
      asOf: '2024-03-10',
      stages: MICRO12_STAGES,
      deals: [
        'id,stage,amount,currency,owner,closed',
        '1,Won,100,USD,Ann,2024-01-31',
        '2,Won,300,USD,Bo,2024-02-01',
        '3,Won,50,EUR,Ann,2024-03-01',
        '4,Won,,USD,Ann,2024-02-01',
        '5,Lost,900,USD,Ann,2024-02-01',
      ].join('\n'),
    });
    const result = averageDeal.compute(contextOf(dataset)) as AverageDealResult;
    expect(result.byCurrency.map(({ currency, averageAmount }) => [currency, averageAmount])).toEqual([
      ['EUR', 50],
      ['USD', 200],
    ]);
    expect(result.wonWithoutAmount).toBe(1);
    expect(
      result.periods.map(({ from, isComplete, byCurrency }) => [from, isComplete, byCurrency[0]?.wonAmount]),
    ).toEqual([
      ['2024-01-01', true, 100],
      ['2024-02-01', true, 300],
      ['2024-03-01', false, 50],
    ]);
    const owners = result.by.find(({ field }) => field === 'owner');
    expect(owners?.rows.map(({ value, byCurrency }) => [value, byCurrency.length])).toEqual([
      ['Ann', 2],
      ['Bo', 1],
    ]);
  });

  it('gives an interval of the average from thirty deals on', () => {
    // 15 deals of 1 and 15 of 3: average 2, variance 30/29, half-width 1.96·√(1/29).
    const rows = Array.from({ length: 30 }, (_, deal) => `${deal},Won,${deal % 2 === 0 ? 1 : 3},2024-01-01`);
    const dataset = datasetOf({
      asOf: '2024-02-01',
      stages: MICRO12_STAGES,
      currency: 'USD',
      deals: ['id,stage,amount,closed', ...rows].join('\n'),
    });
    const [spread] = (averageDeal.compute(contextOf(dataset)) as AverageDealResult).byCurrency;
    expect(spread?.interval?.[0]).toBeCloseTo(2 - 1.959964 / Math.sqrt(29), 5);
    expect(spread?.interval?.[1]).toBeCloseTo(2 + 1.959964 / Math.sqrt(29), 5);
  });
});
