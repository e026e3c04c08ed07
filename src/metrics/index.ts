import completeness from './completeness.ts';
import conversion from './conversion.ts';
import cycle from './cycle.ts';
import { DEAL_FIGURES } from './deal-figures.ts';
import type { FigureFunction, Metric } from './define.ts';
import dwell from './dwell.ts';
import freshness from './freshness.ts';
import funnel from './funnel.ts';
import { PIPELINE_FIGURES } from './pipeline-figures.ts';
import { SPREAD_FIGURES } from './spread-figures.ts';
import { STAGE_FIGURES } from './stage-figures.ts';
import { UPDATE_FIGURES } from './update-gap.ts';
import winRate from './win-rate.ts';

/** All metrics, in the order people see them. */
export const METRICS: readonly Metric[] = [funnel, conversion, dwell, winRate, cycle, completeness, freshness];

/** Figures that no metric shows: one line a file. */
const FURTHER_FIGURES: readonly Readonly<Record<string, FigureFunction>>[] = [
  DEAL_FIGURES,
  STAGE_FIGURES,
  SPREAD_FIGURES,
  PIPELINE_FIGURES,
  UPDATE_FIGURES,
];

/** The figures that `metric:` rules can name. */
export function figureFunctions(): Readonly<Record<string, FigureFunction>> {
  return Object.assign({}, ...METRICS.map((metric) => metric.figures ?? {}), ...FURTHER_FIGURES);
}
