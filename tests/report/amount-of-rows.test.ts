import { describe, expect, it } from 'vitest';
import { amountOfRows } from '../../src/report/amount-of-rows.ts';
import { datasetOf, MICRO12_STAGES } from '../metrics/dataset-fixture.ts';

function amounts(deals: readonly string[]): Record<string, number> {
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: ['id,stage,amount,currency', ...deals].join('\n'),
  });
  return amountOfRows(Int32Array.from(deals.keys()), dataset);
}

describe('the amount of the deals of a rule', () => {
  it('counts a deal that stands in two rows once, with its larger amount, in whatever order', () => {
    const rows = ['1,Lead,100,USD', '1,Lead,130,USD', '2,Lead,7,USD', '1,Lead,,USD'];
    expect(amounts(rows)).toEqual({ USD: 137 });
    expect(amounts(rows.toReversed())).toEqual({ USD: 137 });
  });

  it('adds deals that stand in one row to those that stand in several', () => {
    const rows = ['1,Lead,100,USD', '2,Lead,50,EUR', '1,Lead,130,EUR', '3,Lead,1,USD', ',Lead,4,', '2,Lead,40,USD'];
    expect(amounts(rows)).toEqual({ EUR: 180, USD: 1, XXX: 4 });
  });

  it('counts rows without an id each by itself', () => {
    expect(amounts([',Lead,5,USD', ',Lead,5,USD'])).toEqual({ USD: 10 });
  });

  it('has the currency of most deals first', () => {
    const all = amounts(['1,Lead,1000,CNY', '2,Lead,1,USD', '3,Lead,1,USD', '4,Lead,9,EUR']);
    expect(Object.entries(all)).toEqual([
      ['USD', 2],
      ['CNY', 1000],
      ['EUR', 9],
    ]);
  });
});
