import { describe, expect, it } from 'vitest';
import whatIf, { type WhatIfResult } from '../../../src/metrics/conversion/what-if.ts';
import { contextOf, datasetOf, micro12, micro12Snapshot } from '../dataset-fixture.ts';

const result = whatIf.compute(contextOf(micro12())) as WhatIfResult;

describe('the twelve deals', () => {
  it('give their steps over the deals decided: of too few is enough time past', () => {
    // Reached 12/10/7/5 and 3 won, less the open deals D09 (Lead), D06, D10 (Qualified), D07 (Proposal), D08 (Negotiation).
    expect(result.cohort).toMatchObject({ basis: 'decided', deals: 7, open: 0, reached: [7, 6, 5, 4, 3] });
    expect(result.steps.map(({ from, to, now }) => [from, to, now.count, now.of])).toEqual([
      ['Lead', 'Qualified', 6, 7],
      ['Qualified', 'Proposal', 5, 6],
      ['Proposal', 'Negotiation', 4, 5],
      ['Negotiation', null, 3, 4],
    ]);
  });

  it('improve by 46 % when each of four steps improves by a tenth', () => {
    expect(result.arithmetic).toBeCloseTo(0.4641, 10);
    expect(result.all.winRate).toBeCloseTo((3 / 7) * 1.4641, 10);
    expect(result.all.relative).toBeCloseTo(0.4641, 10);
  });

  it('count a year out of the days observed', () => {
    const { observedDays, counted, deals } = result.volume!;
    expect(counted).toBe(12);
    expect(deals).toBeCloseTo((12 * 365) / observedDays, 10);
  });

  it('are worth volume × (target − now) × downstream × average won', () => {
    const yearly = result.volume!.deals;
    // Three won deals for 37,000.
    expect(result.averageWon).toEqual({ deals: 3, amounts: { USD: 37_000 / 3 } });
    const third = result.steps[2]!;
    const wonDeals = yearly * (5 / 7) * (0.8 * 0.1) * (3 / 4);
    expect(third.uplifted.wonDeals).toBeCloseTo(wonDeals, 8);
    expect(third.uplifted.amounts?.USD).toBeCloseTo((wonDeals * 37_000) / 3, 4);
    expect(third.onePoint.wonDeals).toBeCloseTo(yearly * (5 / 7) * 0.01 * (3 / 4), 8);
  });

  it('gain the same by each step improved in proportion, and most by a point where the rate is lowest', () => {
    const gains = result.steps.map(({ uplifted }) => uplifted.wonDeals!);
    for (const gain of gains) expect(gain).toBeCloseTo(gains[0]!, 8);
    expect(result.best).toEqual({ step: 3, by: 'onePoint' });
  });
});

/** Deals that all reach one stage after the other, `wins` of `deals` won. */
function ladder(openStages: number, wins: number, deals: number) {
  const ids = Array.from({ length: openStages }, (_, index) => `S${index}`);
  const rows: string[] = [];
  for (let deal = 0; deal < deals; deal += 1) {
    for (const [index, id] of ids.entries()) rows.push(`${deal},${id},2023-0${index + 1}-01`);
    rows.push(`${deal},${deal < wins ? 'Won' : 'Lost'},2023-09-01`);
  }
  return datasetOf({
    asOf: '2024-04-01',
    stages: [...ids.map((id) => ({ id })), { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }],
    deals: ['id,stage', ...Array.from({ length: deals }, (_, deal) => `${deal},${deal < wins ? 'Won' : 'Lost'}`)].join(
      '\n',
    ),
    history: ['id,stage,at', ...rows].join('\n'),
  });
}

describe('a funnel', () => {
  it('of five steps improves by 61 % on paper', () => {
    const five = whatIf.compute(contextOf(ladder(5, 20, 40))) as WhatIfResult;
    expect(five.arithmetic).toBeCloseTo(0.61051, 10);
    expect(five.cohort).toMatchObject({ basis: 'matured', deals: 40, open: 0 });
  });

  it('stops at 100 %: steps that nobody fails cannot be improved', () => {
    const { steps, all } = whatIf.compute(contextOf(ladder(5, 20, 40))) as WhatIfResult;
    expect(steps.map(({ uplifted }) => [uplifted.target, uplifted.capped])).toEqual([
      ...Array.from({ length: 4 }, () => [1, true]),
      [0.55, false],
    ]);
    expect(all.relative).toBeCloseTo(0.1, 10);
  });

  it('is held to the benchmarks that the rules file gives', () => {
    const dataset = micro12();
    const benchmark = {
      figure: 'conversion',
      stage: 'Qualified',
      value: 0.9,
      unit: 'rate',
      origin: { file: '', line: 1 },
    };
    const ruleset = { ...dataset.ruleset, benchmarks: [benchmark] } as unknown as typeof dataset.ruleset;
    const { steps, best } = whatIf.compute(contextOf({ ...dataset, ruleset })) as WhatIfResult;
    expect(best).toEqual({ step: 1, by: 'benchmark' });
    expect(steps[1]?.benchmark?.target).toBe(0.9);
    expect(steps.map(({ benchmark: gain }) => gain === null)).toEqual([true, false, true, true]);
  });

  it('without a log or without a won deal says so', () => {
    expect(whatIf.missing?.(contextOf(micro12Snapshot()))?.en).toContain('--history');
    expect(whatIf.missing?.(contextOf(ladder(2, 0, 3)))?.en).toBe('no won deal');
    expect(whatIf.missing?.(contextOf(micro12()))).toBeNull();
  });
});
