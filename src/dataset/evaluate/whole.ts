import type { Expression } from '../../ruleset/expression/expression.ts';
import type { Dataset } from '../dataset.ts';
import type { Texts } from './sources.ts';

/** Values of an expression for all rows of a dataset, by their shape. */
export interface WholeEvaluation {
  readonly truths: (expression: Expression, dataset: Dataset) => Int8Array;
  /** `withTime`: dates count with their time of day, as fractions of days. */
  readonly numbers: (expression: Expression, dataset: Dataset, withTime: boolean) => Float64Array;
  readonly texts: (expression: Expression, dataset: Dataset) => Texts;
}
