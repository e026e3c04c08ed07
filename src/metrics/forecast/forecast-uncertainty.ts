import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { addCompensated } from '../amounts.ts';
import { historicalForecast } from './forecast-historical.ts';
import type { ForecastModel } from './forecast-models.ts';

/** One a row: how far the chance of a deal may itself be off; null where a model states its chances. */
export function chanceErrors(model: ForecastModel, dataset: Dataset, horizonDays: number): Float64Array | null {
  return model === 'historical' ? (historicalForecast(dataset, horizonDays)?.errors ?? null) : null;
}

/**
 * Variance that the estimated chances bring into a forecast: Σ over the stages of (Σ weight · error)². All deals of a
 * stage are judged by the same deals before them, so that their errors go the same way and do not cancel out; those of
 * different stages are taken as independent. It comes on top of Σ weight² · p(1 − p), what chance does with each deal.
 * @param weights one a row: amounts, NaN for deals that are not forecast; null where each deal counts 1
 * @param rows of the deals that are forecast, null for all
 */
export function sharedVariance(
  dataset: Dataset,
  weights: Float64Array | null,
  errors: Float64Array | null,
  rows: Int32Array | null = null,
): number {
  if (errors === null) return 0;
  const { stage } = currentState(dataset);
  const sums = new Float64Array(dataset.stages.length);
  const lost = sums.slice();
  const count = rows === null ? errors.length : rows.length;
  for (let index = 0; index < count; index += 1) {
    const row = rows === null ? index : rows[index]!;
    const weighted = weights === null ? errors[row]! : weights[row]! * errors[row]!;
    if (!Number.isNaN(weighted)) addCompensated(sums, lost, stage[row]!, weighted);
  }
  return sums.reduce((total, sum, position) => total + (sum + lost[position]!) ** 2, 0);
}
