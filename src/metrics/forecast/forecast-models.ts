import { isPresent } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { openRowsOf } from '../row-facts.ts';
import { categoryClass } from './forecast-category-words.ts';
import { historicalForecast } from './forecast-historical.ts';

/** Ways to say what the open deals will bring. */
export const FORECAST_MODELS = ['stage', 'manual', 'commit', 'historical'] as const;
export type ForecastModel = (typeof FORECAST_MODELS)[number];

/** Sets the chance of each open deal by a code; null where the model says nothing of any of them. */
function chancesBy(dataset: Dataset, codes: Int16Array | Int32Array, ofCode: Float64Array): Float64Array | null {
  const chances = new Float64Array(dataset.rowCount).fill(Number.NaN);
  const open = openRowsOf(dataset);
  let known = 0;
  for (let index = 0; index < open.length; index += 1) {
    const row = open[index]!;
    const chance = ofCode[codes[row]!] ?? Number.NaN;
    chances[row] = chance;
    if (!Number.isNaN(chance)) known += 1;
  }
  return known === 0 ? null : chances;
}

function stageChances(dataset: Dataset): Float64Array | null {
  const { stage } = currentState(dataset);
  const ofStage = Float64Array.from(dataset.stages, ({ probability }) => probability ?? Number.NaN);
  return chancesBy(dataset, stage, ofStage);
}

/** What the deals say themselves, and of a deal that says nothing its stage; null where no deal says anything. */
function ownChances(dataset: Dataset, column: Column): Float64Array | null {
  const own = chancesBy(dataset, column.codes, column.numbers);
  const ofStage = own === null ? null : stageChances(dataset);
  if (own === null || ofStage === null) return own;
  for (let row = 0; row < own.length; row += 1) if (Number.isNaN(own[row]!)) own[row] = ofStage[row]!;
  return own;
}

function committedChances(dataset: Dataset): Float64Array | null {
  const column = dataset.columns.get('forecast_category');
  if (column === undefined) return null;
  const isCategorised = openRowsOf(dataset).some((row) => isPresent(column, row));
  if (!isCategorised) return null;
  const ofCode = Float64Array.from(column.texts, (text) => Number(categoryClass(text) === 'commit'));
  return chancesBy(dataset, column.codes, ofCode);
}

// A rule judged for a hundred owners asks for these a hundred times; datasets never change once they are built.
const known = new WeakMap<Dataset, Map<string, Float64Array | null>>();

/**
 * Chance of each open deal to be won by a model, within a horizon (days, or Infinity) where the model knows one; NaN
 * where the model says nothing of a deal, null where it says nothing of any. `stage`: the probability of its stage;
 * `manual`: its own, else that of its stage; `commit`: 1 where the seller commits to it, else 0; `historical`: what became of such deals.
 */
export function forecastChances(
  model: ForecastModel,
  dataset: Dataset,
  horizonDays = Number.POSITIVE_INFINITY,
): Float64Array | null {
  const ofDataset = known.get(dataset) ?? new Map<string, Float64Array | null>();
  known.set(dataset, ofDataset);
  const name = `${model} ${horizonDays}`;
  const read = ofDataset.get(name);
  if (read !== undefined) return read;
  const chances = computeChances(model, dataset, horizonDays);
  ofDataset.set(name, chances);
  return chances;
}

function computeChances(model: ForecastModel, dataset: Dataset, horizonDays: number): Float64Array | null {
  switch (model) {
    case 'stage':
      return stageChances(dataset);
    case 'manual': {
      const column = dataset.columns.get('probability');
      return column === undefined ? null : ownChances(dataset, column);
    }
    case 'commit':
      return committedChances(dataset);
    case 'historical':
      return historicalForecast(dataset, horizonDays)?.chances ?? null;
  }
}
