import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import stalled, { type StalledResult } from '../../../src/metrics/dwell/stalled.ts';
import { contextOf, datasetOf, micro12, micro12Snapshot, type StageFixture } from '../dataset-fixture.ts';

const STAGES: readonly StageFixture[] = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }];
const AS_OF = '2024-04-01';
const AS_OF_MILLIS = Date.parse(AS_OF);

function ago(days: number): string {
  return new Date(AS_OF_MILLIS - days * 86_400_000).toISOString().slice(0, 10);
}

interface DealFixture {
  readonly id: string;
  readonly amount?: number | undefined;
  /** Days it stayed, for one that is won; or has stayed. */
  readonly days: number;
  readonly isOpen: boolean;
}

/** Deals in one stage; those that are won left it on the as-of day. */
function leads(deals: readonly DealFixture[]) {
  return datasetOf({
    asOf: AS_OF,
    stages: STAGES,
    deals: `id,stage,amount\n${deals.map(({ id, isOpen, amount }) => `${id},${isOpen ? 'Lead' : 'Won'},${amount ?? ''}`).join('\n')}`,
    history: `id,stage,at\n${deals
      .flatMap(({ id, days, isOpen }) => [`${id},Lead,${ago(days)}`, ...(isOpen ? [] : [`${id},Won,${AS_OF}`])])
      .join('\n')}`,
    currency: 'CNY',
  });
}

function resultOf(...args: Parameters<typeof contextOf>): StalledResult {
  return stalled.compute(contextOf(...args)) as StalledResult;
}

/** Eight won after 10 days, two after 20, and three open ones of 12, 16 and 30 days. */
const DEALS: readonly DealFixture[] = [
  ...Array.from({ length: 8 }, (_, each) => ({ id: `W${each}`, days: 10, isOpen: false })),
  { id: 'W8', days: 20, isOpen: false },
  { id: 'W9', days: 20, isOpen: false },
  { id: 'A', days: 12, isOpen: true, amount: 100 },
  { id: 'B', days: 16, isOpen: true, amount: 50 },
  { id: 'C', days: 30, isOpen: true },
];

describe('micro12', () => {
  const result = resultOf(micro12());

  it('judges the one stage with ten visits', () => {
    expect(result.stalled).toMatchObject({ count: 1, of: 1 });
    expect(result).toMatchObject({ judged: 1, notJudged: 4, factor: 1.5, basis: 'history', amounts: { USD: 4000 } });
    expect(result.stages.map(({ judged, notJudged }) => [judged, notJudged])).toEqual([
      [1, 0],
      [0, 2],
      [0, 1],
      [0, 1],
    ]);
    expect(result.deals).toMatchObject([{ deal: 'D09', stage: 'Lead', ageDays: 31, typicalDays: 10, overP90: true }]);
    expect(result.deals[0]?.timesTypical).toBeCloseTo(3.1, 12);
    expect(result.deals[0]?.share).toBeCloseTo(1 / 11, 9);
  });

  it('says which deals of the other stages are long over the few visits there are', () => {
    // Of statistics.md 1.6: 50 days are 5.0 times the median and 41 days 2.05 times; D08 (0.55) and D10 (1.2) are not over.
    expect(result.indicative.map(({ deal, timesTypical }) => `${deal} ${timesTypical}`).sort()).toEqual([
      'D06 5',
      'D07 2.05',
    ]);
  });
});

