import { describe, expect, it } from 'vitest';
import { forecastErrors } from '../../src/stats/forecast-errors.ts';
import { expectClose, fixture } from './reference.ts';

describe('forecastErrors', () => {
  it('equals the reference: bias +9.5 %, WAPE 14.3 %, MAPE 20.7 %', () => {
    const { periodAccuracy } = fixture<{
      periodAccuracy: Record<'bias' | 'wape' | 'mape' | 'mae' | 'rmse', number> & {
        forecast: number[];
        actual: number[];
      };
    }>('calibration.json');
    const errors = forecastErrors(periodAccuracy.forecast, periodAccuracy.actual);
    expect(errors.periods).toBe(4);
    expectClose(errors.bias, periodAccuracy.bias);
    expectClose(errors.weightedError, periodAccuracy.wape);
    expectClose(errors.meanPercentageError, periodAccuracy.mape);
    expectClose(errors.meanError, periodAccuracy.mae);
    expectClose(errors.rootMeanSquare, periodAccuracy.rmse);
    // (20 − 10 + 30 + 0) / 420, 60 / 420, (20/80 + 10/130 + 30/60 + 0) / 4.
    expectClose(errors.bias, 40 / 420);
    expectClose(errors.weightedError, 60 / 420);
    expectClose(errors.meanPercentageError, (0.25 + 1 / 13 + 0.5) / 4);
  });

  it('has no shares of nothing', () => {
    expect(forecastErrors([100], [0])).toEqual({
      periods: 1,
      bias: null,
      weightedError: null,
      meanPercentageError: null,
      meanError: 100,
      rootMeanSquare: 100,
    });
    expect(forecastErrors([], [])).toMatchObject({ periods: 0, bias: null, meanError: null, rootMeanSquare: null });
    // A period in which nothing came in counts in the weighted error, and not in the mean of shares.
    expect(forecastErrors([10, 10], [0, 10])).toMatchObject({ weightedError: 1, meanPercentageError: 0 });
  });

  it('refuses what is not known', () => {
    expect(() => forecastErrors([1], [Number.NaN])).toThrow(RangeError);
    expect(() => forecastErrors([1], [])).toThrow(RangeError);
  });
});
