import { describe, expect, it } from 'vitest';
import forecastCategories, { type CategoriesResult } from '../../../src/metrics/forecast/forecast-categories.ts';
import decayedPipeline, { type DecayedResult } from '../../../src/metrics/pipeline/decayed-pipeline.ts';
import stalenessLayers, { type StalenessResult } from '../../../src/metrics/pipeline/staleness-layers.ts';
import { contextOf, datasetOf, micro12 } from '../dataset-fixture.ts';

const STAGES = [
  { id: 'Lead' },
  { id: 'Rest', kind: 'dormant' },
  { id: 'Won', kind: 'won' },
  { id: 'Lost', kind: 'lost' },
] as const;
const DEALS = `id,stage,amount,created,modified,activity,forecast_category,close
A,Lead,100,2023-01-01,2024-03-31,2024-03-02,Commit,2024-04-10
B,Lead,200,2023-01-01,2024-01-02,2024-02-01,Best Case,2024-05-10
C,Lead,400,2023-01-01,2023-10-04,,Best Case,2024-04-11
D,Lead,800,2023-01-01,2023-04-02,,承诺,
E,Lead,1600,2023-01-01,2023-04-01,,maybe,2024-04-12
F,Lead,3200,2023-03-31,,,,2024-04-12
G,Lead,6400,2024-05-01,,,Omitted,2024-04-12
H,Rest,1,2024-01-01,,,Commit,
I,Won,1,2024-01-01,,,Closed,`;
const dataset = datasetOf({ asOf: '2024-04-01', stages: STAGES, deals: DEALS, currency: 'USD' });

describe('the layers of staleness', () => {
  it('go by the last change: 1, 90, 180, 365, 366 and 367 days ago, and one that is dated later', () => {
    const result = stalenessLayers.compute(contextOf(dataset, { details: true })) as StalenessResult;
    expect(result.layers.map(({ fromDays, dealKeys, amounts }) => [fromDays, dealKeys, amounts])).toEqual([
      [0, ['A'], { USD: 100 }],
      [90, ['B'], { USD: 200 }],
      [180, ['C', 'D'], { USD: 1200 }],
      [366, ['E', 'F'], { USD: 4800 }],
    ]);
    expect(result).toMatchObject({
      openDeals: 7,
      unknown: 1,
      sources: { change: 0, modified: 5, created: 1 },
      idle: { count: 5, of: 6 },
      dormant: { count: 1, of: 8 },
    });
    expect(result.clocks).toMatchObject([
      { clock: 'stage', medianDays: null, deals: 0, unknown: 7 },
      // 1, 90, 180, 365, 366, 367: between the third and the fourth.
      { clock: 'change', medianDays: 272.5, deals: 6 },
      { clock: 'activity', medianDays: 45, deals: 2 },
    ]);
  });

  it('go by the change log where there is one: the open deals of micro12 moved 50, 41, 11, 31 and 12 days ago', () => {
    const result = stalenessLayers.compute(contextOf(micro12())) as StalenessResult;
    expect(result.clocks[1]).toMatchObject({ medianDays: 31, deals: 5 });
    expect(result.sources).toEqual({ change: 5, modified: 0, created: 0 });
  });
});

describe('the decayed pipeline', () => {
  it('halves an amount every 30 days without a sign of life', () => {
    const deals =
      'id,stage,amount,activity,modified\nA,Lead,100,2024-03-02,2024-03-31\nB,Lead,80,,2024-02-01\nC,Lead,7,,\nD,Won,9,2024-03-31,';
    const two = datasetOf({ asOf: '2024-04-01', stages: STAGES, deals, currency: 'USD' });
    const result = decayedPipeline.compute(contextOf(two)) as DecayedResult;
    expect(result).toMatchObject({ halfLifeDays: 30, byActivity: 1, byChange: 1 });
    expect(result.currencies).toMatchObject([{ currency: 'USD', deals: 2, unknown: 1, amount: 180 }]);
    expect(result.currencies[0]?.decayedAmount).toBeCloseTo(50 + 20, 12);
  });
});

describe('forecast categories', () => {
  it('are added up as written, and read for what they promise', () => {
    const { categories, openDeals } = forecastCategories.compute(contextOf(dataset)) as CategoriesResult;
    expect(openDeals).toBe(7);
    expect(
      categories.map(({ category, promises, deals, amounts, due }) => [
        category,
        promises,
        deals,
        amounts.USD,
        due.amounts.USD,
      ]),
    ).toEqual([
      ['Commit', 'commit', 1, 100, 100],
      ['承诺', 'commit', 1, 800, undefined],
      ['Best Case', 'bestCase', 2, 600, 400],
      ['Omitted', 'omitted', 1, 6400, 6400],
      ['maybe', 'other', 1, 1600, 1600],
      [null, 'none', 1, 3200, 3200],
    ]);
  });
});
