import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import factorLift from '../../../src/metrics/win/factor-lift.ts';
import type { Factor, FactorLiftResult } from '../../../src/metrics/win/factor-lift-counts.ts';
import { liftOf } from '../../../src/stats/lift.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;

function table(deals: readonly string[]): Dataset {
  return datasetOf({
    asOf: '2026-06-01',
    stages: STAGES,
    deals: deals.join('\n'),
    types: { calls: 'number', urgent: 'boolean', signed: 'date' },
    currency: 'USD',
  });
}

function compute(deals: readonly string[], details = false): FactorLiftResult {
  return factorLift.compute(contextOf(table(deals), { details })) as FactorLiftResult;
}

/** So many closed deals, the first of them won, with the same further cells. */
function dealsOf(prefix: string, wins: number, of: number, cells: string): string[] {
  return Array.from({ length: of }, (_, deal) => `${prefix}${deal},${deal < wins ? 'Won' : 'Lost'},${cells}`);
}

function factorOf({ factors }: FactorLiftResult, field: string): Factor | undefined {
  return factors.find((factor) => factor.field === field);
}

describe('the lift of a part', () => {
  it('is its rate over that of the whole, with an interval on the log scale', () => {
    // 30 of 50 in a whole of 50 of 100. With halves added 30.5/51 and 20.5/51:
    // (1/0.598039 − 0.5/0.5)²·0.240388/50 + (0.5/0.5)²·0.240388/50 = 0.00697973; e^(1.959964·0.0835448) = 1.177909.
    const lift = liftOf({ count: 30, of: 50 }, { count: 20, of: 50 });
    expect(lift?.value).toBeCloseTo(1.2, 12);
    expect(lift?.interval[0]).toBeCloseTo(1.2 / 1.177909, 4);
    expect(lift?.interval[1]).toBeCloseTo(1.2 * 1.177909, 4);
  });

  it('goes from 0 to Wilson’s limit where nothing was hit, and is unknown without a base', () => {
    // Wilson's upper limit of 0 of 10 is z²/(n + z²) = 3.841459/13.841459.
    const lift = liftOf({ count: 0, of: 10 }, { count: 5, of: 10 });
    expect(lift?.value).toBe(0);
    expect(lift?.interval[1]).toBeCloseTo(3.841459 / 13.841459 / 0.25, 6);
    expect(liftOf({ count: 1, of: 2 }, { count: 0, of: 0 })).toBeNull();
    expect(liftOf({ count: 0, of: 2 }, { count: 0, of: 3 })).toBeNull();
  });
});

describe('columns that describe deals', () => {
  const rows = [
    ...dealsOf('a', 30, 50, 'Web,Big'),
    ...dealsOf('b', 20, 50, 'Fair,Big'),
    ...dealsOf('c', 5, 10, 'Web,Small'),
    ...dealsOf('d', 5, 10, 'Fair,Small'),
  ];
  const result = compute(['id,stage,source,segment', ...rows, 'x,Lead,Web,Big', 'y,Won,,']);

  it('are compared value by value with all closed deals', () => {
    const source = factorOf(result, 'source');
    expect(source?.overall).toMatchObject({ count: 60, of: 120 });
    expect(source?.values.map(({ value, rate, lift }) => [value, rate.count, rate.of, lift])).toEqual([
      ['Web', 35, 60, 35 / 60 / 0.5],
      ['Fair', 25, 60, 25 / 60 / 0.5],
    ]);
  });

  it('stand in order of the evidence, adjusted for all of them', () => {
    expect(result.factors.map(({ field }) => field)).toEqual(['source', 'segment']);
    const [first, second] = result.factors;
    // Big and Small both win half of theirs.
    expect(second?.probability).toBe(1);
    expect(first?.adjustedProbability).toBeCloseTo(2 * first!.probability, 12);
    expect(result).toMatchObject({ tests: 2, q: 0.1, closed: { count: 61, of: 121 } });
  });

  it('are beyond chance or not', () => {
    expect(factorOf(result, 'source')?.isBeyondChance).toBe(false);
    const strong = compute(['id,stage,source', ...dealsOf('a', 40, 50, 'Web'), ...dealsOf('b', 10, 50, 'Fair')]);
    expect(factorOf(strong, 'source')?.isBeyondChance).toBe(true);
  });

  it('are tested with small values together, and with chi-square from three on', () => {
    const small = ['A', 'B', 'C'].flatMap((value) => dealsOf(value, 2, 4, value));
    const pooled = compute(['id,stage,source', ...small, ...dealsOf('x', 3, 12, 'Web')]);
    // 6 of 12 against 3 of 12: two groups.
    expect(factorOf(pooled, 'source')).toMatchObject({ test: 'fisher' });
    const three = compute(['id,stage,source', ...small, ...dealsOf('x', 3, 12, 'Web'), ...dealsOf('y', 6, 12, 'Fair')]);
    // 6, 3 and 6 of 12, p̄ 15/36: χ² = 12·(2·(1/12)² + (1/6)²)/(15/36·21/36) = 0.5/0.2430556, two degrees of freedom.
    expect(factorOf(three, 'source')?.test).toBe('chiSquare');
    expect(factorOf(three, 'source')?.probability).toBeCloseTo(Math.exp(-0.5 / 0.243_055_555_6 / 2), 8);
  });

  it('are compared by thirds where they are numbers', () => {
    const calls = Array.from(
      { length: 30 },
      (_, n) => `${n},${n < 20 ? (n % 5 === 0 ? 'Won' : 'Lost') : 'Won'},${n + 1}`,
    );
    const factor = factorOf(compute(['id,stage,calls', ...calls]), 'calls');
    // Numbers 1 to 30: type 7 puts the limits at 1 + 29/3 and 1 + 58/3.
    expect(factor?.limits?.all?.[0]).toBeCloseTo(1 + 29 / 3, 12);
    expect(factor?.values.map(({ value, rate }) => [value, rate.count, rate.of])).toEqual([
      ['low', 2, 10],
      ['middle', 2, 10],
      ['high', 10, 10],
    ]);
  });

  it('carry the won amount, and the deals where asked for', () => {
    const deals = ['id,stage,source,amount', ...dealsOf('a', 3, 6, 'Web,10'), ...dealsOf('b', 1, 6, 'Fair,10')];
    const [web] = factorOf(compute(deals, true), 'source')!.values;
    expect(web).toMatchObject({ value: 'Web', wonAmount: { USD: 30 } });
    expect(web?.dealKeys).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  });
});

