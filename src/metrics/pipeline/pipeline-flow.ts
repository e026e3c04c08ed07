import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import { DAY_MILLIS } from '../../dataset/values/calendar.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import type { Text } from '../../i18n/text.ts';
import type { Figure } from '../../stats/figure.ts';
import { wilson } from '../../stats/intervals.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { stageArgument } from '../figures/field-figures.ts';
import { isFromFirstExport } from '../first-export.ts';
import { unknownFigure } from '../rate.ts';

const USUAL_PERIODS = 8;
const NO_JOURNEYS: Text = { en: 'needs the change log', zh: '需要阶段变更记录' };

/** Entries and exits of one stage: in the last complete period, and in those before it. */
interface Flow {
  readonly last: { entries: number; exits: number };
  readonly before: { entries: number; exits: number };
  /** Complete periods before the last one that the journeys reach back to. */
  readonly periods: number;
}

/** Millis of the first day of the last complete period, of the one after it, and of the first of those before it. */
function boundsOf({ dataset, period, periods }: FigureContext, journeys: Journeys) {
  const unit = period ?? 'week';
  const until = periodStart(dataset.asOfDay, unit);
  const from = shiftPeriods(until, unit, -1);
  const firstDay = Math.floor(journeys.start.reduce((least, millis) => Math.min(least, millis), Infinity) / DAY_MILLIS);
  let reached = 0;
  // What lies before the first change that is known is no quiet time but an unknown one.
  while (reached < (periods ?? USUAL_PERIODS) && shiftPeriods(from, unit, -reached - 1) > firstDay) reached += 1;
  return { first: shiftPeriods(from, unit, -reached), from, until, periods: reached };
}

function flowOf(context: FigureContext, journeys: Journeys, stage: number): Flow {
  const { first, from, until, periods } = boundsOf(context, journeys);
  const flow: Flow = { last: { entries: 0, exits: 0 }, before: { entries: 0, exits: 0 }, periods };
  const count = (millis: number, way: 'entries' | 'exits'): void => {
    const day = Math.floor(millis / DAY_MILLIS);
    if (day >= from && day < until) flow.last[way] += 1;
    else if (day >= first && day < from) flow.before[way] += 1;
  };
  for (let deal = 0; deal < context.select.length; deal += 1) {
    if (context.select[deal] !== 1) continue;
    for (let stay = journeys.offsets[deal]!; stay < journeys.offsets[deal + 1]!; stay += 1) {
      if (journeys.stage[stay] !== stage) continue;
      if (!isFromFirstExport(context.dataset, stay, deal)) count(journeys.start[stay]!, 'entries');
      count(journeys.end[stay]!, 'exits');
    }
  }
  return flow;
}

/**
 * The last count as a share of the mean of those before. The interval is that of the ratio of two Poisson counts: given
 * their sum, the last one is binomial, so that Wilson's limits p of its share give k·p ÷ (1 − p). Source: Przyborowski
 * and Wilenski, Biometrika 31 (1940).
 */
function ratioOf(last: number, before: number, periods: number): Figure {
  const figure = { ...unknownFigure('rate', 'history', last + before), count: null };
  if (before === 0 || periods === 0) return { ...figure, of: 0 };
  const [low, high] = wilson(last, last + before)!;
  const scaled = (share: number): number => (periods * share) / (1 - share);
  return { ...figure, value: (periods * last) / before, interval: [scaled(low), scaled(high)] };
}

function stageFlow(context: FigureContext, dataset: Dataset, stage: number): Flow | null {
  const { journeys } = dataset;
  return journeys === null || stage < 0 || journeys.stage.length === 0 ? null : flowOf(context, journeys, stage);
}

/**
 * Entries or exits of a stage in the last complete week (or period), whichever fell further, as a share of the mean of
 * the eight weeks before.
 */
const flow: FigureFunction = ([argument], context) => {
  const found = stageFlow(context, context.dataset, stageArgument(argument, context.dataset));
  if (found === null) return { ...unknownFigure('rate', 'history'), note: NO_JOURNEYS };
  const { last, before, periods } = found;
  const entries = ratioOf(last.entries, before.entries, periods);
  const exits = ratioOf(last.exits, before.exits, periods);
  if (entries.value === null || exits.value === null) return entries.value === null ? exits : entries;
  return entries.interval![1] <= exits.interval![1] ? entries : exits;
};

/** Figures of how deals flow through the stages. */
export const FLOW_FIGURES: Readonly<Record<string, FigureFunction>> = { flow };
