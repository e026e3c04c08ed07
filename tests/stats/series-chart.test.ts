import { describe, expect, it } from 'vitest';
import { controlChart, standardisedProportions } from '../../src/stats/control-chart.ts';
import { ewmaChart, ewmaHalfWidth, individualsChart } from '../../src/stats/series-chart.ts';
import { expectAllClose, expectClose, fixture } from './reference.ts';

interface Charts {
  nistIndividuals: { x: number[]; mean: number; mrBar: number; ucl_d2: number; lcl_d2: number; mrUcl_3267: number };
  nistEwma: { x: number[]; lambda: number; target: number; s: number; ewma: number[]; ucl: number; lcl: number };
  pRealShift: { won: number[]; n: number[]; pBar: number; z: number[] };
}

/** Values of R 4.2.2 for two series of the NIST/SEMATECH handbook. */
const { nistIndividuals, nistEwma, pRealShift } = fixture<Charts>('control-charts.json');

describe('individualsChart', () => {
  it('equals the reference: mean 50.81, limits 45.8159 to 55.8041', () => {
    const chart = individualsChart(nistIndividuals.x)!;
    expectClose(chart.mean, nistIndividuals.mean);
    expectClose(chart.meanMovingRange, nistIndividuals.mrBar);
    expectClose(chart.movingRangeLimit, nistIndividuals.mrUcl_3267);
    for (const { lower, upper, isOut } of chart.points) {
      expectClose(lower, nistIndividuals.lcl_d2);
      expectClose(upper, nistIndividuals.ucl_d2);
      expect(isOut).toBe(false);
    }
  });

  it('tells the value that is out', () => {
    // Mean 12; moving ranges 0, 0, 0, 0, 20, 20, 0, 0, 0: mean 40/9, limits 12 ± 11.82.
    const chart = individualsChart([10, 10, 10, 10, 10, 30, 10, 10, 10, 10])!;
    expectClose(chart.points[0]?.upper ?? null, 12 + 120 / 9 / 1.128);
    expect(chart.points.flatMap(({ isOut }, index) => (isOut ? [index] : []))).toEqual([5]);
  });

  it('has no chart of one value, and refuses what is not known', () => {
    expect(individualsChart([1])).toBeNull();
    expect(individualsChart([])).toBeNull();
    expect(() => individualsChart([1, Number.NaN])).toThrow(RangeError);
  });
});

describe('ewmaChart', () => {
  const { x, lambda, target, s: sigma } = nistEwma;

  it('equals the reference, with limits that come to those of the reference', () => {
    const points = ewmaChart(x, { lambda, target, sigma });
    // The reference begins with the target itself.
    expectAllClose(
      points.map(({ value }) => value),
      nistEwma.ewma.slice(1),
    );
    expectClose(target + ewmaHalfWidth(lambda, sigma), nistEwma.ucl);
    expectClose(target - ewmaHalfWidth(lambda, sigma), nistEwma.lcl);
    // The first limits are those of λ times a single value: 3σλ.
    expectClose(points[0]?.upper ?? null, target + 3 * sigma * lambda);
    expectClose(points.at(-1)?.upper ?? null, nistEwma.ucl, 1e-6);
    expect(points.every(({ isOut }) => !isOut)).toBe(true);
  });

  it('finds a drift that no single value gives away', () => {
    const drift = [0, 0, 0, 1.5, 1.5, 1.5, 1.5, 1.5];
    const points = ewmaChart(drift, { lambda: 0.3, target: 0, sigma: 1 });
    // 1.5·(1 − .7⁴) = 1.1399 against 3·√(.3/1.7·(1 − .7¹⁴)) = 1.2560, then 1.2479 against 1.2581, 1.3235 against 1.2592.
    expect(points.map(({ isOut }) => isOut)).toEqual([false, false, false, false, false, false, false, false]);
    expect(ewmaChart([...drift, 1.5], { lambda: 0.3, target: 0, sigma: 1 }).at(-1)?.isOut).toBe(true);
  });

  it('follows the standardised months of a chart of proportions', () => {
    const months = pRealShift.won.map((count, index) => ({ count, of: pRealShift.n[index] as number }));
    const z = standardisedProportions(months, controlChart(months)?.pooled as number);
    expectAllClose(z, pRealShift.z);
    expect(ewmaChart(z, { lambda: 0.3, target: 0, sigma: 1 }).some(({ isOut }) => isOut)).toBe(false);
  });

  it('refuses what is not known', () => {
    expect(() => ewmaChart([Number.NaN], { lambda, target, sigma })).toThrow(RangeError);
    expect(() => ewmaChart([1], { lambda: 0, target, sigma })).toThrow(RangeError);
    expect(() => ewmaChart([1], { lambda, target, sigma: Number.NaN })).toThrow(RangeError);
  });
});
