import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import winRate, { type WinRateResult } from '../../../src/metrics/win/win-rate.ts';
import {
  cohortText,
  createdCohort,
  createdCohortRates,
  wonCycleDays,
} from '../../../src/metrics/win/win-rate-cohort.ts';
import { aalenJohansen, incidenceAt } from '../../../src/stats/competing-risks.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12, micro12Snapshot, readReference } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;
const survival = JSON.parse(readReference('micro12-survival.json')).outcomeAJ;

function table(deals: readonly string[], history?: string) {
  const fixture = { asOf: '2026-06-01', stages: STAGES, deals: deals.join('\n') };
  return datasetOf(history === undefined ? fixture : { ...fixture, history });
}

function compute(deals: readonly string[], asked: Partial<MetricContext> = {}): WinRateResult {
  return winRate.compute(contextOf(table(deals), asked)) as WinRateResult;
}

describe('micro12 from creation', () => {
  it.each([
    ['with history', micro12()],
    ['as a snapshot', micro12Snapshot()],
  ] as const)('has R’s curves %s', (_, dataset) => {
    const { eventDays, cause, undatedDeals } = createdCohort(dataset);
    const curves = aalenJohansen(eventDays, cause);
    for (const [index, day] of (survival.at as number[]).entries()) {
      expect(incidenceAt(curves, 1, day)).toBeCloseTo(survival.won[index], 10);
      expect(incidenceAt(curves, 2, day)).toBeCloseTo(survival.lost[index], 10);
    }
    expect(undatedDeals).toBe(0);
  });

  it('is estimated, as fewer than thirty have matured', () => {
    const { cohort } = winRate.compute(contextOf(micro12(), { windowDays: 7 })) as WinRateResult;
    expect(cohort).toMatchObject({ headline: 'estimated', windowDays: 47, windowFrom: 'p90', deals: 12 });
    expect(cohort?.estimated?.value).toBeCloseTo(survival.won[3], 10);
    const text = cohortText(cohort, createTranslator('en', { fields: {}, stages: {} }));
    expect(text).toMatch(/^≈19% \(\d+–\d+%\), estimated from 12$/);
  });
});

describe('deals created long enough ago', () => {
  // Thirty created 100 days before, ten won after 10 days, five after 60; ten created 20 days before, two won already.
  const rows = [
    'id,stage,created,closed',
    ...Array.from({ length: 10 }, (_, deal) => `a${deal},Won,2026-02-21,2026-03-03`),
    ...Array.from({ length: 5 }, (_, deal) => `b${deal},Won,2026-02-21,2026-04-22`),
    ...Array.from(
      { length: 15 },
      (_, deal) => `c${deal},${deal < 9 ? 'Lost' : 'Lead'},2026-02-21,${deal < 9 ? '2026-03-01' : ''}`,
    ),
    ...Array.from(
      { length: 10 },
      (_, deal) => `d${deal},${deal < 2 ? 'Won' : 'Lead'},2026-05-12,${deal < 2 ? '2026-05-13' : ''}`,
    ),
  ];

  it('are the base of the headline, and what was won later does not count', () => {
    // One more of them was won after 95 days, beyond the window.
    const { cohort, closed } = compute([...rows, 'late,Won,2026-02-21,2026-05-27']);
    expect(cohort).toMatchObject({ headline: 'matured', matured: { count: 15, of: 31 }, windowDays: 60 });
    expect(closed).toMatchObject({ count: 18, of: 27 });
  });

  it('have the 90th percentile of the days to Won, rounded up', () => {
    // Days to Won 2 × 1, 10 × 10, 5 × 60: type 7 at 0.9 is the place 14.4 of 0 to 16, which is 60.
    expect(compute(rows).cohort).toMatchObject({ windowDays: 60, windowFrom: 'p90', matured: { count: 15, of: 30 } });
  });

  it('have no window where nearly all were won the day they were created', () => {
    const sameDay = ['id,stage,created,closed', 'A,Won,2026-03-01,2026-03-01', 'B,Lost,2026-03-01,2026-03-09'];
    expect(compute(sameDay).cohort).toMatchObject({ windowDays: null, headline: null, matured: null, deals: 2 });
    const text = JSON.stringify(winRate.blocks(compute(sameDay), createTranslator('en', { fields: {}, stages: {} })));
    expect(text).not.toContain('within');
  });

  it('are not told of where not one deal is lost, and nothing is where nothing is dated', () => {
    const won = rows.filter((row) => !row.includes('Lost'));
    expect(compute(won).cohort).toBeNull();
    expect(compute(['id,stage', 'A,Won', 'B,Lost']).cohort).toBeNull();
    expect(createdCohortRates(createdCohort(table(['id,stage', 'A,Won'])))).toBeNull();
  });
});

describe('dates', () => {
  it('that contradict each other or the as-of day leave a deal out', () => {
    const { deal, undatedDeals } = createdCohort(
      table([
        'id,stage,created,closed',
        'early,Won,2026-03-01,2026-02-01',
        'late,Lost,2026-03-01,2026-07-01',
        'unborn,Lead,2026-07-01,',
        'blank,Won,2026-03-01,',
        'fine,Won,2026-03-01,2026-03-01',
      ]),
    );
    expect([...deal]).toEqual([4]);
    expect(undatedDeals).toBe(4);
  });

  it('come from the history where the table has none, and from the planned day at last', () => {
    const history = 'id,stage,at\nA,Lead,2026-01-01\nA,Won,2026-01-21';
    expect([...wonCycleDays(table(['id,stage', 'A,Won'], history))]).toEqual([20]);
    const planned = table(['id,stage,created,close', 'A,Won,2026-01-01,2026-01-31', 'B,Lead,2026-01-01,2026-01-31']);
    expect([...wonCycleDays(planned)]).toEqual([30, Number.NaN]);
  });
});

