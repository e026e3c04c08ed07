import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import type { FigureArgument } from '../../ruleset/expression/expression.ts';
import type { Figure, FigureUnit } from '../../stats/figure.ts';
import { median } from '../../stats/quantile.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { countSelected, stageArgument } from '../figures/field-figures.ts';
import { pendingFigure, rateFigure, rateOf, unknownFigure } from '../rate.ts';
import { winFromFigure } from '../win/win-from.ts';
import { usualWindow } from './cohort-rates.ts';
import { CAUSE, type StageCohort, stageCohort } from './conversion-cohorts.ts';
import { countStanding } from './conversion-counts.ts';

/** What a figure is computed from: one open stage, its place on the ladder, and the deals that entered it. */
interface Stage {
  readonly cohort: StageCohort;
  readonly openStage: number;
  readonly journeys: Journeys;
  readonly context: FigureContext;
}

function openStageOf(argument: FigureArgument | undefined, dataset: Dataset): number {
  const stage = stageArgument(argument, dataset);
  return stage < 0 ? -1 : openStageIndexes(dataset.stages)[stage]!;
}

/** A figure over the deals that entered an open stage; unknown without a history. */
function overCohort(unit: FigureUnit, compute: (stage: Stage) => Figure): FigureFunction {
  return ([argument], context) => {
    const { dataset, select } = context;
    const { journeys } = dataset;
    if (journeys === null) return unknownFigure(unit, 'snapshot');
    const openStage = openStageOf(argument, dataset);
    if (openStage < 0) return unknownFigure(unit, 'history');
    return compute({ cohort: stageCohort(dataset, journeys, openStage, select), openStage, journeys, context });
  };
}

/** Advanced of advanced and lost here; pending deals wait. */
const passThrough = overCohort('rate', ({ cohort }) => {
  const { advanced, lostHere } = countStanding(cohort);
  return rateFigure(rateOf(advanced, advanced + lostHere), 'history');
});

/** Probability of being won, of the deals that entered the stage. */
const winFrom = overCohort('rate', ({ cohort, openStage, journeys, context }) =>
  winFromFigure(context.dataset, journeys, openStage, cohort),
);

/** Lost without ever having gone on, of the deals that entered the stage; those pending may yet be. */
const lostHere = overCohort('rate', ({ cohort }) => {
  const { lostHere: lost, pending } = countStanding(cohort);
  const rows = cohort.deal.filter((_, member) => cohort.cause[member] === CAUSE.lost);
  return { ...pendingFigure(rateOf(lost, cohort.deal.length), pending, 'history'), rows };
});

/** Deals that went on from the stage or were lost there: those a rate can rest on, of all that entered. */
const resolved = overCohort('count', ({ cohort }) => {
  const { advanced, lostHere: lost } = countStanding(cohort);
  const entered = cohort.deal.length;
  return { ...unknownFigure('count', 'history', entered), value: advanced + lost, count: advanced + lost };
});

/** Deals that ever entered the stage, of those selected. */
const entries = overCohort('count', ({ cohort, context }) => ({
  ...unknownFigure('count', 'history', countSelected(context.select)),
  value: cohort.deal.length,
}));

/** Days a deal is given to go on from the stage: the window, else the 90th percentile of what deals took. */
const conversionWindow = overCohort('days', ({ cohort, context }) => ({
  ...unknownFigure('days', 'history', cohort.deal.length),
  value: context.windowDays ?? usualWindow(cohort),
}));

/**
 * How many times the median loss of all stages is lost at one: its share lost of those decided there, divided by the
 * median of these shares. Unknown with fewer than three stages that lost or passed a deal, and where the median is 0.
 */
const cliff = overCohort('number', ({ cohort, openStage, journeys, context }) => {
  const shares = shareLostByStage(journeys, context);
  const known = shares.filter((share) => share !== null);
  const typical = known.length < 3 ? null : median(known);
  const { advanced, lostHere: lost } = countStanding(cohort);
  const own = shares[openStage] ?? null;
  return {
    ...unknownFigure('number', 'history', advanced + lost),
    count: lost,
    value: own === null || typical === null || typical === 0 ? null : own / typical,
  };
});

function shareLostByStage(journeys: Journeys, { dataset, select }: FigureContext): (number | null)[] {
  const openStages = dataset.stages.filter(({ kind }) => kind === 'open');
  return openStages.map((_, openStage) => {
    const { advanced, lostHere: lost } = countStanding(stageCohort(dataset, journeys, openStage, select));
    return rateOf(lost, advanced + lost).value;
  });
}

/** Figures of what became of the deals that entered a stage. */
export const STAGE_FIGURES: Readonly<Record<string, FigureFunction>> = {
  pass_through: passThrough,
  win_from: winFrom,
  lost_here: lostHere,
  resolved,
  entries,
  conversion_window: conversionWindow,
  cliff,
};
