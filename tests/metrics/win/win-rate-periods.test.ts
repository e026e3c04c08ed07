import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import winRatePeriods, { type WinRatePeriodsResult } from '../../../src/metrics/win/win-rate-periods.ts';
import { fixture } from '../../stats/reference.ts';
import { contextOf, datasetOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;

function compute(
  deals: readonly string[],
  asked: Partial<MetricContext> = {},
  asOf = '2026-06-10',
): WinRatePeriodsResult {
  const dataset = datasetOf({ asOf, stages: STAGES, deals: ['id,stage,created,closed', ...deals].join('\n') });
  return winRatePeriods.compute(contextOf(dataset, asked)) as WinRatePeriodsResult;
}

const DEALS = [
  'A,Won,2026-01-05,2026-01-25',
  'B,Lost,2026-01-06,2026-02-25',
  'C,Won,2026-01-07,2026-05-25',
  'D,Lead,2026-04-20,',
  'E,Won,2026-05-20,2026-06-05',
  'F,Lost,2026-05-20,2026-06-10',
  'G,Won,,2026-06-01',
];

describe('by the period of creation', () => {
  it('is told once every deal of the period had its window', () => {
    // Won after 16, 20 and 138 days: type 7 at 0.9 is 20 + 0.8 × 118. Days asked for are those of a step.
    const { created, undatedDeals, windowDays } = compute([...DEALS, 'H,Lead,2026-02-10,'], { windowDays: 7 });
    expect(windowDays).toBe(115);
    expect(undatedDeals).toBe(1);
    expect(
      created.map(({ period, won, lost, open, matured }) => [period, won, lost, open, matured?.count, matured?.of]),
    ).toEqual([
      // C was won after 138 days.
      ['2026-01', 2, 1, 0, 1, 3],
      ['2026-02', 0, 0, 1, 0, 1],
      ['2026-04', 0, 0, 1, undefined, undefined],
      ['2026-05', 1, 1, 0, undefined, undefined],
    ]);
  });

  it('takes the periods asked for, and the keys', () => {
    const { created } = compute(DEALS, { period: 'quarter', details: true });
    expect(created.map(({ period, dealKeys }) => [period, dealKeys])).toEqual([
      ['2026-Q1', ['A', 'B', 'C']],
      ['2026-Q2', ['D', 'E', 'F']],
    ]);
    expect(compute(DEALS, { period: 'week' }).created[0]?.period).toBe('2026-01-05');
    expect(compute(DEALS, { period: 'year' }).created.map(({ period }) => period)).toEqual(['2026']);
  });
});

describe('by the period of closing', () => {
  it('shows the complete ones without a verdict where there are few, and the current one beside', () => {
    const { closed, judged, current } = compute(DEALS);
    expect(closed.map(({ period, count, of }) => [period, count, of])).toEqual([
      ['2026-01', 1, 1],
      ['2026-02', 0, 1],
      ['2026-05', 1, 1],
    ]);
    expect(judged).toBeNull();
    expect(current).toMatchObject({ period: '2026-06', count: 2, of: 3 });
  });

  it('judges them from eight on', () => {
    const { won, n } = fixture<{ pRealShift: { won: number[]; n: number[] } }>('control-charts.json').pRealShift;
    const rows = n.flatMap((of, month) =>
      Array.from({ length: of }, (_, deal) => {
        const day = `2025-${String(month + 1).padStart(2, '0')}-10`;
        return `${month}-${deal},${deal < won[month]! ? 'Won' : 'Lost'},${day},${day}`;
      }),
    );
    const { judged } = compute(rows);
    // Of the control-charts reference: only month 8 lies outside, 3 of 41.
    expect(judged?.filter(({ isOdd }) => isOdd).map(({ period, count, of }) => [period, count, of])).toEqual([
      ['2025-08', 3, 41],
    ]);
  });
});

it('is the same whatever the order of the rows, and can be read', () => {
  expect(compute(DEALS.toReversed(), { details: true })).toEqual(compute(DEALS, { details: true }));
  const text = (lang: 'en' | 'zh') => {
    const translator = createTranslator(lang, { fields: {}, stages: {} });
    return JSON.stringify(winRatePeriods.blocks(compute(DEALS), translator));
  };
  expect(text('en')).toContain('too recent');
  expect(text('zh')).toContain('可供判断的完整周期不足 8 个');
});

it('closes a deal on its last change where the table has no day, and is missing without a lost deal', () => {
  const deals = 'id,stage\nA,Won\nB,Lost';
  const history = 'id,stage,at\nA,Lead,2026-01-01\nA,Won,2026-02-03\nB,Lead,2026-01-01\nB,Lost,2026-02-05';
  const dataset = datasetOf({ asOf: '2026-06-10', stages: STAGES, deals, history });
  const { closed, windowDays } = winRatePeriods.compute(contextOf(dataset)) as WinRatePeriodsResult;
  expect(closed).toMatchObject([{ period: '2026-02', count: 1, of: 2 }]);
  expect(windowDays).toBe(33);
  const won = datasetOf({ asOf: '2026-06-10', stages: STAGES, deals: 'id,stage,closed\nA,Won,2026-01-01' });
  expect(winRatePeriods.missing?.(contextOf(won))?.en).toBe('no lost deals');
});