describe('the score', () => {
  const months = (odd: boolean) =>
    Array.from({ length: 12 }, (_, month) =>
      Array.from({ length: 40 }, (_each, deal) => {
        const wins = odd && month === 5 ? 0 : 20;
        const day = `2025-${String(month + 1).padStart(2, '0')}-10`;
        return `${month}-${deal},${deal < wins ? 'Won' : 'Lost'},${day},${day}`;
      }),
    ).flat();
  const unsteady = Array.from({ length: 12 }, (_, month) =>
    Array.from({ length: 40 }, (_each, deal) => {
      const day = `2025-${String(month + 1).padStart(2, '0')}-10`;
      return `${month}-${deal},${deal < (month % 2 === 0 ? 10 : 30) ? 'Won' : 'Lost'},${day},${day}`;
    }),
  ).flat();
  const scoreOf = (rows: readonly string[]) => winRate.score?.(compute(['id,stage,created,closed', ...rows]))[0];

  it('is the share of months inside their limits, so that one of twelve costs 42 points', () => {
    expect(scoreOf(months(false))).toMatchObject({ part: 'winRateInControl', value: 1, weight: 20 });
    const odd = scoreOf(months(true));
    expect(odd?.value).toBeCloseTo(11 / 12, 12);
    expect(100 * ((odd!.value! - odd!.floor) / (odd!.target - odd!.floor))).toBeCloseTo(58.33, 2);
  });

  it('has no points for a rate that swings from month to month, although its own limits are as wide', () => {
    // 10 and 30 of 40 in turn: χ² = 480 · 0.25² / 0.25 = 120 with 11 degrees, τ² = (120 − 11)/(480 − 40) · 0.25.
    const result = compute(['id,stage,created,closed', ...unsteady]);
    const excess = Math.sqrt(((120 - 11) / 440) * 0.25);
    expect(result.steadiness).toMatchObject({ months: 12, inControl: 12 });
    expect(result.steadiness?.excess).toBeCloseTo(excess, 10);
    expect(scoreOf(unsteady)?.value).toBeCloseTo(1 - 2 * excess, 10);
  });

  it('is by month, whatever the periods asked for', () => {
    const quarters = compute(['id,stage,created,closed', ...unsteady], { period: 'quarter' });
    expect(quarters.swing).toBeNull();
    expect(winRate.score?.(quarters)[0]?.value).toBe(scoreOf(unsteady)?.value);
  });

  it('is unknown with fewer than eight months', () => {
    expect(scoreOf(months(true).slice(0, 40 * 7))?.value).toBeNull();
    expect(
      winRate.score?.(winRate.compute(contextOf(micro12({ stages: MICRO12_STAGES }))) as WinRateResult)[0]?.value,
    ).toBeNull();
  });
});

describe('the swing from month to month', () => {
  const translator = createTranslator('en', { fields: {}, stages: {} });
  const monthly = (winsOf: (month: number) => number) =>
    Array.from({ length: 12 }, (_, month) =>
      Array.from({ length: 40 }, (_each, deal) => {
        const day = `2025-${String(month + 1).padStart(2, '0')}-10`;
        return `${month}-${deal},${deal < winsOf(month) ? 'Won' : 'Lost'},${day},${day}`;
      }),
    ).flat();
  const textOf = (rows: readonly string[]) =>
    JSON.stringify(winRate.blocks(compute(['id,stage,created,closed', ...rows]), translator));

  it('is told in points only where it is beyond chance', () => {
    // τ = √((120 − 11)/440 · 0.25) = 24.9 points, and 19 to 21 of 40 are chance.
    expect(textOf(monthly((month) => (month % 2 === 0 ? 10 : 30)))).toContain(
      'Beyond chance, the monthly win rate varies by about 24.9 points (12 complete months by close date).',
    );
    const steady = textOf(monthly((month) => 19 + (month % 3)));
    expect(steady).toContain('The monthly win rate varies no more than chance would have it');
    expect(steady).toContain('None is unusual.');
  });

  it('has the limits of chance beside the wider ones of the list itself', () => {
    const { swing } = compute(['id,stage,created,closed', ...monthly((month) => (month % 2 === 0 ? 10 : 30))]);
    // 0.5 ± 3·√(0.25/40), and σz = 2·√10/1.128 times that, which is kept inside 0–1.
    expect(swing?.sigmaZ).toBeCloseTo((2 * Math.sqrt(10)) / 1.128, 10);
    expect(swing?.periods[0]?.chanceLimits[0]).toBeCloseTo(0.5 - 3 * Math.sqrt(0.25 / 40), 12);
    expect(swing?.periods[0]).toMatchObject({ lowerLimit: 0, upperLimit: 1, isOdd: false });
  });

  it('begins when deals of all kinds can have been closed', () => {
    // Created on the first of each month from January 2025, lost after 10 days or won after 60: judged from 2 March on.
    const rows = Array.from({ length: 15 }, (_, month) => {
      const created = new Date(Date.UTC(2025, month, 1));
      const later = (days: number) => new Date(created.getTime() + days * 86_400_000).toISOString().slice(0, 10);
      const first = created.toISOString().slice(0, 10);
      return Array.from({ length: 20 }, (_each, deal) =>
        deal < 10 ? `${month}w${deal},Won,${first},${later(60)}` : `${month}l${deal},Lost,${first},${later(10)}`,
      );
    }).flat();
    const { swing } = compute(['id,stage,created,closed', ...rows]);
    expect(swing).toMatchObject({ startUpPeriods: 3 });
    expect(swing?.periods[0]?.period).toBe('2025-04');
  });
});
