import { isPresent } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { openRowsOf } from '../row-facts.ts';
import { categoryClass } from './forecast-category-words.ts';
import { historicalForecast } from './forecast-historical.ts';

/** Ways to say what the open deals will bring. */
export const FORECAST_MODELS = ['stage', 'manual', 'commit', 'historical'] as const;
export type ForecastModel = (typeof FORECAST_MODELS)[number];

/** What a model says of the open deal in a row: its chance to be won, NaN where it says nothing. Not for other deals. */
export type ChanceOf = (row: number) => number;

/** The chances of some open deals. */
export function chancesOfRows(chanceOf: ChanceOf, rows: Int32Array): Float64Array {
  const chances = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) chances[index] = chanceOf(rows[index]!);
  return chances;
}

/** The chance of an open deal by a code; null where the model says nothing of any of them. */
function chancesBy(dataset: Dataset, codes: Int16Array | Int32Array, ofCode: Float64Array): ChanceOf | null {
  const chanceOf: ChanceOf = (row) => ofCode[codes[row]!] ?? Number.NaN;
  return openRowsOf(dataset).some((row) => !Number.isNaN(chanceOf(row))) ? chanceOf : null;
}

function stageChances(dataset: Dataset): ChanceOf | null {
  const { stage } = currentState(dataset);
  const ofStage = Float64Array.from(dataset.stages, ({ probability }) => probability ?? Number.NaN);
  return chancesBy(dataset, stage, ofStage);
}

/** What the deals say themselves, and of a deal that says nothing its stage; null where no deal says anything. */
function ownChances(dataset: Dataset, column: Column): ChanceOf | null {
  const own = chancesBy(dataset, column.codes, column.numbers);
  const ofStage = own === null ? null : stageChances(dataset);
  if (own === null || ofStage === null) return own;
  return (row) => {
    const chance = own(row);
    return Number.isNaN(chance) ? ofStage(row) : chance;
  };
}

function committedChances(dataset: Dataset): ChanceOf | null {
  const column = dataset.columns.get('forecast_category');
  if (column === undefined) return null;
  const isCategorised = openRowsOf(dataset).some((row) => isPresent(column, row));
  if (!isCategorised) return null;
  const ofCode = Float64Array.from(column.texts, (text) => Number(categoryClass(text) === 'commit'));
  return chancesBy(dataset, column.codes, ofCode);
}

// A rule judged for a hundred owners asks for these a hundred times; datasets never change once they are built.
const known = new WeakMap<Dataset, Map<string, ChanceOf | null>>();

/**
 * Chance of each open deal to be won by a model, within a horizon (days, or Infinity) where the model knows one; null
 * where the model says nothing of any. `stage`: the probability of its stage; `manual`: its own, else that of its stage;
 * `commit`: 1 where the seller commits to it, else 0; `historical`: what became of such deals.
 */
export function forecastChances(
  model: ForecastModel,
  dataset: Dataset,
  horizonDays = Number.POSITIVE_INFINITY,
): ChanceOf | null {
  const ofDataset = known.get(dataset) ?? new Map<string, ChanceOf | null>();
  known.set(dataset, ofDataset);
  const name = `${model} ${horizonDays}`;
  const read = ofDataset.get(name);
  if (read !== undefined) return read;
  const chances = computeChances(model, dataset, horizonDays);
  ofDataset.set(name, chances);
  return chances;
}

function computeChances(model: ForecastModel, dataset: Dataset, horizonDays: number): ChanceOf | null {
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
      return historicalForecast(dataset, horizonDays)?.chanceOf ?? null;
  }
}
