import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierParts, calibrationBins, calibrationTest, type JudgedForecasts } from '../../src/stats/calibration.ts';
import { expectClose, fixture } from './reference.ts';

interface Expected {
  y: number[];
  p: number[];
  brier: number;
}
interface TwentyDeals extends Expected {
  reliability: number;
  resolution: number;
  uncertainty: number;
  bins: { p: number; n: number; won: number }[];
  expectedWins: number;
  actualWins: number;
  calibrationZ: number;
}

/** Values of scikit-learn 1.2.1 and numpy. */
const { sklearnDoc, twentyDeals } = fixture<{ sklearnDoc: Expected; twentyDeals: TwentyDeals }>('calibration.json');
const forecastsOf = ({ p, y }: { p: readonly number[]; y: readonly number[] }): JudgedForecasts => ({
  probabilities: Float64Array.from(p),
  outcomes: Uint8Array.from(y),
});
const forecasts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 60 })
  .map((list) => ({ p: list.map(([p]) => p / 20), y: list.map(([, y]) => y) }));

describe('brierParts', () => {
  it('equals the reference: .2340 = .0232 − .0292 + .2400', () => {
    const parts = brierParts(forecastsOf(twentyDeals));
    expectClose(parts?.score ?? null, twentyDeals.brier);
    expectClose(parts?.reliability ?? null, twentyDeals.reliability);
    expectClose(parts?.resolution ?? null, twentyDeals.resolution);
    expectClose(parts?.uncertainty ?? null, twentyDeals.uncertainty);
    expectClose(brierParts(forecastsOf(sklearnDoc))?.score ?? null, 0.0375);
  });

  it('has parts that add up, whatever the forecasts and their order', () => {
    fc.assert(
      fc.property(forecasts, ({ p, y }) => {
        const parts = brierParts(forecastsOf({ p, y }))!;
        expectClose(parts.reliability - parts.resolution + parts.uncertainty, parts.score);
        const turned = brierParts(forecastsOf({ p: p.toReversed(), y: y.toReversed() }))!;
        expect(turned.reliability).toBe(parts.reliability);
        expect(turned.resolution).toBe(parts.resolution);
      }),
    );
  });

  it('knows nothing of no forecasts, and refuses what is no probability', () => {
    expect(brierParts(forecastsOf({ p: [], y: [] }))).toBeNull();
    expect(() => brierParts(forecastsOf({ p: [1.2], y: [1] }))).toThrow(RangeError);
    expect(() => brierParts(forecastsOf({ p: [Number.NaN], y: [1] }))).toThrow(RangeError);
    expect(() => brierParts(forecastsOf({ p: [0.5], y: [] }))).toThrow(RangeError);
  });
});

describe('calibrationTest', () => {
  it('equals the reference: 9.2 expected, 8 won, z −.669', () => {
    const { expected, actual, z } = calibrationTest(forecastsOf(twentyDeals));
    expectClose(expected, 9.2);
    expect(actual).toBe(8);
    expectClose(z, twentyDeals.calibrationZ);
    expect(z).toBeCloseTo(-0.669, 3);
  });

  it('says nothing of forecasts that were certain', () => {
    expect(calibrationTest(forecastsOf({ p: [0, 1], y: [0, 1] })).z).toBeNull();
    expect(calibrationTest(forecastsOf({ p: [], y: [] }))).toEqual({ expected: 0, actual: 0, z: null });
  });
});

describe('calibrationBins', () => {
  it('puts the forecasts of the reference into fifths', () => {
    const bins = calibrationBins(forecastsOf(twentyDeals), 5);
    expect(bins.map(({ forecasts: n, happened }) => [n, happened])).toEqual(
      twentyDeals.bins.map(({ n, won }) => [n, won]),
    );
    for (const [index, { p }] of twentyDeals.bins.entries()) expectClose(bins[index]?.meanProbability ?? null, p);
  });

  it('puts a border into the range above, and certainty into the last', () => {
    const counts = calibrationBins(forecastsOf({ p: [0, 0.2, 0.6, 0.8, 1], y: [0, 0, 0, 0, 1] }), 5);
    expect(counts.map(({ forecasts: n }) => n)).toEqual([1, 1, 0, 1, 2]);
    expect(counts[2]?.meanProbability).toBeNull();
    expect(() => calibrationBins(forecastsOf({ p: [], y: [] }), 0)).toThrow(RangeError);
  });

  it('loses no forecast', () => {
    fc.assert(
      fc.property(forecasts, fc.integer({ min: 1, max: 12 }), (list, ranges) => {
        const bins = calibrationBins(forecastsOf(list), ranges);
        expect(bins.reduce((sum, bin) => sum + bin.forecasts, 0)).toBe(list.p.length);
        for (const { from, to, meanProbability } of bins) {
          if (meanProbability === null) continue;
          expect(meanProbability).toBeGreaterThanOrEqual(from - 1e-9);
          expect(meanProbability).toBeLessThanOrEqual(to + 1e-9);
        }
      }),
    );
  });
});
