import { describe, expect, it } from 'vitest';
import cyclePeriods, { type CyclePeriodsResult } from '../../../src/metrics/pipeline/cycle-periods.ts';
import { contextOf, micro12, micro12Snapshot } from '../dataset-fixture.ts';

describe('the cycle of micro12 by the month created', () => {
  const result = cyclePeriods.compute(contextOf(micro12())) as CyclePeriodsResult;

  it('says of which months the fast deals alone have closed', () => {
    // Won after 50 and 35 days (January) and 20 (February): 90 % within 35 + 0.8 × 15 = 47 days, which the last day of
    // January is from 1 April, and that of February is not.
    expect(result.maturityDays).toBe(47);
    expect(result.periods).toEqual([
      { period: '2024-01', created: 6, won: 2, lost: 4, open: 0, medianWonDays: 42.5, isMatured: true },
      { period: '2024-02', created: 4, won: 1, lost: 0, open: 3, medianWonDays: 20, isMatured: false },
      { period: '2024-03', created: 2, won: 0, lost: 0, open: 2, medianWonDays: null, isMatured: false },
    ]);
  });

  it('says which stages take the time of the won deals, where a log tells', () => {
    const shares = result.stages?.map(({ stage, days }) => [stage, days]);
    // D01 10 + 10 + 20 + 10 days, D03 10 as a lead, 20 in Proposal, 5 in Negotiation, D11 20 in Proposal.
    expect(shares).toEqual([
      ['Lead', 20],
      ['Qualified', 10],
      ['Proposal', 60],
      ['Negotiation', 15],
    ]);
    expect(result.stages?.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 12);
    expect((cyclePeriods.compute(contextOf(micro12Snapshot())) as CyclePeriodsResult).stages).toBeNull();
  });
});
