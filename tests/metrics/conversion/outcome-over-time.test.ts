import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import outcomeOverTime, {
  type OutcomeOverTime,
  outcomeCurves,
} from '../../../src/metrics/conversion/outcome-over-time.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import { createdCohort } from '../../../src/metrics/win/win-rate-cohort.ts';
import { incidenceAt, openAt } from '../../../src/stats/competing-risks.ts';
import {
  contextOf,
  datasetOf,
  dayOf,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  readReference,
} from '../dataset-fixture.ts';

const reference = JSON.parse(readReference('micro12-survival.json')).outcomeAJ as Record<string, number[]>;

function compute(dataset: MetricContext['dataset'], asked: Partial<MetricContext> = {}): OutcomeOverTime {
  return outcomeOverTime.compute(contextOf(dataset, asked)) as OutcomeOverTime;
}

describe('micro12', () => {
  it.each(reference.at!.map((days, index) => [days, index] as const))('is as R has it at day %i', (days, index) => {
    const curves = outcomeCurves(createdCohort(micro12()));
    expect(incidenceAt(curves, 1, days)).toBeCloseTo(reference.won![index]!, 10);
    expect(incidenceAt(curves, 2, days)).toBeCloseTo(reference.lost![index]!, 10);
    expect(openAt(curves, days)).toBeCloseTo(reference.open![index]!, 10);
  });

  it('ends where fewer than ten deals are followed', () => {
    // D05 closed after 5 days, D11 after 20; ten deals lasted 25 days or longer.
    const { plateau, points, untold } = compute(micro12());
    expect(plateau).toMatchObject({ days: 25, atRisk: 10 });
    expect(plateau?.won.value).toBeCloseTo(1 / 12, 12);
    expect(plateau?.lost.value).toBeCloseTo(2 / 12, 12);
    expect(points).toEqual([]);
    expect(untold).toContain(30);
  });

  it('goes on where all deals were followed for so long, however few are left', () => {
    // Nine lasted 26 days or longer, but the first open one was followed for 27.
    expect(compute(micro12(), { windowDays: 26 }).points).toMatchObject([{ days: 26, atRisk: 9 }]);
    expect(compute(micro12(), { windowDays: 28 }).points).toEqual([]);
  });

  it('is the same without a history, by the dates of the table', () => {
    expect(compute(micro12Snapshot())).toEqual(compute(micro12()));
  });

  it('begins with the first change where no column says when deals were created', () => {
    const dataset = micro12();
    const columns = new Map([...dataset.columns].filter(([field]) => field !== 'created'));
    expect(compute({ ...dataset, columns })).toEqual(compute(dataset));
  });

  it('counts outcomes and deals it cannot use', () => {
    expect(compute(micro12())).toMatchObject({ deals: 12, won: 3, lost: 4, open: 5, undatedDeals: 0 });
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: [
        'id,stage,created,closed',
        'A,Won,2024-01-01,2024-01-11',
        'B,Lost,2024-02-01,2024-01-11',
        'C,Won,2024-02-01,',
        'D,Lead,,',
      ].join('\n'),
    });
    expect(compute(dataset)).toMatchObject({ deals: 1, won: 1, lost: 0, open: 0, undatedDeals: 3 });
  });
});

describe('many deals', () => {
  // 40 won after 20 days, 20 lost after 10, 40 open for 100.
  const day = (before: number) => new Date((dayOf('2024-04-01') - before) * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 100 }, (_, id) => {
    if (id < 40) return `${id},Won,${day(200)},${day(180)}`;
    return id < 60 ? `${id},Lost,${day(200)},${day(190)}` : `${id},Lead,${day(100)},`;
  });
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: ['id,stage,created,closed', ...rows].join('\n'),
  });

  it('have plain shares as long as all of them are followed', () => {
    const { points, windowDays, windowFrom, untold } = compute(dataset);
    expect({ windowDays, windowFrom }).toEqual({ windowDays: 20, windowFrom: 'p90' });
    expect(points.map(({ days }) => days)).toEqual([20, 30, 60, 90]);
    for (const point of points) {
      expect(point.won.value).toBeCloseTo(0.4, 12);
      expect(point.lost.value).toBeCloseTo(0.2, 12);
      expect(point.won.value + point.lost.value + point.open).toBeCloseTo(1, 12);
    }
    // Nobody was followed for 180 days.
    expect(untold).toEqual([180, 365]);
  });

  it('are told with their base in both languages', () => {
    for (const lang of ['en', 'zh'] as const) {
      const blocks = outcomeOverTime.blocks(compute(dataset), createTranslator(lang, { fields: {}, stages: {} }));
      expect(JSON.stringify(blocks)).toContain('100');
      expect(JSON.stringify(blocks)).toContain('40%');
    }
  });
});

describe('what is missing', () => {
  const missing = (deals: string) =>
    outcomeOverTime.missing?.(contextOf(datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals })))?.en ?? null;

  it('is named', () => {
    expect(missing('id,stage\nA,Lead')).toContain('creation date');
    expect(missing('id,stage,created\nA,Lead,2024-01-01')).toContain('closing date');
    expect(missing('id,stage,created,close\nA,Lead,2024-01-01,2024-05-01')).toBeNull();
  });
});
