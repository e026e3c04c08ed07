import completeness from './completeness/completeness.ts';
import dataQuality from './completeness/data-quality.ts';
import conversion from './conversion/conversion.ts';
import conversionPeriods from './conversion/conversion-periods.ts';
import conversionSegments from './conversion/conversion-segments.ts';
import leadFunnel from './conversion/lead-funnel.ts';
import outcomeOverTime from './conversion/outcome-over-time.ts';
import { STAGE_FIGURES } from './conversion/stage-figures.ts';
import whatIf from './conversion/what-if.ts';
import acquisitionCost from './customers/acquisition-cost.ts';
import averageDeal from './customers/average-deal.ts';
import customerValue from './customers/customer-value.ts';
import quoteAccuracy from './customers/quote-accuracy.ts';
import repurchase from './customers/repurchase.ts';
import rfm from './customers/rfm.ts';
import type { FigureFunction, Metric } from './define.ts';
import bottleneck from './dwell/bottleneck.ts';
import dwell from './dwell/dwell.ts';
import dwellSegments from './dwell/dwell-segments.ts';
import stalled from './dwell/stalled.ts';
import { DEAL_FIGURES } from './figures/deal-figures.ts';
import { SPREAD_FIGURES } from './figures/spread-figures.ts';
import attainment from './forecast/attainment.ts';
import coverage from './forecast/coverage.ts';
import forecast from './forecast/forecast.ts';
import forecastAccuracy from './forecast/forecast-accuracy.ts';
import forecastCategories from './forecast/forecast-categories.ts';
import winChances from './forecast/win-chances.ts';
import heatMap from './owners/heat-map.ts';
import ownerScorecards from './owners/owner-scorecards.ts';
import priorityList from './owners/priority-list.ts';
import cycle from './pipeline/cycle.ts';
import cyclePeriods from './pipeline/cycle-periods.ts';
import decayedPipeline from './pipeline/decayed-pipeline.ts';
import dueDateMoves from './pipeline/due-date-moves.ts';
import freshness from './pipeline/freshness.ts';
import funnel from './pipeline/funnel.ts';
import { PIPELINE_FIGURES } from './pipeline/pipeline-figures.ts';
import stalenessLayers from './pipeline/staleness-layers.ts';
import { UPDATE_FIGURES } from './pipeline/update-gap.ts';
import velocity from './pipeline/velocity.ts';
import waterfall from './pipeline/waterfall.ts';
import conformance from './process/conformance.ts';
import flow from './process/flow.ts';
import moves from './process/moves.ts';
import pathVariants from './process/path-variants.ts';
import beforeAfter from './win/before-after.ts';
import closingReasons from './win/closing-reasons.ts';
import groupComparison from './win/compare-groups.ts';
import factorLift from './win/factor-lift.ts';
import winRate from './win/win-rate.ts';
import winRatePeriods from './win/win-rate-periods.ts';
import winSegments from './win/win-segments.ts';

/** All metrics, in the order people see them. */
export const METRICS: readonly Metric[] = [
  funnel,
  conversion,
  conversionPeriods,
  conversionSegments,
  outcomeOverTime,
  dwell,
  stalled,
  dwellSegments,
  winRate,
  winRatePeriods,
  winSegments,
  closingReasons,
  factorLift,
  groupComparison,
  beforeAfter,
  cycle,
  cyclePeriods,
  forecast,
  forecastAccuracy,
  winChances,
  velocity,
  attainment,
  coverage,
  forecastCategories,
  decayedPipeline,
  stalenessLayers,
  dueDateMoves,
  waterfall,
  completeness,
  ownerScorecards,
  heatMap,
  whatIf,
  freshness,
  flow,
  moves,
  pathVariants,
  conformance,
  bottleneck,
  priorityList,
  averageDeal,
  repurchase,
  rfm,
  customerValue,
  acquisitionCost,
  quoteAccuracy,
  leadFunnel,
  dataQuality,
];

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
