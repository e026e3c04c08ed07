import { describe, expect, it } from 'vitest';
import { judgeSeries } from '../../src/report/trend/judge-series.ts';
import { trendOf, trendReportOf } from '../../src/report/trend/trend.ts';
import { trendDocument } from '../../src/report/trend/trend-document.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';
import { fixture } from '../stats/reference.ts';
import { reportOf } from './report-fixture.ts';

interface Months {
  readonly won: readonly number[];
  readonly n: readonly number[];
}
const charts = fixture<Record<'pStableSmall' | 'pRealShift' | 'pOverdispersed', Months>>('control-charts.json');

function rates({ won, n }: Months) {
  return won.map((count, index) => {
    const of = n[index] as number;
    return { value: count / of, count, of };
  });
}

const numbers = (values: readonly (number | null)[]) => values.map((value) => ({ value, count: null, of: null }));

function oddOnes(judged: ReturnType<typeof judgeSeries>): number[] {
  return judged.points.flatMap(({ isOdd }, index) => (isOdd ? [index + 1] : []));
}

describe('a series of rates', () => {
  it('has limits that depend on the counts: only the eighth month of the reference is odd', () => {
    const judged = judgeSeries(rates(charts.pRealShift), { unit: 'rate' });
    expect(judged.chart).toBe('laney');
    expect(oddOnes(judged)).toEqual([8]);
    expect(judged.points[7]?.value).toBeCloseTo(3 / 41, 10);
  });

  it.each(['pStableSmall', 'pOverdispersed'] as const)('has no odd month in %s', (name) => {
    expect(oddOnes(judgeSeries(rates(charts[name]), { unit: 'rate' }))).toEqual([]);
  });

  it('is not judged under eight points, nor where every deal is alike', () => {
    const seven = rates(charts.pRealShift).slice(0, 7);
    expect(judgeSeries(seven, { unit: 'rate' })).toMatchObject({ state: 'notJudged', chart: null, centre: null });
    const all = rates({ won: Array(9).fill(5), n: Array(9).fill(5) });
    expect(judgeSeries(all, { unit: 'rate' }).state).toBe('notJudged');
  });
});

describe('a series of values', () => {
  // Mean 10; moving ranges 2 1 2 1 2 1 2, mean 11/7. Distances -1 1 0 -2 -1 1 2 0: squares 12, neighbours 2, so the first
  // autocorrelation is 1/6, corrected 1/6 + (1 + 3/6)/8. Limits 10 ± 3·(11/7)/1.128/√(1 − φ).
  const VALUES = [9, 11, 10, 8, 9, 11, 12, 10];
  const HALF = (3 * (11 / 7)) / 1.128 / Math.sqrt(1 - (1 / 6 + 1.5 / 8));

  it('is held against the mean and the mean moving range, wider as neighbours are alike', () => {
    const { points, centre, state } = judgeSeries(numbers(VALUES), { unit: 'money' });
    expect(centre).toBe(10);
    expect(points[0]?.upper).toBeCloseTo(10 + HALF, 10);
    expect(points[0]?.lower).toBeCloseTo(10 - HALF, 10);
    expect(state).toBe('steady');
  });

  it('calls a jump odd, and is no lower than nothing', () => {
    const { points, state } = judgeSeries(numbers([1, 3, 1, 3, 1, 3, 1, 3, 30]), { unit: 'money' });
    expect(state).toBe('odd');
    expect(points.at(-1)?.isOdd).toBe(true);
    expect(points[0]?.lower).toBe(0);
  });

  it('leaves unknown values out', () => {
    const known = judgeSeries(numbers(VALUES), { unit: 'money' });
    const gaps = judgeSeries(numbers([null, ...VALUES, null]), { unit: 'money' });
    expect(gaps.points.slice(1, -1)).toEqual(known.points);
    expect(gaps.points[0]).toEqual({ value: null, lower: null, upper: null, isOdd: false, isDrifting: false });
  });

  it('has no odd value where all are equal', () => {
    const { points, state } = judgeSeries(numbers(Array(12).fill(0.1)), { unit: 'money' });
    expect(state).toBe('steady');
    expect(points.some(({ isOdd, isDrifting }) => isOdd || isDrifting)).toBe(false);
  });

  it.each([
    ['steps', [10, 10.1, 10, 10.1, 10, 10.1, 20, 20.1, 20, 20.1, 20, 20.1]],
    ['climbs', [10, 10.5, 11, 11.4, 12, 12.6, 13, 13.5, 14, 14.5]],
  ])('has no level to hold values against where it %s', (_, values) => {
    const { state, points } = judgeSeries(numbers(values), { unit: 'money' });
    expect(state).toBe('moving');
    expect(points.every(({ lower, upper, isOdd }) => lower === null && upper === null && !isOdd)).toBe(true);
  });

  it('judges no running total', () => {
    expect(judgeSeries(numbers(VALUES), { unit: 'count', isRunningTotal: true }).state).toBe('notJudged');
  });
});