describe('deals that had unequal time', () => {
  const rows = [
    ...dealsOf('a', 30, 50, 'Web,2026-01-01,2026-01-21'),
    ...dealsOf('b', 28, 50, 'Fair,2026-01-01,2026-01-21'),
    ...dealsOf('c', 0, 20, 'Fair,2026-05-20,2026-05-25'),
    ...Array.from({ length: 60 }, (_, deal) => `d${deal},Lead,Fair,2026-05-20,`),
  ];

  it('are compared within one window', () => {
    const result = compute(['id,stage,source,created,closed', ...rows]);
    expect(result).toMatchObject({ basis: 'matured', windowDays: 20, rate: { count: 58, of: 100 } });
    expect(result.closed).toMatchObject({ count: 58, of: 120 });
    const [web, fair] = factorOf(result, 'source')!.values;
    expect(web).toMatchObject({ value: 'Web', rate: { count: 30, of: 50 } });
    expect(fair).toMatchObject({ rate: { count: 28, of: 50 }, closed: { count: 28, of: 70 } });
  });

  it('are not judged by the closed ones alone', () => {
    const bare = rows.map((row) => row.split(',').slice(0, 3).join(','));
    expect(factorOf(compute(['id,stage,source', ...bare]), 'source')).toMatchObject({
      hasUnequalTime: true,
      isBeyondChance: false,
    });
  });
});

describe('columns that tell the outcome', () => {
  const closed = Array.from({ length: 40 }, (_, deal) => ({ id: deal, won: deal % 3 === 0 }));
  const because = (field: string, cellOf: (won: boolean, id: number) => string): string | undefined => {
    const rows = closed.map(({ id, won }) => `${id},${won ? 'Won' : 'Lost'},${cellOf(won, id)}`);
    return compute([`id,stage,${field}`, ...rows]).excluded.find((each) => each.field === field)?.because;
  };

  it('are those filled for deals of one outcome only', () => {
    expect(because('contract', (won, id) => (won && id % 2 === 0 ? (id % 4 === 0 ? 'A' : 'B') : ''))).toBe('reveals');
    expect(because('signed', (won) => (won ? '2026-01-01' : ''))).toBe('reveals');
  });

  it('are those whose values settle it', () => {
    expect(because('phase', (won) => (won ? 'Handover' : 'Archive'))).toBe('reveals');
    expect(because('calls', (won) => (won ? '100' : '0'))).toBe('reveals');
  });

  it('are not those that merely help to guess it', () => {
    expect(because('source', (won, id) => (won === (id % 4 !== 0) ? 'Web' : 'Fair'))).toBeUndefined();
  });

  it('are those whose values settle it once a deal is closed, whatever they are of open ones', () => {
    const cells = (won: boolean, id: number) => `${won ? 100 + id : 0},2026-01-01,2026-01-1${id % 5}`;
    const rows = closed.map(({ id, won }) => `${id},${won ? 'Won' : 'Lost'},${cells(won, id)}`);
    const open = Array.from({ length: 80 }, (_, id) => `o${id},Lead,${50 + id},2026-01-01,`);
    const result = compute(['id,stage,calls,created,closed', ...rows, ...open]);
    expect(result.basis).toBe('matured');
    expect(result.excluded).toContainEqual({ field: 'calls', because: 'reveals' });
  });

  it('are those known to, however they are filled in, and names are no attribute', () => {
    expect(because('forecast_category', (_, id) => (id % 2 === 0 ? 'Commit' : 'Best Case'))).toBe('outcome');
    expect(because('owner', (_, id) => (id % 2 === 0 ? 'Ann' : 'Bo'))).toBe('identity');
  });
});

it('is missing without a lost deal, and says so where nothing can be compared', () => {
  expect(factorLift.missing?.(contextOf(table(['id,stage', '1,Won'])))?.zh).toBe('没有输单');
  const result = compute(['id,stage,source', '1,Won,Web', '2,Lost,Fair']);
  expect(result.factors).toEqual([]);
  const text = JSON.stringify(factorLift.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
  expect(text).toContain('No column has two values');
});
