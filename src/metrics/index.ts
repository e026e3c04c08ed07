import completeness from './completeness.ts';
import conversion from './conversion.ts';
import cycle from './cycle.ts';
import type { FigureFunction, Metric } from './define.ts';
import dwell from './dwell.ts';
import freshness from './freshness.ts';
import funnel from './funnel.ts';
import winRate from './win-rate.ts';

/** All metrics, in the order people see them. */
export const METRICS: readonly Metric[] = [funnel, conversion, dwell, winRate, cycle, completeness, freshness];

/** The figures of all metrics by the name that `metric:` rules use. */
export function figureFunctions(): Readonly<Record<string, FigureFunction>> {
  return Object.assign({}, ...METRICS.map((metric) => metric.figures ?? {}));
}
