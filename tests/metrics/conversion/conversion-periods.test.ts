import { describe, expect, it } from 'vitest';
import conversionPeriods, { type ConversionPeriods } from '../../../src/metrics/conversion/conversion-periods.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12, micro12Snapshot } from '../dataset-fixture.ts';

function compute(dataset: MetricContext['dataset'], asked: Partial<MetricContext> = {}): ConversionPeriods {
  return conversionPeriods.compute(contextOf(dataset, asked)) as ConversionPeriods;
}

describe('conversion by entry period', () => {
  const result = compute(micro12(), { windowDays: 16 });

  it('gives each deal to the period of its first entry', () => {
    // By the log: six deals entered Lead in January, D06–D08 in February, D09 and D10 in March.
    const lead = result.periods.filter(({ stage }) => stage === 'Lead');
    expect(lead).toMatchObject([
      { period: '2024-01', from: '2024-01-01', to: '2024-01-31', entries: 6, advanced: 5, lostHere: 1, pending: 0 },
      { period: '2024-02', from: '2024-02-01', to: '2024-02-29', entries: 3, advanced: 3, lostHere: 0, pending: 0 },
      { period: '2024-03', from: '2024-03-01', to: '2024-03-31', entries: 2, advanced: 1, lostHere: 0, pending: 1 },
    ]);
  });

  it('judges a period only once its last day lies the window back', () => {
    const [january, february, march] = result.periods.filter(({ stage }) => stage === 'Lead');
    // D04 took 20 days.
    expect(january?.matured).toMatchObject({ count: 4, of: 6 });
    expect(february?.matured).toMatchObject({ count: 3, of: 3 });
    // 31 March is one day before the as-of day, although D10 advanced within 15 days.
    expect(march).toMatchObject({ isMature: false, matured: null });
    expect(march?.toDate).toMatchObject({ count: 1, of: 2 });
    expect(march?.upperBound).toMatchObject({ count: 2, of: 2 });
  });

  it('bounds what a period may come to by the deals that have not had the window', () => {
    const march = (windowDays: number) =>
      compute(micro12(), { windowDays }).periods.find(({ period }) => period === '2024-03')!.bounds;
    // D10 advanced after 15 days; D09 has been in Lead for 31.
    expect(march(32)).toMatchObject({ low: { count: 1, of: 2 }, high: { count: 2, of: 2 } });
    expect(march(31)).toMatchObject({ low: { count: 1 }, high: { count: 1 } });
    expect(march(14)).toMatchObject({ low: { count: 0 }, high: { count: 0 } });
    for (const { matured, bounds } of compute(micro12(), { windowDays: 30 }).periods) {
      if (matured !== null) expect([bounds.low.count, bounds.high.count]).toEqual([matured.count, matured.count]);
    }
  });

  it('matures on the day itself', () => {
    // From 29 February to 1 April it is 32 days.
    const isMature = (windowDays: number) =>
      compute(micro12(), { windowDays }).periods.find(({ period }) => period === '2024-02')?.isMature;
    expect(isMature(32)).toBe(true);
    expect(isMature(33)).toBe(false);
  });

  it('adds up to the deals that entered each stage', () => {
    for (const period of ['week', 'month', 'quarter', 'year'] as const) {
      const entries = new Map<string, number>();
      for (const cohort of compute(micro12(), { period }).periods) {
        expect(cohort.advanced + cohort.lostHere + cohort.pending).toBe(cohort.entries);
        entries.set(cohort.stage, (entries.get(cohort.stage) ?? 0) + cohort.entries);
      }
      expect([...entries.values()]).toEqual([11, 8, 7, 4]);
    }
  });

  it('names quarters, years, and weeks by their Monday', () => {
    const names = (period: 'week' | 'quarter' | 'year') =>
      compute(micro12(), { period })
        .periods.filter(({ stage }) => stage === 'Negotiation')
        .map((each) => each.period);
    // D03 on Wednesday 7 February, D01 on the 10th, D12 on the 24th, D08 on 21 March.
    expect(names('week')).toEqual(['2024-02-05', '2024-02-19', '2024-03-18']);
    expect(names('quarter')).toEqual(['2024-Q1']);
    expect(names('year')).toEqual(['2024']);
  });

  it('gives deals the window of the whole stage where none is asked for', () => {
    expect(compute(micro12()).stages[0]).toEqual({ stage: 'Lead', windowDays: 16 });
  });

  it('keeps the latest 120 periods and counts the others', () => {
    const days = Array.from({ length: 130 }, (_, index) =>
      new Date(Date.UTC(2014, index, 5)).toISOString().slice(0, 10),
    );
    const dataset = datasetOf({
      asOf: '2025-01-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage', ...days.map((_, deal) => `${deal},Lead`)].join('\n'),
      history: ['id,stage,at', ...days.map((day, deal) => `${deal},Lead,${day}`)].join('\n'),
    });
    const found = compute(dataset);
    expect(found.omitted).toBe(10);
    expect(found.periods).toHaveLength(120);
    expect(found.periods.at(-1)?.period).toBe('2024-10');
  });

  it('names the deals of each cohort where details are asked for', () => {
    const march = compute(micro12(), { details: true }).periods.find(({ period }) => period === '2024-03');
    expect(march?.deals).toEqual({ advanced: ['D10'], lostHere: [], pending: ['D09'] });
  });

  it('needs a history', () => {
    expect(conversionPeriods.missing?.(contextOf(micro12Snapshot()))?.en).toContain('--history');
    expect(conversionPeriods.missing?.(contextOf(micro12()))).toBeNull();
  });
});
