import type { Dataset } from '../dataset/dataset.ts';
import { say, type Text } from '../i18n/text.ts';
import type { FigureCall } from '../ruleset/expression/expression.ts';
import { differenceInterval, type Estimate, ratioInterval } from '../stats/compare-estimates.ts';
import type { Comparison, Figure } from '../stats/figure.ts';
import type { FigureLookup, FigureScope } from './define.ts';
import { type FigureOf, pastAndPresent } from './figure-history.ts';
import { absentReference, givenReference } from './figure-reference.ts';
import type { MetricOptions } from './metric-options.ts';

const NOT_A_RATE: Text = say('only rates differ in percentage points', '只有比率才能按百分点比较');
const NO_PAST: Text = say('no deals in the periods to compare', '要比较的周期里没有商机');
const NO_WINDOW: Text = say(
  'no deal ever moved on, so nobody can say how long to wait; give a `window`',
  '没有商机推进过，无法确定观察期；请设置 `window`',
);

/** What a figure is computed with. */
export interface FigureSetting {
  readonly options: MetricOptions;
  readonly dataset: Dataset;
  readonly figure: FigureLookup;
}

/** The figure a rule judges: the figure itself, or how it compares with what the rule holds it against. */
export function judgedFigure(call: FigureCall, scope: FigureScope, setting: FigureSetting): Figure {
  const { options, figure } = setting;
  const figureOf: FigureOf = (select, chosen) => figure(call.figure, call.args, select, { ...chosen, all: scope.all });
  switch (options.against) {
    case null:
      return figureOf(scope.select, options);
    case 'history':
      return againstHistory(call, figureOf, scope, setting);
    case 'rest':
      return comparedFigure(figureOf(scope.select, options), figureOf(restOf(scope), options), options);
    default:
      return againstGiven(options.against, call, figureOf(scope.select, options), scope.select, setting);
  }
}

function againstGiven(
  against: 'benchmark' | 'probability' | 'target',
  call: FigureCall,
  own: Figure,
  select: Uint8Array,
  { options, dataset }: FigureSetting,
): Figure {
  const { currency, unit } = own;
  const value = givenReference(against, call, dataset, { source: options.figure, select, currency });
  if (typeof value !== 'number') {
    return unknown(own, value ?? absentReference(against, call, { source: options.figure, unit, dataset }), 0);
  }
  const reference: Figure = { ...own, value, count: null, of: 0, interval: [value, value] };
  return comparedFigure(own, reference, options);
}

function againstHistory(
  call: FigureCall,
  figureOf: FigureOf,
  scope: FigureScope,
  { options, dataset, figure }: FigureSetting,
): Figure {
  const { windowDays } = options;
  const needsWindow = call.figure === 'conversion';
  const window = needsWindow
    ? figure('conversion_window', call.args.slice(0, 1), scope.all, options).value
    : windowDays;
  const withWindow = { ...options, windowDays: window };
  const { present, past, ratio } = pastAndPresent(call, figureOf, { dataset, scope, options: withWindow });
  if (needsWindow && window === null) return unknown(present, NO_WINDOW, 0);
  const compared = comparedFigure(present, past, options);
  if (ratio === null || compared.value === null || options.unit !== 'relative') return compared;
  return { ...compared, interval: [ratio[0] - 1, ratio[1] - 1] };
}

function restOf({ select, all }: FigureScope): Uint8Array {
  return all.map((picked, row) => picked & ~(select[row] as number));
}

function unknown(figure: Figure, note: Text, of = figure.of): Figure {
  return { ...figure, value: null, count: null, of, interval: null, note };
}

function estimateOf({ value, interval }: Figure): Estimate {
  return { value: value ?? Number.NaN, interval };
}

/** Bounds of a rate of which no more is known, less a given number. */
function boundsAgainst(own: Figure, given: number, compared: Comparison): Figure {
  const interval = own.interval && ([own.interval[0] - given, own.interval[1] - given] as const);
  return { ...own, interval, unit: 'points', compared };
}

function difference(own: Estimate, reference: Estimate): Pick<Figure, 'value' | 'interval' | 'unit'> {
  return { value: own.value - reference.value, interval: differenceInterval(own, reference), unit: 'points' };
}

function relativeDifference(own: Estimate, reference: Estimate): Pick<Figure, 'value' | 'interval' | 'unit'> {
  const ratio = ratioInterval(own, reference);
  return { value: own.value / reference.value - 1, interval: ratio && [ratio[0] - 1, ratio[1] - 1], unit: 'rate' };
}

/** What the comparison may yet become, where the figure may. */
function reachAgainst({ reach }: Figure, { value }: Figure, unit: MetricOptions['unit']): Pick<Figure, 'reach'> {
  if (reach === undefined || value === null) return {};
  const against = (end: number): number => (unit === 'pp' ? end - value : end / value - 1);
  return { reach: [against(reach[0]), against(reach[1])] };
}

/** The difference of two figures in percentage points, or their difference divided by the reference. */
function comparedFigure(own: Figure, reference: Figure, { against, unit }: MetricOptions): Figure {
  if (unit === 'pp' && own.unit !== 'rate') return unknown(own, NOT_A_RATE);
  const compared: Comparison = { against: against ?? 'rest', figure: own, reference };
  if (reference.value === null) return unknown(own, reference.note ?? NO_PAST);
  if (own.value === null) {
    const isBounded = own.interval !== null && reference.of === 0 && unit === 'pp';
    return isBounded ? boundsAgainst(own, reference.value, compared) : unknown(own, own.note ?? NO_PAST);
  }
  if (unit === 'relative' && reference.value === 0) return unknown(own, NO_PAST);
  const [one, other] = [estimateOf(own), estimateOf(reference)];
  const result = unit === 'pp' ? difference(one, other) : relativeDifference(one, other);
  const { reach: _, ...rest } = own;
  return { ...rest, count: null, ...result, ...reachAgainst(own, reference, unit), currency: null, compared };
}
