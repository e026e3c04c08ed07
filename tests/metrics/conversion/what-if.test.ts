import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import conversion, { type HistoryConversion } from '../../../src/metrics/conversion/conversion.ts';
import whatIf, { type WhatIfResult } from '../../../src/metrics/conversion/what-if.ts';
import winRate, { type WinRateResult } from '../../../src/metrics/win/win-rate.ts';
import { contextOf, datasetOf, micro12, micro12Snapshot } from '../dataset-fixture.ts';

/** The metrics of the same report that the base is taken from. */
function basesOf(dataset: Dataset) {
  const rate = winRate.compute(contextOf(dataset)) as WinRateResult;
  const steps = conversion.compute(contextOf(dataset)) as HistoryConversion;
  return { cohort: rate.cohort, stages: steps.stages };
}

describe('the twelve deals', () => {
  const dataset = micro12();
  const result = whatIf.compute(contextOf(dataset)) as WhatIfResult;
  const { cohort, stages } = basesOf(dataset);

  it('have the win rate and the steps that the report shows', () => {
    expect(cohort?.headline).toBe('estimated');
    expect(result.winRate).toEqual({ ...cohort?.estimated, count: null, basis: 'estimated' });
    expect(result.cohort).toMatchObject({ basis: 'estimated', windowDays: cohort?.windowDays, deals: 12, open: 5 });
    expect(result.steps.slice(0, 3).map(({ now }) => [now.value, now.of])).toEqual(
      stages.slice(0, 3).map(({ estimated }) => [estimated?.value, estimated?.of]),
    );
  });

  it('say nothing of a step that four deals came to', () => {
    const [, , , last] = result.steps;
    expect(last).toMatchObject({ from: 'Negotiation', now: { value: null, of: 4, basis: null } });
    expect(last?.uplifted).toMatchObject({ target: null, wonDeals: null });
    // Three steps are left: 1.1³ − 1.
    expect(result.arithmetic).toBeCloseTo(0.331, 10);
    expect(result.all.winRate).toBeCloseTo(result.winRate.value! * 1.331, 10);
  });

  it('count a year out of the days observed', () => {
    const { observedDays, counted, deals } = result.volume!;
    expect(counted).toBe(12);
    expect(deals).toBeCloseTo((12 * 365) / observedDays, 10);
  });

  it('are worth volume × win rate × (target ÷ now − 1) × average won', () => {
    const yearly = result.volume!.deals;
    // Three won deals for 37,000.
    expect(result.averageWon).toEqual({ deals: 3, amounts: { USD: 37_000 / 3 } });
    const third = result.steps[2]!;
    expect(third.uplifted.wonDeals).toBeCloseTo(yearly * result.winRate.value! * 0.1, 8);
    expect(third.uplifted.amounts?.USD).toBeCloseTo((third.uplifted.wonDeals! * 37_000) / 3, 4);
    expect(third.onePoint.wonDeals).toBeCloseTo((yearly * result.winRate.value! * 0.01) / third.now.value!, 8);
  });

  it('gain the same by each step improved in proportion, and most by a point where the rate is lowest', () => {
    const known = result.steps.slice(0, 3);
    for (const { uplifted } of known) expect(uplifted.wonDeals).toBeCloseTo(known[0]!.uplifted.wonDeals!, 8);
    const lowest = Math.min(...known.map(({ now }) => now.value!));
    expect(result.best).toEqual({ step: known.findIndex(({ now }) => now.value === lowest), by: 'onePoint' });
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
    asOf: '2023-12-01',
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
    expect(five.cohort).toMatchObject({ basis: 'matured', deals: 40, open: 0, reached: [40, 40, 40, 40, 40, 20] });
    expect(five.winRate).toMatchObject({ count: 20, of: 40 });
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

  it('without a log, a won or a lost deal, or time between creation and Won, says so', () => {
    expect(whatIf.missing?.(contextOf(micro12Snapshot()))?.en).toContain('--history');
    expect(whatIf.missing?.(contextOf(ladder(2, 0, 9)))?.en).toBe('no won deal');
    expect(whatIf.missing?.(contextOf(ladder(2, 9, 9)))?.en).toBe('no lost deal');
    expect(whatIf.missing?.(contextOf(micro12()))).toBeNull();
    const dataset = ladder(2, 5, 9);
    expect(whatIf.missing?.(contextOf({ ...dataset, asOfDay: dataset.asOfDay + 4000 }))?.en).toContain('past year');
  });

  it('of an import at one instant is withheld: its dates do not tell how long winning takes', () => {
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: [{ id: 'A' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }],
      deals: ['id,stage', ...Array.from({ length: 9 }, (_, deal) => `${deal},${deal < 6 ? 'Won' : 'Lost'}`)].join('\n'),
      history: [
        'id,stage,at',
        ...Array.from(
          { length: 9 },
          (_, deal) => `${deal},A,2024-01-01\n${deal},${deal < 6 ? 'Won' : 'Lost'},2024-01-01`,
        ),
      ].join('\n'),
    });
    expect(whatIf.missing?.(contextOf(dataset))?.en).toContain('how long winning takes');
    expect(whatIf.compute(contextOf(dataset))).toBeNull();
  });
});
