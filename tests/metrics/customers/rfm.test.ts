import { describe, expect, it } from 'vitest';
import rfm, { type RfmResult } from '../../../src/metrics/customers/rfm.ts';
import { contextOf, datasetOf, MICRO12_STAGES } from '../dataset-fixture.ts';

const datasetWith = (rows: readonly string[]) =>
  datasetOf({
    asOf: '2024-01-01',
    stages: MICRO12_STAGES,
    types: { amount: 'money' },
    deals: ['id,stage,account,amount,currency,closed', ...rows].join('\n'),
  });
const ROWS = [
  '1,Won,A,100,USD,2023-12-31',
  '2,Won,A,50,USD,2023-12-22',
  '3,Won,B,200,USD,2023-12-12',
  '4,Won,C,300,USD,2023-12-02',
  '5,Won,D,400,USD,2023-11-22',
  '6,Won,E,500,EUR,2023-11-12',
];

describe('recency, frequency and amount', () => {
  const result = rfm.compute(contextOf(datasetWith(ROWS))) as RfmResult;
  const scores = Object.fromEntries(
    result.top.map(({ account, recency, frequency, monetary }) => [account, [recency, frequency, monetary]]),
  );

  it('scores fifths with the ties together', () => {
    // Days 1, 20, 30, 40, 50: type-7 cuts at 16.2, 26, 34, 42, so A to E are 5 to 1.
    // Orders 2, 1, 1, 1, 1: cuts 1, 1, 1, 1.2, so all but A share the lowest fifth.
    // Amounts 150, 200, 300, 400 in USD: cuts 180, 220, 280, 340.
    expect(scores).toEqual({
      A: [5, 5, 1],
      B: [4, 1, 2],
      C: [3, 1, 4],
      D: [2, 1, 5],
      E: [1, 1, null],
    });
  });

  it('keeps to the currency most deals are in', () => {
    expect(result.currency).toBe('USD');
    expect(result.dealsWithoutAmount).toBe(1);
    expect(result.top.map(({ account }) => account)).toEqual(['D', 'C', 'B', 'A', 'E']);
  });

  it('puts each customer into one segment', () => {
    const counts = Object.fromEntries(result.segments.map(({ segment, customers }) => [segment, customers.count]));
    expect(counts).toEqual({ champions: 1, loyal: 0, atRisk: 0, promising: 1, steady: 1, sleeping: 2 });
    expect(result.segments.map(({ wonAmount }) => wonAmount)).toEqual([150, 0, 0, 200, 300, 400]);
  });

  it('needs a customer with two won deals', () => {
    expect(rfm.missing?.(contextOf(datasetWith(ROWS.slice(1))))?.en).toBe('no customer with two won deals');
    expect(rfm.missing?.(contextOf(datasetWith(ROWS)))).toBeNull();
  });

  it('knows a customer by several spellings of its name, of won deals alone', () => {
    const missing = (...rows: string[]) => rfm.missing?.(contextOf(datasetWith([...ROWS.slice(2), ...rows])))?.en;
    expect(missing('7,Won,b  GmbH,100,USD,2023-12-31')).toBeUndefined();
    expect(missing('7,Lost,b GmbH,100,USD,2023-12-31')).toBe('no customer with two won deals');
    expect(missing('7,Won,BB,100,USD,2023-12-31')).toBe('no customer with two won deals');
  });
});
