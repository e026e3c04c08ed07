import acquisitionCost from './acquisition-cost.ts';
import attainment from './attainment.ts';
import averageDeal from './average-deal.ts';
import beforeAfter from './before-after.ts';
import bottleneck from './bottleneck.ts';
import closingReasons from './closing-reasons.ts';
import groupComparison from './compare-groups.ts';
import completeness from './completeness.ts';
import conformance from './conformance.ts';
import conversion from './conversion.ts';
import conversionPeriods from './conversion-periods.ts';
import conversionSegments from './conversion-segments.ts';
import coverage from './coverage.ts';
import customerValue from './customer-value.ts';
import cycle from './cycle.ts';
import cyclePeriods from './cycle-periods.ts';
import dataQuality from './data-quality.ts';
import { DEAL_FIGURES } from './deal-figures.ts';
import decayedPipeline from './decayed-pipeline.ts';
import type { FigureFunction, Metric } from './define.ts';
import dueDateMoves from './due-date-moves.ts';
import dwell from './dwell.ts';
import dwellSegments from './dwell-segments.ts';
import factorLift from './factor-lift.ts';
import flow from './flow.ts';
import forecast from './forecast.ts';
import forecastAccuracy from './forecast-accuracy.ts';
import forecastCategories from './forecast-categories.ts';
import freshness from './freshness.ts';
import funnel from './funnel.ts';
import heatMap from './heat-map.ts';
import leadFunnel from './lead-funnel.ts';
import moves from './moves.ts';
import outcomeOverTime from './outcome-over-time.ts';
import ownerScorecards from './owner-scorecards.ts';
import pathVariants from './path-variants.ts';
import { PIPELINE_FIGURES } from './pipeline-figures.ts';
import priorityList from './priority-list.ts';
import quoteAccuracy from './quote-accuracy.ts';
import repurchase from './repurchase.ts';
import rfm from './rfm.ts';
import { SPREAD_FIGURES } from './spread-figures.ts';
import { STAGE_FIGURES } from './stage-figures.ts';
import stalenessLayers from './staleness-layers.ts';
import stalled from './stalled.ts';
import { UPDATE_FIGURES } from './update-gap.ts';
import velocity from './velocity.ts';
import waterfall from './waterfall.ts';
import whatIf from './what-if.ts';
import winRate from './win-rate.ts';
import winRatePeriods from './win-rate-periods.ts';
import winSegments from './win-segments.ts';

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
