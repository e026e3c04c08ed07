import type { FigureParameter } from './parse.ts';

/** Fields that say when a deal was changed last, or at least that it was there. */
export const CHANGE_FIELDS = ['modified', 'activity', 'stage_entered', 'closed', 'created'] as const;

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
  ['data_age', []],
]);