describe('series in which nothing happens', () => {
  /** Values that keep `persistence` of their distance from the level, with a standard deviation of 1. */
  function stationary(persistence: number, length: number, random: () => number): number[] {
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let value = normal();
    return Array.from({ length }, () => {
      const now = value;
      value = persistence * value + Math.sqrt(1 - persistence ** 2) * normal();
      return now;
    });
  }
  function randomFrom(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }

  it.each([
    [0, 13],
    [0.5, 26],
    [0.8, 13],
    [0.8, 26],
    [0.9, 26],
    [0.9, 52],
  ])('seldom have an odd value, however much neighbours are alike (%d, %i reports)', (persistence, length) => {
    const random = randomFrom(11);
    const series = Array.from({ length: 400 }, () => stationary(persistence, length, random));
    const judged = series.map((values) => judgeSeries(numbers(values.map((each) => each + 100)), { unit: 'count' }));
    const alarmed = judged.filter(({ points }) => points.some(({ isOdd, isDrifting }) => isOdd || isDrifting));
    // Three standard deviations let 7 % of 26 independent values stray, 13 % of 52.
    expect(alarmed.length / series.length).toBeLessThan(0.07);
  });

  it('still tell of a jump', () => {
    const random = randomFrom(5);
    const series = Array.from({ length: 100 }, () => [...stationary(0, 20, random), 8]);
    const odd = series.filter((values) => judgeSeries(numbers(values), { unit: 'money' }).state === 'odd');
    expect(odd.length).toBeGreaterThan(90);
  });
});

const closed = (won: number, of: number) => ({
  winRate: { closed: { value: won / of, count: won, of, interval: null } },
});
const weekly = (dates: readonly string[]) =>
  dates.map((date, index) =>
    trendReportOf(`${date}.json`, reportOf({ date, score: 70 + index, metrics: closed(5, 20) })),
  );

