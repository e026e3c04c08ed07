import { describe, expect, it } from 'vitest';
import { binomialLimits } from '../../src/stats/binomial.ts';
import { ALARM_TAIL, controlChart, smallestAlarmingBase } from '../../src/stats/control-chart.ts';
import { dispersionOf, dispersionWithInterval, varianceBetween } from '../../src/stats/dispersion.ts';
import { expectAllClose, expectClose, fixture } from './reference.ts';

interface Series {
  won: number[];
  n: number[];
  pBar: number;
  pLcl: number[];
  pUcl: number[];
  sigmaZ: number;
  laneyLcl: number[];
  laneyUcl: number[];
  dispersion: number;
  chisqP: number;
  exactLcl: number[];
  exactUcl: number[];
  excessSd: number;
}

/** Values of R 4.2.2. Its Laney limits use σz as it is, also below 1; ours never lie inside those of pure chance. */
const series = fixture<Record<'pStableSmall' | 'pRealShift' | 'pOverdispersed', Series>>('control-charts.json');
const NAMES = ['pStableSmall', 'pRealShift', 'pOverdispersed'] as const;

function groupsOf({ won, n }: Series) {
  return won.map((count, index) => ({ count, of: n[index] as number }));
}

function chartOf(name: (typeof NAMES)[number]) {
  const chart = controlChart(groupsOf(series[name]));
  if (chart === null) throw new Error('a chart is wanted');
  return chart;
}

function oddPeriods(name: (typeof NAMES)[number]): readonly number[] {
  return chartOf(name).limits.flatMap(({ isOdd }, index) => (isOdd ? [index + 1] : []));
}

describe('dispersionOf', () => {
  it.each(NAMES)('equals the reference for %s', (name) => {
    const { pBar, dispersion, chisqP, excessSd } = series[name];
    const result = dispersionOf(groupsOf(series[name]));
    expectClose(result?.pooled ?? null, pBar);
    expectClose(result?.phi ?? null, dispersion);
    expectClose(result?.probability ?? null, chisqP);
    expectClose(result?.excess ?? null, excessSd);
  });

  it('is sure of a swing only where chance cannot explain it', () => {
    expect(dispersionWithInterval(groupsOf(series.pStableSmall))?.interval[0]).toBe(0);
    expect(dispersionWithInterval(groupsOf(series.pRealShift))?.interval[0]).toBe(0);
    const [lower, upper] = dispersionWithInterval(groupsOf(series.pOverdispersed))?.interval ?? [0, 0];
    expect(lower).toBeGreaterThan(0.06);
    expect(upper).toBeLessThan(0.2);
  });

  it('knows nothing of one group, or of groups that are all alike', () => {
    expect(dispersionOf([{ count: 2, of: 5 }])).toBeNull();
    expect(
      dispersionOf([
        { count: 5, of: 5 },
        { count: 3, of: 3 },
      ]),
    ).toBeNull();
  });
});

describe('varianceBetween', () => {
  it('equals the interval that R metafor gives for the thirteen trials of the BCG vaccine', () => {
    const logRatios = [
      -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.012, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173,
    ];
    const variances = [
      0.3256, 0.1946, 0.4154, 0.02, 0.0512, 0.0069, 0.223, 0.004, 0.0564, 0.073, 0.0124, 0.5325, 0.0714,
    ];
    const [lower, upper] = varianceBetween(logRatios, variances);
    // `confint` of metafor: 0.1197 and 1.1115, from data of more digits than the published ones above.
    expect(lower).toBeCloseTo(0.1197, 3);
    expect(upper).toBeCloseTo(1.1115, 2);
  });

  it('refuses estimates without a variance', () => {
    expect(() => varianceBetween([1], [1])).toThrow(RangeError);
    expect(() => varianceBetween([1, 2], [1, 0])).toThrow(RangeError);
  });
});

describe('controlChart', () => {
  it.each(NAMES)('equals the reference for %s', (name) => {
    const { sigmaZ, pLcl, pUcl, laneyLcl, laneyUcl, exactLcl, exactUcl, n, pBar } = series[name];
    const chart = chartOf(name);
    expectClose(chart.sigmaZ, sigmaZ);
    const isSmall = n.map((base) => base * Math.min(pBar, 1 - pBar) < 5);
    const pick = (exact: number[], plain: number[], laney: number[]) =>
      n.map((_, index) => (isSmall[index] === true ? exact : sigmaZ > 1 ? laney : plain)[index] as number);
    expectAllClose(
      chart.limits.map(({ lower }) => lower),
      pick(exactLcl, pLcl, laneyLcl),
    );
    expectAllClose(
      chart.limits.map(({ upper }) => upper),
      pick(exactUcl, pUcl, laneyUcl),
    );
  });

  it('has exact limits that equal the reference', () => {
    for (const name of NAMES) {
      const { n, pBar, exactLcl, exactUcl } = series[name];
      const limits = n.map((base) => binomialLimits(base, pBar, ALARM_TAIL).map((limit) => limit / base));
      expectAllClose(
        limits.map(([low]) => low as number),
        exactLcl,
      );
      expectAllClose(
        limits.map(([, high]) => high as number),
        exactUcl,
      );
    }
  });

  it('finds the one month that is odd, and none where months are small or all over the place', () => {
    expect(oddPeriods('pStableSmall')).toEqual([]);
    expect(oddPeriods('pRealShift')).toEqual([8]);
    expect(oddPeriods('pOverdispersed')).toEqual([]);
  });

  it('treats a high rate as it does a low one', () => {
    const wins = [18, 17, 19, 18, 17, 18, 19, 12].map((count) => ({ count, of: 20 }));
    const losses = wins.map(({ count, of }) => ({ count: of - count, of }));
    const oddOf = (groups: typeof wins) => controlChart(groups)?.limits.map(({ isOdd }) => isOdd);
    expect(oddOf(wins)).toEqual(oddOf(losses));
  });

  it('has no chart of nothing, or of periods that are all alike', () => {
    expect(controlChart([])).toBeNull();
    expect(controlChart([{ count: 0, of: 5 }])).toBeNull();
  });
});

describe('smallestAlarmingBase', () => {
  it('is the first base at which no win at all is no chance', () => {
    expect([0.2, 0.3, 0.4, 0.5].map(smallestAlarmingBase)).toEqual([30, 19, 13, 10]);
    expect(() => smallestAlarmingBase(0)).toThrow(RangeError);
  });
});
