import type { FigureParameter } from './parse.ts';

/** The figures that `metric:` rules can name, with what they take; `src/metrics` computes them. */
export const FIGURES: ReadonlyMap<string, readonly FigureParameter[]> = new Map<string, readonly FigureParameter[]>([
  ['count', []],
  ['share', ['predicate']],
  ['sum', ['quantity']],
  ['avg', ['quantity']],
  ['median', ['quantity']],
  ['conversion', ['stage', 'stage']],
  ['win_rate', []],
  ['win_value_rate', []],
  ['dwell', ['stage']],
  ['cycle', []],
  ['completeness', ['field?']],
]);