describe('a trend', () => {
  it('is in order of the days, whatever order the files come in', () => {
    const reports = weekly(['2026-10-04', '2026-10-11', '2026-10-18']);
    const trend = trendOf(reports);
    expect(trendOf(reports.toReversed())).toEqual(trend);
    expect(trend.reports.map(({ date }) => date)).toEqual(['2026-10-04', '2026-10-11', '2026-10-18']);
    const score = trend.series.find(({ figure }) => figure === 'score');
    expect(score?.points.map(({ value }) => value)).toEqual([70, 71, 72]);
  });

  it('takes the later file name of one day, and says so', () => {
    const twice = [
      ...weekly(['2026-10-04']),
      trendReportOf('2026-10-04b.json', reportOf({ date: '2026-10-04', score: 1 })),
    ];
    const { reports, notes } = trendOf(twice);
    expect(reports.map(({ file }) => file)).toEqual(['2026-10-04b.json']);
    expect(notes).toEqual([
      {
        code: 'sameDay',
        args: { file: '2026-10-04.json', used: '2026-10-04b.json', date: { date: '2026-10-04' } },
      },
    ]);
  });

  it('says which reports have other rules', () => {
    const other = trendReportOf(
      'other.json',
      reportOf({ date: '2026-01-01', rules: [{ id: 'a/rule', verdict: 'pass' }] }),
    );
    expect(trendOf([...weekly(['2026-10-04']), other]).notes).toEqual([
      { code: 'otherRules', args: { files: { list: ['other.json'] } } },
    ]);
  });

  it.each(['en', 'zh'] as const)('names three files of many (%s)', (lang) => {
    const dates = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
    const others = dates.map((date) =>
      trendReportOf(`other-${date}.json`, reportOf({ date, rules: [{ id: 'a/rule', verdict: 'pass' }] })),
    );
    const trend = trendOf([...others, ...weekly([...dates, '2026-10-04'])]);
    const skipped = Array.from({ length: 9 }, (_, index) => ({ code: 'skipped', args: { file: `skipped-${index}` } }));
    const mixed = { ...trend, notes: [...skipped, ...trend.notes] };
    const text = renderDocument(trendDocument(mixed, lang), { lang, width: 160, colour: false }).replace(/\s+/g, ' ');
    expect(text.match(/skipped-/g)).toHaveLength(3);
    expect(text).toContain(lang === 'zh' ? '另有 6 个不是保存的报告' : '6 more are no saved reports');
    expect(text).toContain(lang === 'zh' ? '另有 25 个与其他报告是同一天' : '25 more are of the same day');
    // The note of other rules names the first three of 28.
    expect(text).toContain(lang === 'zh' ? '另有 25 个。问题数' : '25 more. Findings');
    expect(text).not.toContain('other-2026-02-04');
  });

  it('keeps a gap where a report has no such figure', () => {
    const [first, second] = weekly(['2026-10-04', '2026-10-18']);
    const without = trendReportOf('2026-10-11.json', reportOf({ date: '2026-10-11', score: 70 }));
    const winRate = trendOf([first!, without, second!]).series.find(({ figure }) => figure === 'winRate');
    expect(winRate?.points.map(({ value, of }) => [value, of])).toEqual([
      [0.25, 20],
      [null, null],
      [0.25, 20],
    ]);
  });

  it.each(['en', 'zh'] as const)('is a line a figure (%s)', (lang) => {
    const dates = Array.from({ length: 9 }, (_, index) => `2026-10-${String(index + 10)}`);
    const wins = [4, 6, 5, 5, 7, 4, 6, 5, 5];
    const reports = dates.map((date, index) =>
      trendReportOf(`${date}.json`, reportOf({ date, score: 70 + index, metrics: closed(wins[index] as number, 20) })),
    );
    for (const width of [80, 160]) {
      const text = renderDocument(trendDocument(trendOf(reports), lang), { lang, width, colour: false });
      expect(text).not.toMatch(/undefined|NaN|\{\w+\}/);
      expect(text).toMatch(/▁.*█/);
      expect(text).toContain(lang === 'zh' ? '平稳' : 'steady');
      expect(text).toContain(lang === 'zh' ? '变化' : 'Change');
      expect(text.replace(/\s+/g, ' ')).toContain(lang === 'zh' ? '约' : 'expect about');
    }
  });

  it('of one report says how many it takes', () => {
    const draw = (lang: 'en' | 'zh') =>
      renderDocument(trendDocument(trendOf(weekly(['2026-08-03'])), lang), { lang, width: 80, colour: false });
    expect(draw('en')).toContain('1 report (2026-08-03): a trend needs 8\n');
    expect(draw('zh')).toContain('仅 1 份报告（2026-08-03），趋势至少需要 8 份');
    expect(draw('en')).not.toContain('→');
  });
});
