import { describe, expect, it } from 'vitest';
import freshness, { type FreshnessResult } from '../../../src/metrics/pipeline/freshness.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12 } from '../dataset-fixture.ts';

describe('freshness', () => {
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: [
      'id,stage,close,activity,modified,amount',
      'A,Lead,2024-03-31,2024-03-30,2024-01-01,5',
      'B,Lead,2024-04-01,2024-01-01,2024-03-01,many',
      'C,Lead,,,2024-03-02,7',
      'D,Lead,soon,,,8',
      'E,Won,2024-01-01,2024-01-01,2024-01-01,9',
    ].join('\n'),
  });
  const result = freshness.compute(contextOf(dataset)) as FreshnessResult;

  it('looks at the close date of open deals', () => {
    expect(result.pastDue).toMatchObject({ count: 1, of: 2, value: 0.5, unknown: 2 });
  });

  it('takes the latest sign of life', () => {
    expect(result.dormant).toMatchObject({ count: 1, of: 3, unknown: 1 });
  });

  it('has the open deals of the history for its base, as the funnel has', () => {
    const logged = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: 'id,stage,close\nA,gone,2024-03-31\nB,Lead,2024-05-01\nC,Lead,2024-03-01',
      history: 'id,stage,at\nA,Lead,2024-01-01\nC,Won,2024-03-01',
    });
    const { openDeals, pastDue } = freshness.compute(contextOf(logged)) as FreshnessResult;
    expect(openDeals).toBe(2);
    expect(pastDue).toMatchObject({ count: 1, of: 2, unknown: 0 });
  });

  it('counts cells that cannot be read, blanks aside', () => {
    expect(result.readable).toMatchObject({ count: 14, of: 16 });
  });

  it('leaves parts of the score open where there is no column', () => {
    const bare = freshness.compute(contextOf(micro12())) as FreshnessResult;
    expect(bare).toMatchObject({ pastDue: null, dormant: null });
    expect(freshness.score?.(bare).map((part) => part.value)).toEqual([null, 1]);
    expect(freshness.score?.(result).map((part) => [part.part, part.weight])).toEqual([
      ['pastDue', 15],
      ['readable', 15],
    ]);
  });
});
