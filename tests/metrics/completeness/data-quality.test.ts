import { describe, expect, it } from 'vitest';
import dataQuality, { type DataQualityResult } from '../../../src/metrics/completeness/data-quality.ts';
import { contextOf, datasetOf, MICRO12_STAGES } from '../dataset-fixture.ts';

const STAGES = MICRO12_STAGES.map((stage) => (stage.id === 'Lead' ? { ...stage, require: ['owner'] } : stage));

const DATASET = datasetOf({
  asOf: '2024-04-01',
  stages: STAGES,
  deals: [
    'id,name,account,stage,owner,amount,created,closed,activity,close',
    '1,Deal,Acme Inc.,Won,Ann,1200,2024-01-01,2024-01-31,,',
    '2,deal,ACME,Lost,Bo,1234,2024-02-01,2024-01-15,,',
    '2,Other,Acme,Lead,,0,2024-03-01,2024-03-02,2024-03-30,2024-03-31',
    '4,Other,Bell,Lead,Cy,50,soon,,2024-01-01,2024-05-01',
    '5,Other,Core,Lost,Cy,-3,2024-02-02,2024-02-02,,',
    '6,Other,Dune,Nowhere,Cy,,2024-02-02,,,',
  ].join('\n'),
});

describe('the inventory of the data', () => {
  const result = dataQuality.compute(contextOf(DATASET)) as DataQualityResult;
  const checks = Object.fromEntries(
    result.dimensions.flatMap(({ checks }) => checks.map(({ check, rate }) => [check, [rate.count, rate.of]])),
  );

  it('counts each check by hand', () => {
    expect(checks).toEqual({
      // Both open deals and the won one need an owner, a lost deal only what its own stage asks.
      'required-filled': [2, 3],
      // amount 5, created 5 and one that cannot be read, closed 4, activity 2, close 2.
      'cells-readable': [18, 19],
      'stages-known': [5, 6],
      'ids-unique': [4, 6],
      'deals-unique': [4, 6],
      'changed-lately': [1, 2],
      'not-past-due': [1, 2],
      'closed-dated': [3, 3],
      'open-not-closed': [1, 2],
      'amount-positive': [3, 5],
      'dates-in-order': [2, 3],
    });
  });

  it('weighs the dimensions into a score', () => {
    const rates = result.dimensions.map(({ rate, weight }) => [rate.count, rate.of, weight]);
    expect(rates).toEqual([
      [2, 3, 30],
      [23, 25, 20],
      [8, 12, 15],
      [2, 4, 15],
      [9, 13, 20],
    ]);
    expect(result.coverage).toBe(1);
    expect(result.score).toBeCloseTo((30 * 2) / 3 + (20 * 23) / 25 + (15 * 8) / 12 + (15 * 2) / 4 + (20 * 9) / 13, 9);
  });

  it('tells where values pile up', () => {
    // 1200 is round, 1234 is not, 50 and less are too small to tell; 31 January of three closings; deal 5 on one day.
    expect(result.heaping.roundAmounts).toMatchObject({ count: 1, of: 2 });
    expect(result.heaping.monthEndClosings).toMatchObject({ count: 1, of: 3 });
    expect(result.heaping.createdAsClosed).toMatchObject({ count: 1, of: 3 });
  });

  it('gives no score from a part of the weights that is too small', () => {
    const dataset = datasetOf({ asOf: '2024-04-01', stages: [], deals: 'stage\nLead' });
    const poor = dataQuality.compute(contextOf(dataset)) as DataQualityResult;
    expect(poor.score).toBeNull();
    expect(poor.coverage).toBeCloseTo(0.3, 9);
  });
});
