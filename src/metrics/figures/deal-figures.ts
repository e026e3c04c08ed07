import { numberAt } from '../../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import type { Figure } from '../../stats/figure.ts';
import type { FigureFunction } from '../define.ts';
import { rateFigure, rateOf, unknownFigure } from '../rate.ts';
import { countOutcomes } from '../win/win-rate-counts.ts';
import { countSelected, fieldArgument, stageArgument } from './field-figures.ts';

/** A probability this near to the default of its stage was not changed by anyone. */
const SAME_PROBABILITY = 0.005;

/** Every deal was looked at: there is no chance in the share. */
function censusFigure(count: number, of: number): Figure {
  return { ...rateFigure(rateOf(count, of), 'snapshot'), interval: null };
}

/** Share of the deals the rule picks that are in a stage, or in the segment. */
const portion: FigureFunction = ([argument], { dataset, select, all = select }) => {
  const of = countSelected(all);
  if (argument === undefined) return censusFigure(countSelected(select), of);
  const stage = stageArgument(argument, dataset);
  let here = 0;
  for (let row = 0; row < select.length; row += 1) if (select[row] === 1 && dataset.stage[row] === stage) here += 1;
  return censusFigure(here, of);
};

/** Deals won or lost, of those selected. */
const decided: FigureFunction = (_args, { dataset, select }) => {
  const { won, lost } = countOutcomes(currentState(dataset).outcome, select);
  const basis = dataset.journeys === null ? 'snapshot' : 'history';
  return { ...unknownFigure('count', basis, countSelected(select)), value: won + lost, count: won + lost };
};

function countPresent(column: Column, select: Uint8Array): number {
  let present = 0;
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] === 1 && column.state[column.codes[row]!] === PRESENT) present += 1;
  }
  return present;
}

/** Share of the deals that have the field filled, required or not. */
const filled: FigureFunction = ([argument], { dataset, select }) => {
  const column = dataset.columns.get(fieldArgument(argument) ?? '');
  if (column === undefined) return unknownFigure('rate', 'snapshot');
  return rateFigure(rateOf(countPresent(column, select), countSelected(select)), 'snapshot');
};

/** Number of deals that have the field filled. */
const known: FigureFunction = ([argument], { dataset, select }) => {
  const column = dataset.columns.get(fieldArgument(argument) ?? '');
  if (column === undefined) return unknownFigure('count', 'snapshot');
  const present = countPresent(column, select);
  return { ...unknownFigure('count', 'snapshot', countSelected(select)), value: present, count: present };
};

function defaultProbabilities({ stages }: Dataset): Float64Array {
  return Float64Array.from(stages, ({ probability }) => probability ?? Number.NaN);
}

/** Share of the open deals whose probability is not the default of their stage, of those that have both. */
const probabilityByHand: FigureFunction = (_args, { dataset, select }) => {
  const column = dataset.columns.get('probability');
  if (column === undefined) return unknownFigure('rate', 'snapshot');
  const { stage, outcome } = currentState(dataset);
  const defaults = defaultProbabilities(dataset);
  let changed = 0;
  let of = 0;
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] !== 1 || outcome[row] !== OUTCOME.open) continue;
    const distance = Math.abs(numberAt(column, row) - defaults[stage[row]!]!);
    if (Number.isNaN(distance)) continue;
    of += 1;
    if (distance > SAME_PROBABILITY) changed += 1;
  }
  return rateFigure(rateOf(changed, of), 'snapshot');
};

/** Figures over the deals as the table has them. */
export const DEAL_FIGURES: Readonly<Record<string, FigureFunction>> = {
  portion,
  decided,
  filled,
  known,
  probability_by_hand: probabilityByHand,
};
