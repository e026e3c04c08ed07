import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { STALL_FACTOR, TYPICAL_FROM_VISITS } from './dwell-stages.ts';
import { dwellStudies, openStageIds } from './dwell-study.ts';
import { enteredAges, stayMeasureOf } from './dwell-visits.ts';
import type { OpenStage } from './stalled-deals.ts';

/** The open stages, in funnel order, with the deals now in them and their limits out of past visits. */
export function stagesOfHistory(dataset: Dataset, journeys: Journeys): OpenStage[] {
  return dwellStudies(dataset, journeys).map(({ stage, dwell, openDeal, openDays, openShare }) => ({
    stage,
    rows: openDeal,
    ages: openDays,
    shares: openShare,
    limitDays: dwell.thresholdDays,
    typicalDays: dwell.typicalDays,
    p90Days: dwell.typicalDays === null ? null : dwell.p90Days,
    visits: dwell.closedVisits + dwell.openVisits,
    baseRate: dwell.baseRate,
    expectedShare: dwell.expectedShare,
  }));
}

/** The stages with too few visits to judge by, as if the median of these few were typical. */
export function stagesOfFewVisits(dataset: Dataset, journeys: Journeys): OpenStage[] {
  return dwellStudies(dataset, journeys).flatMap(({ stage, dwell, openDeal, openDays, openShare }) => {
    const visits = dwell.closedVisits + dwell.openVisits;
    if (dwell.medianDays === null || visits >= TYPICAL_FROM_VISITS) return [];
    return {
      stage,
      rows: openDeal,
      ages: openDays,
      shares: openShare,
      limitDays: STALL_FACTOR * dwell.medianDays,
      typicalDays: dwell.medianDays,
      p90Days: dwell.p90Days,
      visits,
      baseRate: dwell.baseRate,
      expectedShare: dwell.expectedShare,
    };
  });
}

/** Longest stay that the rules file allows, by open stage. */
function maxDwellDays({ stages }: Dataset): (number | null)[] {
  return stages.flatMap((stage) => (stage.kind === 'open' ? [stage.maxDwellDays] : []));
}

/**
 * The open stages with the ages that the table tells, and `max_dwell` for their limits; null where no column says since
 * when deals are in their stage, or no stage has a limit.
 */
export function stagesOfTable(dataset: Dataset): readonly OpenStage[] | null {
  const limits = maxDwellDays(dataset);
  const entered = limits.some((days) => days !== null) ? enteredAges(dataset, stayMeasureOf(dataset)) : null;
  if (entered === null) return null;
  const unknown = { typicalDays: null, p90Days: null, visits: null, baseRate: null, expectedShare: null };
  return openStageIds(dataset).map((stage, openStage) => ({
    stage,
    rows: entered.deals[openStage]!,
    ages: entered.ages[openStage]!,
    shares: null,
    limitDays: limits[openStage]!,
    ...unknown,
  }));
}