describe('a stage', () => {
  const stage = resultOf(leads(DEALS)).stages[0]!;

  it('has its limit, base rate and expected share by hand', () => {
    // At risk 13: S(10) = 5/13; censored at 12 and 16; at 20 two of three end, S(20) = 5/39; the last is open at 30.
    expect(stage).toMatchObject({ typicalDays: 10, limitDays: 15, visits: 13, judged: 3 });
    expect(stage.baseRate).toBeCloseTo(5 / 13, 12);
    // Mean up to 15: 10 + 5 · 5/13. Mean up to 30: 10 + 10 · 5/13 + 10 · 5/39.
    const expected = 1 - (10 + 25 / 13) / (10 + 50 / 13 + 50 / 39);
    expect(stage.expectedShare).toBeCloseTo(expected, 12);
    expect(stage.stalled).toMatchObject({ count: 2, of: 3 });
    expect(stage.excess).toBeCloseTo(2 / 3 - expected, 12);
    // At least two of three: 3p²(1 − p) + p³.
    expect(stage.pValue).toBeCloseTo(3 * expected ** 2 * (1 - expected) + expected ** 3, 12);
  });

  it('counts what is over nine of ten visits', () => {
    // S(20) = 5/39 is above a tenth: the curve never gets there.
    expect(stage.p90Days).toBeNull();
    expect(stage.byP90).toMatchObject({ count: 0, of: 0 });
    const longer = resultOf(
      leads([...DEALS, ...Array.from({ length: 9 }, (_, each) => ({ id: `X${each}`, days: 5, isOpen: false }))]),
    );
    // Now 22: S(5) = 13/22, S(10) = 5/22, S(20) = 5/66 < 0.1.
    expect(longer.stages[0]).toMatchObject({ p90Days: 20, byP90: { count: 1, of: 3 } });
  });

  it('lists the oddest first, then by amount', () => {
    const twin = { id: 'D', days: 16, isOpen: true, amount: 70 };
    const { deals, listed } = resultOf(leads([...DEALS, twin]));
    expect(deals.map(({ deal }) => deal)).toEqual(['C', 'D', 'B']);
    expect(listed).toBe(3);
  });

  it('gives the deals behind it where asked', () => {
    expect(resultOf(leads(DEALS), { details: true }).stages[0]?.dealKeys).toEqual(['B', 'C']);
    expect(stage).not.toHaveProperty('dealKeys');
  });
});

it('lists five hundred and counts all', () => {
  const many = Array.from({ length: 600 }, (_, each) => ({ id: `O${each}`, days: 100 + each, isOpen: true }));
  const won = Array.from({ length: 2000 }, (_, each) => ({ id: `W${each}`, days: 10, isOpen: false }));
  const result = resultOf(leads([...won, ...many]));
  expect(result.stalled).toMatchObject({ count: 600, of: 600 });
  expect(result.deals).toHaveLength(500);
  expect(result.listed).toBe(500);
  expect(result.pValue).toBeLessThan(1e-9);
});

it('does not depend on the order of rows', () => {
  const deals: readonly DealFixture[] = [...DEALS, { id: 'D', days: 16, isOpen: true, amount: 50 }];
  const expected = resultOf(leads(deals));
  const withoutPlace = ({ deals: listed, ...rest }: StalledResult) => ({
    ...rest,
    listed: listed.map(({ at: _at, ...deal }) => deal),
  });
  fc.assert(
    fc.property(fc.shuffledSubarray([...deals], { minLength: deals.length }), (shuffled) => {
      expect(withoutPlace(resultOf(leads(shuffled)))).toEqual(withoutPlace(expected));
    }),
    { numRuns: 20 },
  );
});

describe('without a change log', () => {
  it('says what is missing', () => {
    const context = contextOf(micro12Snapshot());
    expect(stalled.missing?.(context)?.en).toContain('--history');
    expect(stalled.compute(context)).toBeNull();
  });

  it('takes the limits of the stage list', () => {
    const plain = datasetOf({
      asOf: AS_OF,
      stages: STAGES,
      deals: 'id,stage,stage_entered\nA,Lead,2024-03-02\nB,Lead,2024-03-25\nC,Lead,',
    });
    const dataset = { ...plain, stages: plain.stages.map((stage) => ({ ...stage, maxDwellDays: 14 })) };
    const context = contextOf(dataset);
    expect(stalled.missing?.(context)).toBeNull();
    const result = stalled.compute(context) as StalledResult;
    expect(result).toMatchObject({
      basis: 'snapshot',
      factor: null,
      stalled: { count: 1, of: 2 },
      expectedShare: null,
    });
    expect(result.deals).toMatchObject([
      { deal: 'A', ageDays: 30, typicalDays: null, timesTypical: null, share: null },
    ]);
    const blocks = JSON.stringify(stalled.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
    expect(blocks).toContain('1 of 2 open deals are over the limit');
  });
});
