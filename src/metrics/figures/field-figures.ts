import { numberAt } from '../../dataset/cells.ts';
import type { Column, Dataset } from '../../dataset/dataset.ts';
import { evaluatePredicate } from '../../dataset/predicate.ts';
import type { FigureArgument } from '../../ruleset/expression/expression.ts';
import type { Figure } from '../../stats/figure.ts';
import { quantile } from '../../stats/quantile.ts';
import { addCompensated, currencyCode } from '../amounts.ts';
import type { FigureContext, FigureFunction } from '../define.ts';
import { rateFigure, rateOf, unknownFigure } from '../rate.ts';

/** The field an argument names, or null. */
export function fieldArgument(argument: FigureArgument | undefined): string | null {
  return argument?.type === 'field' ? argument.field : null;
}

/** Index of the stage an argument names, -1 where there is none. */
export function stageArgument(argument: FigureArgument | undefined, dataset: Dataset): number {
  if (argument?.type !== 'stage') return -1;
  return dataset.stages.findIndex((stage) => stage.id === argument.stage);
}

/** Deals that a mask selects. */
export function countSelected(select: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < select.length; row += 1) if (select[row] === 1) count += 1;
  return count;
}

const count: FigureFunction = (_args, { select }) => {
  const deals = countSelected(select);
  return { ...unknownFigure('count', 'snapshot', deals), value: deals };
};

/** Deals for which the expression holds, of those for which it is known. */
const share: FigureFunction = ([argument], { dataset, select }) => {
  if (argument?.type !== 'expression') return unknownFigure('rate', 'snapshot');
  const outcome = evaluatePredicate(argument.expression, dataset);
  let holds = 0;
  let known = 0;
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] !== 1 || outcome[row] === -1) continue;
    known += 1;
    if (outcome[row] === 1) holds += 1;
  }
  return rateFigure(rateOf(holds, known), 'snapshot');
};

interface SelectedValues {
  readonly unit: Figure['unit'];
  readonly values: Float64Array;
  /** Currency all the values share; null for other fields and for unnamed currencies. */
  readonly currency: string | null;
  /** Amounts of several currencies, which nothing may add up or compare. */
  readonly isMixed: boolean;
}

function selectedValues(argument: FigureArgument | undefined, context: FigureContext): SelectedValues | null {
  const { dataset, select } = context;
  const column = dataset.columns.get(fieldArgument(argument) ?? '');
  if (column === undefined || column.type === 'text') return null;
  const values = new Float64Array(select.length);
  const currencies = new Set<number>();
  let size = 0;
  for (let row = 0; row < select.length; row += 1) {
    if (select[row] !== 1) continue;
    const value = numberAt(column, row);
    if (Number.isNaN(value)) continue;
    values[size] = value;
    size += 1;
    if (column.type === 'money') currencies.add(dataset.currency[row]!);
  }
  const [only = -1] = currencies;
  return {
    unit: unitOf(column),
    values: values.subarray(0, size),
    currency: currencies.size === 1 && only >= 0 ? currencyCode(dataset, only) : null,
    isMixed: currencies.size > 1,
  };
}

function unitOf(column: Column): Figure['unit'] {
  if (column.type === 'money') return 'money';
  return column.type === 'percent' ? 'rate' : 'number';
}

function totalOf(values: Float64Array): number {
  const sum = new Float64Array(1);
  const lost = new Float64Array(1);
  for (let index = 0; index < values.length; index += 1) addCompensated(sum, lost, 0, values[index]!);
  return sum[0]! + lost[0]!;
}

/** A figure over the known values of a field; unknown when there are none, or amounts of several currencies. */
function overField(
  summarise: (values: Float64Array, context: FigureContext) => number | null,
  unitOverride?: Figure['unit'],
): FigureFunction {
  return ([argument], context) => {
    const selected = selectedValues(argument, context);
    if (selected === null) return unknownFigure('number', 'snapshot');
    const unit = unitOverride !== undefined && selected.unit === 'rate' ? unitOverride : selected.unit;
    const figure = unknownFigure(unit, 'snapshot', selected.values.length);
    if (selected.values.length === 0 || selected.isMixed) return figure;
    return { ...figure, value: summarise(selected.values, context), currency: selected.currency };
  };
}

/** Figures over the deals and their fields that need no funnel. */
export const FIELD_FIGURES: Readonly<Record<string, FigureFunction>> = {
  count,
  share,
  // A sum of percentages is no share of anything.
  sum: overField(totalOf, 'number'),
  avg: overField((values) => totalOf(values) / values.length),
  median: overField((values, context) => quantile(values, context.quantile ?? 0.5)),
};
