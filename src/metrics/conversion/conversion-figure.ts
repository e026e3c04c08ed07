import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { daysBetween, daysUntilAsOf, type JourneySummary, summarizeJourneys } from '../../dataset/journeys/visits.ts';
import type { Figure } from '../../stats/figure.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { stageArgument } from '../figures/field-figures.ts';
import { pendingFigure, rateFigure, rateOf, unknownFigure } from '../rate.ts';
import { type StageCohort, stageCohort } from './conversion-cohorts.ts';
import { countReached, countStanding } from './conversion-counts.ts';
import { countSnapshot, finalBounds } from './conversion-snapshot.ts';

/** Place on the ladder of open stages, the number of open stages for won, -1 for lost and dormant stages. */
function ladderStep(dataset: Dataset, stage: number): number {
  if (stage < 0) return -1;
  if (dataset.stages[stage]!.kind !== 'won') return openStageIndexes(dataset.stages)[stage]!;
  return dataset.stages.filter((definition) => definition.kind === 'open').length;
}

/**
 * Share of the deals that reached one stage and reached another as well; with one stage alone, share of those that
 * entered it and went on to any higher stage or won.
 *
 * With a window: of the deals that entered the first stage at least that long ago, those that got to the second within
 * it; nobody is pending, so the interval is Wilson's. Without: reached to date, and as deals that are still open may yet
 * go on, the interval runs from Wilson's lower limit of that to Wilson's upper limit as if they all did. Without a
 * history: the same, and lost deals may have got to any stage.
 */
export const conversionFigure: FigureFunction = ([fromArgument, toArgument], context): Figure => {
  const { dataset, windowDays } = context;
  const from = ladderStep(dataset, stageArgument(fromArgument, dataset));
  const isNext = toArgument === undefined;
  const to = isNext ? from + 1 : ladderStep(dataset, stageArgument(toArgument, dataset));
  const basis = dataset.journeys === null ? 'snapshot' : 'history';
  if (from < 0 || to <= from) return unknownFigure('rate', basis);
  if (dataset.journeys === null) return snapshotFigure(context, from, to);
  const summary = summarizeJourneys(dataset.journeys, dataset.stages);
  if (windowDays !== null) return maturedFigure(context, dataset.journeys, summary, { from, to, windowDays });
  if (isNext) return advancedFigure(stageCohort(dataset, dataset.journeys, from, context.select));
  return toDateFigure(context, dataset.journeys, summary, { from, to });
};

/** Advanced to date of those that entered: a lower bound, with the interval of `toDateFigure`. */
function advancedFigure(cohort: StageCohort): Figure {
  const { advanced, pending } = countStanding(cohort);
  return pendingFigure(rateOf(advanced, cohort.deal.length), pending, 'history');
}

function toDateFigure(
  { dataset, select }: FigureContext,
  journeys: Journeys,
  summary: JourneySummary,
  { from, to }: { readonly from: number; readonly to: number },
): Figure {
  const reached = countReached(summary, select);
  const rate = rateOf(reached[to]!, reached[from]!);
  const pending = countPending(dataset, journeys, summary, select, from, to);
  return pendingFigure(rate, pending, 'history');
}

/** Deals that reached `from` and not `to`, and are not lost. */
function countPending(
  dataset: Dataset,
  journeys: Journeys,
  summary: JourneySummary,
  select: Uint8Array,
  from: number,
  to: number,
): number {
  const isLost = Uint8Array.from(dataset.stages, (stage) => Number(stage.kind === 'lost'));
  let pending = 0;
  for (let deal = 0; deal < select.length; deal += 1) {
    const reach = summary.reach[deal]!;
    if (select[deal] !== 1 || reach < from || reach >= to) continue;
    const last = journeys.offsets[deal + 1]! - 1;
    if (isLost[journeys.stage[last]!] === 0) pending += 1;
  }
  return pending;
}

function maturedFigure(
  { dataset, select }: FigureContext,
  journeys: Journeys,
  summary: JourneySummary,
  { from, to, windowDays }: { readonly from: number; readonly to: number; readonly windowDays: number },
): Figure {
  let matured = 0;
  let converted = 0;
  for (let deal = 0; deal < select.length; deal += 1) {
    if (select[deal] !== 1) continue;
    const entry = summary.firstEntry[deal * summary.openStageCount + from]!;
    if (entry < 0) continue;
    const entryMillis = journeys.start[entry]!;
    if (daysUntilAsOf(entryMillis, dataset.asOfDay, journeys.hasTime) < windowDays) continue;
    matured += 1;
    const arrival = firstArrival(dataset, journeys, summary, { deal, after: entry, to });
    if (arrival >= 0 && daysBetween(entryMillis, journeys.start[arrival]!, journeys.hasTime) <= windowDays) {
      converted += 1;
    }
  }
  return rateFigure(rateOf(converted, matured), 'history');
}

/** First later stay at step `to` of the ladder or beyond, -1 where there is none. */
function firstArrival(
  dataset: Dataset,
  journeys: Journeys,
  summary: JourneySummary,
  { deal, after, to }: { readonly deal: number; readonly after: number; readonly to: number },
): number {
  for (let stay = after + 1; stay < journeys.offsets[deal + 1]!; stay += 1) {
    const stage = journeys.stage[stay]!;
    if (dataset.stages[stage]!.kind === 'won' || summary.openIndexOfStage[stage]! >= to) return stay;
  }
  return -1;
}

/** Of a table without a history: from the share known to have got there, to that as if all pending deals did as well. */
function snapshotFigure({ dataset, select }: FigureContext, from: number, to: number): Figure {
  const counts = countSnapshot(dataset, select);
  const { low, high } = finalBounds(counts, from, to);
  const { value, interval } = rateOf(low.count, low.of);
  const atMost = rateOf(high.count, high.of);
  if (value === null || interval === null || atMost.interval === null) return unknownFigure('rate', 'snapshot');
  if (value === atMost.value) return rateFigure(rateOf(low.count, low.of), 'snapshot');
  return { ...unknownFigure('rate', 'snapshot', low.of), interval: [interval[0], atMost.interval[1]] };
}
