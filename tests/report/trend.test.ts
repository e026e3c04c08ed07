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
  // Mean 10; moving ranges 2 1 2 1 2 1 2, mean 11/7: limits 10 ± 3·(11/7)/1.128.
  const VALUES = [9, 11, 10, 8, 9, 11, 12, 10];

  it('is held against the mean and the mean moving range', () => {
    const { points, centre, state } = judgeSeries(numbers(VALUES), { unit: 'money' });
    expect(centre).toBe(10);
    expect(points[0]?.upper).toBeCloseTo(10 + (3 * (11 / 7)) / 1.128, 10);
    expect(points[0]?.lower).toBeCloseTo(10 - (3 * (11 / 7)) / 1.128, 10);
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

  it('says so where there is no level to hold them against', () => {
    const steps = [10, 10.1, 10, 10.1, 10, 10.1, 20, 20.1, 20, 20.1, 20, 20.1];
    expect(judgeSeries(numbers(steps), { unit: 'money' }).state).toBe('moving');
  });

  it('finds a slow drift that no single value shows', () => {
    const drift = [10, 10.5, 10, 10.5, 10, 10.5, 10, 10.5, 11, 11.5, 11, 11.5, 11.3, 11.7];
    const { points, state } = judgeSeries(numbers(drift), { unit: 'money' });
    expect(oddOnes({ points } as never)).toEqual([]);
    expect(state).toBe('drifting');
  });

  it('judges no running total', () => {
    expect(judgeSeries(numbers(VALUES), { unit: 'count', isRunningTotal: true }).state).toBe('notJudged');
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
    for (const width of [80, 160]) {
      const text = renderDocument(trendDocument(trendOf(weekly(dates)), lang), { lang, width, colour: false });
      expect(text).not.toMatch(/undefined|NaN|\{\w+\}/);
      expect(text).toMatch(/▁.*█/);
      expect(text).toContain(lang === 'zh' ? '平稳' : 'steady');
    }
  });
});
