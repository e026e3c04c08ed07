import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { daysBetween, daysUntilAsOf, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { aalenJohansen, type IncidenceCurves, incidenceAt, incidenceIntervalAt } from '../../stats/competing-risks.ts';
import type { Figure } from '../../stats/figure.ts';
import type { StageCohort } from '../conversion/conversion-cohorts.ts';
import { pendingFigure, rateFigure, rateOf, unknownFigure } from '../rate.ts';

const WON = 1;
const LOST = 2;
/** Fewer deals at risk make the end of a curve noise; of a small cohort that is this share of it. */
const LEAST_AT_RISK = 10;
const LEAST_SHARE_AT_RISK = 1 / 20;

/** What became of the deals of a cohort, from their entry on. */
interface Outcomes {
  readonly days: Float64Array;
  /** 0 for those that are neither won nor lost. */
  readonly causes: Uint8Array;
  readonly won: number;
  readonly decided: number;
}

function outcomesOf(dataset: Dataset, journeys: Journeys, openStage: number, { deal: deals }: StageCohort): Outcomes {
  const { firstEntry, openStageCount } = summarizeJourneys(journeys, dataset.stages);
  const days = new Float64Array(deals.length);
  const causes = new Uint8Array(deals.length);
  let won = 0;
  let decided = 0;
  for (let member = 0; member < deals.length; member += 1) {
    const deal = deals[member]!;
    const start = journeys.start[firstEntry[deal * openStageCount + openStage]!]!;
    const last = journeys.offsets[deal + 1]! - 1;
    const { kind } = dataset.stages[journeys.stage[last]!]!;
    if (kind !== 'won' && kind !== 'lost') {
      days[member] = daysUntilAsOf(start, dataset.asOfDay, journeys.hasTime);
      continue;
    }
    causes[member] = kind === 'won' ? WON : LOST;
    days[member] = daysBetween(start, journeys.start[last]!, journeys.hasTime);
    decided += 1;
    if (kind === 'won') won += 1;
  }
  return { days, causes, won, decided };
}

/** The last time at which enough deals are at risk for the curve to be told. */
function plateauDays({ times, atRisk, observations }: IncidenceCurves): number {
  const least = Math.min(LEAST_AT_RISK, observations * LEAST_SHARE_AT_RISK);
  const last = atRisk.findLastIndex((deals) => deals >= least);
  return times[last] ?? 0;
}

/**
 * Probability that a deal which enters the stage is won: Aalen–Johansen's share won where its curve levels out, open
 * deals as censored today. Losing is quick and winning slow, so that the share won of those decided would be too low
 * while deals are open. The interval is at least as wide as from Wilson's lower limit of won to Wilson's upper limit as
 * if all pending deals were won; the base is the deals decided.
 */
export function winFromFigure(dataset: Dataset, journeys: Journeys, openStage: number, cohort: StageCohort): Figure {
  const entered = cohort.deal.length;
  const { days, causes, won, decided } = outcomesOf(dataset, journeys, openStage, cohort);
  if (decided === 0) return unknownFigure('rate', 'history');
  const pending = entered - decided;
  const share = rateOf(won, entered);
  if (pending === 0) return rateFigure(share, 'history');
  const curves = aalenJohansen(days, causes);
  const end = plateauDays(curves);
  const widest = pendingFigure(share, pending, 'history').interval ?? [0, 1];
  const own = incidenceIntervalAt(curves, WON, end) ?? widest;
  const interval = [Math.min(own[0], widest[0]), Math.max(own[1], widest[1])] as const;
  return { ...unknownFigure('rate', 'history', decided), value: incidenceAt(curves, WON, end), interval };
}
