import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { MetricContext } from '../../../src/metrics/define.ts';
import beforeAfter from '../../../src/metrics/win/before-after.ts';
import type { BeforeAfterResult } from '../../../src/metrics/win/before-after-counts.ts';
import { contextOf, datasetOf, dayOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;
const HEADER = 'id,stage,created,closed';

function table(rows: readonly string[], changedOn: string | null): Dataset {
  const dataset = datasetOf({ asOf: '2026-06-01', stages: STAGES, deals: [HEADER, ...rows].join('\n') });
  const changedOnDay = changedOn === null ? null : dayOf(changedOn);
  const { ruleset } = dataset;
  return { ...dataset, ruleset: { ...ruleset, parameters: { ...ruleset.parameters, changedOnDay } } };
}

function compute(rows: readonly string[], asked: Partial<MetricContext> = {}, changedOn = '2026-04-01') {
  return beforeAfter.compute(contextOf(table(rows, changedOn), asked)) as BeforeAfterResult;
}

/** So many deals created on a day, the first of them won after so many days, the others open. */
function dealsOf(prefix: string, created: string, wins: number, of: number, days: number): string[] {
  const closed = new Date((dayOf(created) + days) * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: of }, (_, deal) =>
    deal < wins ? `${prefix}${deal},Won,${created},${closed}` : `${prefix}${deal},Lead,${created},`,
  );
}

describe('deals before and since a change', () => {
  // Created 1 February: 12 of 40 won after 20 days, and 10 more after 50. Since: 24 of 40 after 10 days.
  const rows = [
    ...dealsOf('a', '2026-02-01', 12, 30, 20),
    ...dealsOf('b', '2026-02-01', 10, 10, 50),
    ...dealsOf('c', '2026-04-15', 24, 40, 10),
    ...dealsOf('d', '2026-05-20', 0, 25, 0),
  ];
  const result = compute(rows);

  it('are watched equally long: what was won later, and who is too recent, does not count', () => {
    expect(result.before).toMatchObject({ created: 40, rate: { count: 12, of: 40 }, medianWonDays: 20 });
    expect(result.since).toMatchObject({ created: 65, rate: { count: 24, of: 40 }, medianWonDays: 10 });
  });

  it('differ in points and relative to before, beyond noise', () => {
    expect(result.difference).toBeCloseTo(0.3, 12);
    // Wilson: 24/40 [.4460, .7366], 12/40 [.1807, .4540]; .3 − √(.1540² + .1540²), .3 + √(.1366² + .1193²).
    expect(result.differenceInterval?.[0]).toBeCloseTo(0.0822, 3);
    expect(result.differenceInterval?.[1]).toBeCloseTo(0.4814, 3);
    expect(result.relativeDifference).toBeCloseTo(1, 12);
    expect(result.relativeInterval?.[0]).toBeGreaterThan(0);
    expect(result).toMatchObject({ verdict: 'better', differenceDays: -10, slower: { value: 0 }, overlapping: 0 });
  });

  it('leave out and count those still watched when the change came', () => {
    // Created on 1 March, 31 days before the change, one still has its 30 days; created on 3 March not.
    const more = [...rows, ...dealsOf('e', '2026-03-01', 0, 3, 0), ...dealsOf('f', '2026-03-03', 1, 5, 3)];
    expect(compute(more)).toMatchObject({
      overlapping: 5,
      before: { created: 48, rate: { count: 12, of: 43 } },
    });
  });

  it('take the 90th percentile, at most half the days since the change', () => {
    // Days to Won: 24 × 10, 12 × 20, 10 × 50: the 90th percentile is 50, half of 61 days is 30.
    expect(compute(rows)).toMatchObject({ windowDays: 30, windowFrom: 'sinceChange' });
    expect(compute(rows, {}, '2026-02-10')).toMatchObject({ windowDays: 50, windowFrom: 'p90' });
    // Days asked for are those of a step.
    expect(result.windowFrom).toBe('sinceChange');
    expect(compute(rows, { windowDays: 7 })).toEqual(result);
  });

  it('are not judged with few of them, and within noise where they are alike', () => {
    expect(compute([...dealsOf('a', '2026-02-01', 5, 9, 5), ...dealsOf('b', '2026-04-15', 9, 20, 5)]).verdict).toBe(
      'notJudged',
    );
    const alike = [...dealsOf('a', '2026-02-01', 10, 20, 5), ...dealsOf('b', '2026-04-15', 11, 20, 5)];
    expect(compute(alike).verdict).toBe('withinNoise');
    expect(compute([...dealsOf('a', '2026-02-01', 1, 20, 5), ...dealsOf('b', '2026-04-15', 0, 0, 5)])).toMatchObject({
      difference: null,
      verdict: 'notJudged',
    });
  });

  it('carry their keys where asked for', () => {
    expect(compute(rows, { details: true }).since.dealKeys).toHaveLength(40);
    expect(result.since).not.toHaveProperty('dealKeys');
  });

  it('can be read', () => {
    const text = (lang: 'en' | 'zh') =>
      JSON.stringify(beforeAfter.blocks(result, createTranslator(lang, { fields: {}, stages: {} })));
    expect(text('en')).toContain('Better, beyond noise: +30 percentage points (+8 to +48); relative to before +100%');
    expect(text('zh')).toContain('变好，超出偶然波动');
  });
});

it('is missing without the day of the change, dates, days to win, a won or a lost deal', () => {
  const missing = (rows: readonly string[], changedOn: string | null) =>
    beforeAfter.missing?.(contextOf(table(rows, changedOn)))?.en;
  expect(missing(['A,Won,2026-01-01,2026-01-02'], null)).toBe('needs `changed_on` under parameters of the rules file');
  expect(missing(['A,Won,,'], '2026-04-01')).toBe('no dates of creation or closing');
  expect(missing(['A,Lead,2026-01-01,'], '2026-04-01')).toBe('no won deals');
  expect(missing(['A,Won,2026-01-01,2026-01-02'], '2026-04-01')).toBe('no lost deals');
  const lost = 'B,Lost,2026-01-01,2026-01-05';
  expect(missing(['A,Won,2026-01-01,2026-01-01', lost], '2026-04-01')).toBe('no days between creation and winning');
  expect(missing(['A,Won,2026-01-01,2026-01-02', lost], '2026-04-01')).toBeUndefined();
});
