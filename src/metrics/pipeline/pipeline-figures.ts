import type { FigureFunction } from '../define.ts';
import { FORECAST_FIGURES } from '../forecast/forecast-figures.ts';
import { COVERAGE_FIGURES } from '../forecast/pipeline-coverage.ts';
import { COMPARE_FIGURES } from './pipeline-compare.ts';
import { FLOW_FIGURES } from './pipeline-flow.ts';
import { WATERFALL_FIGURES } from './pipeline-waterfall.ts';
import { VELOCITY_FIGURES } from './velocity-figures.ts';

/** Figures of the pipeline as a whole: how fast it sells, what it will bring, and how it changed since earlier exports. */
export const PIPELINE_FIGURES: Readonly<Record<string, FigureFunction>> = {
  ...VELOCITY_FIGURES,
  ...FORECAST_FIGURES,
  ...COVERAGE_FIGURES,
  ...COMPARE_FIGURES,
  ...WATERFALL_FIGURES,
  ...FLOW_FIGURES,
};
