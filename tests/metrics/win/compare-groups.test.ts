import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import compareGroups from '../../../src/metrics/win/compare-groups.ts';
import type { GroupComparisonResult } from '../../../src/metrics/win/compare-groups-counts.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;

function compute(deals: readonly string[], asked: Partial<MetricContext> = {}): GroupComparisonResult {
  const dataset = datasetOf({ asOf: '2026-06-01', stages: STAGES, deals: deals.join('\n'), currency: 'USD' });
  return compareGroups.compute(contextOf(dataset, asked)) as GroupComparisonResult;
}

/** So many closed deals of a source, the first of them won, closed after so many days. */
function dealsOf(source: string, wins: number, of: number, days = 10, amount = 100): string[] {
  const closed = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
  return Array.from(
    { length: of },
    (_, deal) => `${source}${deal},${deal < wins ? 'Won' : 'Lost'},${source},2026-01-01,${closed},${amount}`,
  );
}
const HEADER = 'id,stage,source,created,closed,amount';

describe('two groups with closed deals enough', () => {
  const rows = [HEADER, ...dealsOf('Web', 45, 100, 10, 50), ...dealsOf('Fair', 12, 40, 20, 200)];
  const [comparison] = compute(rows).comparisons;

  it('are put side by side, in order of their names', () => {
    expect(comparison?.groups.map(({ value, rate }) => [value, rate.count, rate.of])).toEqual([
      ['Fair', 12, 40],
      ['Web', 45, 100],
    ]);
    expect(comparison?.groups[0]).toMatchObject({ medianWonDays: 20, wonWithDays: 12, meanWonAmount: { USD: 200 } });
  });

  it('differ by Newcombe’s interval, the z test and Fisher’s', () => {
    // 12/40 against 45/100 is −15 points, −30.4 to +3.1; p̄ 57/140, z = −0.15/√(p̄(1 − p̄)(1/40 + 1/100)).
    expect(comparison?.difference).toBeCloseTo(-0.15, 12);
    expect(comparison?.differenceInterval[0]).toBeCloseTo(-0.304, 3);
    expect(comparison?.differenceInterval[1]).toBeCloseTo(0.031, 3);
    const pooled = 57 / 140;
    expect(comparison?.z).toBeCloseTo(-0.15 / Math.sqrt(pooled * (1 - pooled) * (1 / 40 + 1 / 100)), 10);
    expect(comparison?.zProbability).toBeLessThan(comparison!.probability);
  });

  it('are held against each other by their cycles', () => {
    expect(comparison?.slower?.value).toBe(1);
  });

  it('carry their deals where asked for', () => {
    const [detailed] = compute(rows, { details: true }).comparisons;
    expect(detailed?.groups[0].dealKeys).toHaveLength(40);
    expect(comparison?.groups[0]).not.toHaveProperty('dealKeys');
  });

  it('can be read', () => {
    const text = (lang: 'en' | 'zh') =>
      JSON.stringify(compareGroups.blocks(compute(rows), createTranslator(lang, { fields: {}, stages: {} })));
    expect(text('en')).toContain('Fair against Web: −15 percentage points (−30 to +3), may be chance');
    expect(text('zh')).toContain('可能是偶然');
  });
});

describe('a difference that is only the mix of deals', () => {
  // Large deals are won 20 of 100 by either, small ones 80 of 100; Ann has 80 large and 20 small, Bo the other way.
  const deals = (owner: string, source: string, wins: number, of: number) =>
    Array.from(
      { length: of },
      (_, deal) => `${owner}${source}${deal},${deal < wins ? 'Won' : 'Lost'},${owner},${source}`,
    );
  const rows = [
    'id,stage,owner,source',
    ...deals('Ann', 'large', 16, 80),
    ...deals('Ann', 'small', 16, 20),
    ...deals('Bo', 'large', 4, 20),
    ...deals('Bo', 'small', 64, 80),
  ];
  const result = compute(rows);
  const [owner, source] = result.comparisons;

  it('is said to be that, as the segments have it', () => {
    expect(owner).toMatchObject({ field: 'owner', verdict: 'mix', adjusted: { by: 'source', isMix: true } });
    expect(owner?.difference).toBeCloseTo(-0.36, 12);
    expect(owner?.adjusted?.difference).toBeCloseTo(0, 12);
    expect(source).toMatchObject({ field: 'source', verdict: 'beyondChance' });
    const text = JSON.stringify(compareGroups.blocks(result, createTranslator('en', { fields: {}, stages: {} })));
    expect(text).toContain('mix, not performance: 0 points with equal source');
  });

  it('counts all fields compared', () => {
    expect(owner?.adjustedProbability).toBeCloseTo(owner!.probability, 12);
    expect(source?.adjustedProbability).toBeCloseTo(2 * source!.probability, 12);
  });
});

describe('deals that had unequal time', () => {
  const closed = [...dealsOf('Web', 45, 100), ...dealsOf('Fair', 2, 40)].map((row) =>
    row.split(',').slice(0, 3).join(','),
  );
  const open = Array.from({ length: 40 }, (_, deal) => `x${deal},Lead,Fair`);

  it('are not judged by the closed ones', () => {
    expect(compute(['id,stage,source', ...closed]).comparisons[0]?.verdict).toBe('beyondChance');
    expect(compute(['id,stage,source', ...closed, ...open])).toMatchObject({
      basis: 'closed',
      comparisons: [{ verdict: 'unequalTime' }],
    });
  });

  it('are compared within the window where they are dated', () => {
    // Of Fair 2 of 40 were won within 10 days, and the 40 that are open after 151 days have not been.
    const rows = [HEADER, ...dealsOf('Web', 45, 100), ...dealsOf('Fair', 2, 40)];
    const dated = open.map((row) => `${row},2026-01-01,,`);
    expect(compute([...rows, ...dated])).toMatchObject({
      basis: 'matured',
      windowDays: 10,
      comparisons: [{ groups: [{ rate: { count: 2, of: 80 }, closed: { count: 2, of: 40 } }, { value: 'Web' }] }],
    });
  });
});

it('says in one line that nothing can be compared', () => {
  const nothing = compute([HEADER, ...dealsOf('A', 10, 30), ...dealsOf('B', 3, 9)]);
  const blocks = compareGroups.blocks(nothing, createTranslator('en', { fields: {}, stages: {} }));
  expect(blocks).toHaveLength(2);
  expect(JSON.stringify(blocks)).toContain('Nothing to compare');
});

describe('what is refused', () => {
  it('is a group that is too small', () => {
    const { comparisons, refused } = compute([HEADER, ...dealsOf('Web', 45, 100), ...dealsOf('Fair', 12, 29)]);
    expect(comparisons).toEqual([]);
    expect(refused).toEqual([{ field: 'source', because: 'tooFewClosed', values: 2, closed: [100, 29] }]);
  });

  it('is a field of three values, unless it is asked for', () => {
    const rows = [HEADER, ...dealsOf('A', 10, 30), ...dealsOf('B', 10, 31), ...dealsOf('C', 10, 32)];
    expect(compute(rows).refused).toMatchObject([{ because: 'notTwoValues', values: 3 }]);
    const [comparison] = compute(rows, { by: ['source'] }).comparisons;
    expect(comparison?.groups.map(({ value }) => value)).toEqual(['B', 'C']);
  });

  it('is a field of one value', () => {
    expect(compute([HEADER, ...dealsOf('A', 10, 30)], { by: ['source'] }).refused).toEqual([
      { field: 'source', because: 'notTwoValues', values: 1, closed: [30, 0] },
    ]);
  });
});
