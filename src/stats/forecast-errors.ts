/** How far forecasts of amounts were off, over several periods. Shares are null where nothing came in to divide by. */
export interface ForecastErrors {
  readonly periods: number;
  /** Σ(F − A) / ΣA: above 0 where too much was promised. */
  readonly bias: number | null;
  /** Σ|F − A| / ΣA: errors in both directions count. */
  readonly weightedError: number | null;
  /** Mean of |F − A| / A over the periods in which something came in; it explodes where that was little. */
  readonly meanPercentageError: number | null;
  /** Mean of |F − A|, in units of the amounts. */
  readonly meanError: number | null;
  /** √(mean of (F − A)²), in units of the amounts. */
  readonly rootMeanSquare: number | null;
}

/**
 * Bias, weighted absolute percentage error (WAPE) and mean absolute percentage error (MAPE) of forecasts against what
 * came in. Source: Hyndman and Koehler, International Journal of Forecasting 22 (2006) 679–688.
 * @throws RangeError on lists of unequal length or values that are not finite.
 */
export function forecastErrors(forecasts: readonly number[], actuals: readonly number[]): ForecastErrors {
  const periods = forecasts.length;
  if (periods !== actuals.length) throw new RangeError('forecasts and actual values must be of one length');
  let [bias, absolute, squares, total, shares, shared] = [0, 0, 0, 0, 0, 0];
  for (const [index, forecast] of forecasts.entries()) {
    const actual = actuals[index] as number;
    const error = forecast - actual;
    if (!Number.isFinite(error)) throw new RangeError('a forecast error of values that are not all known');
    bias += error;
    absolute += Math.abs(error);
    squares += error * error;
    total += actual;
    if (actual === 0) continue;
    shares += Math.abs(error / actual);
    shared += 1;
  }
  return {
    periods,
    bias: total > 0 ? bias / total : null,
    weightedError: total > 0 ? absolute / total : null,
    meanPercentageError: shared > 0 ? shares / shared : null,
    meanError: periods > 0 ? absolute / periods : null,
    rootMeanSquare: periods > 0 ? Math.sqrt(squares / periods) : null,
  };
}
