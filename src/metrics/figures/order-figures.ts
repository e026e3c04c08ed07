import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { evaluateNumbers, evaluatePredicate } from '../../dataset/predicate.ts';
import type { FigureArgument } from '../../ruleset/expression/expression.ts';
import { concordance, spearman } from '../../stats/rank.ts';
import type { FigureFunction } from '../define.ts';
import { unknownFigure } from '../rate.ts';

/** The number an argument states, null where it states none. */
export function literalArgument(argument: FigureArgument | undefined): number | null {
  if (argument?.type !== 'expression' || argument.expression.op !== 'literal') return null;
  const { value } = argument.expression;
  return typeof value === 'number' ? value : null;
}

/** One a row: 1 for deals that went well, 0 for those that did not, -1 for those of which it is not known yet. */
function goodOf(dataset: Dataset, good: FigureArgument | undefined): Int8Array {
  if (good?.type === 'expression') return evaluatePredicate(good.expression, dataset);
  const { outcome } = currentState(dataset);
  return Int8Array.from(outcome, (result) => (result === OUTCOME.won ? 1 : result === OUTCOME.lost ? 0 : -1));
}

/**
 * How well a number tells good deals from bad ones: the probability that a won deal has more of it than a lost one,
 * 0.5 where it is of no use. A second argument says what is good instead.
 */
export const concordanceFigure: FigureFunction = ([number, good], { dataset, select }) => {
  const figure = unknownFigure('rate', dataset.journeys === null ? 'snapshot' : 'history');
  if (number?.type !== 'expression') return figure;
  const values = evaluateNumbers(number.expression, dataset);
  const went = goodOf(dataset, good);
  const hits = new Float64Array(select.length);
  const misses = new Float64Array(select.length);
  let hitCount = 0;
  let missCount = 0;
  for (let row = 0; row < select.length; row += 1) {
    const value = values[row]!;
    if (select[row] !== 1 || Number.isNaN(value) || went[row] === -1) continue;
    if (went[row] === 1) hits[hitCount++] = value;
    else misses[missCount++] = value;
  }
  const measure = concordance(hits.subarray(0, hitCount), misses.subarray(0, missCount));
  return { ...figure, of: hitCount + missCount, value: measure?.value ?? null, interval: measure?.interval ?? null };
};

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * Whether two numbers rise together: Spearman's correlation over the deals that have both, −1 to 1. A first number that
 * is the same for all follows the second in nothing: 0, where the second differs.
 */
export const correlationFigure: FigureFunction = ([first, second], { dataset, select }) => {
  const figure = unknownFigure('number', dataset.journeys === null ? 'snapshot' : 'history');
  if (first?.type !== 'expression' || second?.type !== 'expression') return figure;
  const ofFirst = evaluateNumbers(first.expression, dataset);
  const ofSecond = evaluateNumbers(second.expression, dataset);
  const left = new Float64Array(select.length);
  const right = new Float64Array(select.length);
  let pairs = 0;
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] !== 1 || Number.isNaN(ofFirst[row]) || Number.isNaN(ofSecond[row])) continue;
    left[pairs] = ofFirst[row]!;
    right[pairs] = ofSecond[row]!;
    pairs += 1;
  }
  const [ofLeft, ofRight] = [left.subarray(0, pairs), right.subarray(0, pairs)];
  if (pairs > 2 && isConstant(ofLeft) && !isConstant(ofRight)) return { ...figure, of: pairs, value: 0 };
  const measure = spearman(ofLeft, ofRight);
  return { ...figure, of: pairs, value: measure?.value ?? null, interval: measure?.interval ?? null };
};
