import type { Dataset } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Block } from '../report/document.ts';
import type { FigureArgument, FigureOptions, Period } from '../ruleset/expression/expression.ts';
import type { Figure } from '../stats/figure.ts';

export interface MetricContext {
  readonly dataset: Dataset;
  /** Days a deal is given to move on (`--window`, else the rules file), null to take the p90 of the data. */
  readonly windowDays: number | null;
  /** Fields that figures are broken down by (`--by`, else `segments:` of the rules file). */
  readonly by: readonly string[];
  /** Length of the periods that figures are shown by (`--period`, else the rules file, else months). */
  readonly period: Period;
  /** Whether results carry the keys of the deals behind their counts. */
  readonly details: boolean;
  /** Only what the overview shows will be looked at: the rest may be computed when it is, which is never. */
  readonly isForOverview?: boolean;
}

export interface FigureContext extends FigureOptions {
  readonly dataset: Dataset;
  /** One a row: 1 for the deals the figure is about. */
  readonly select: Uint8Array;
  /** The deals the rule picks, of which `select` is one segment; absent without segments. */
  readonly all?: Uint8Array;
}

/** A component of the health score: 0 at `floor`, 100 at `target`, straight between; null `value` is unmeasurable. */
export interface ScorePart {
  readonly part: string;
  readonly title: Text;
  readonly value: number | null;
  /** Of `value`, `floor` and `target`; a rate unless told. */
  readonly unit?: 'rate' | 'number';
  readonly floor: number;
  readonly target: number;
  readonly weight: number;
}

export type FigureFunction = (args: readonly FigureArgument[], context: FigureContext) => Figure;

interface MetricDeclaration<Result> {
  /** Key in the report. */
  readonly metric: string;
  readonly title: Text;
  /** What the number means and how it is computed, for people. */
  readonly definition: Text;
  /** How it is computed, as one line: `advanced ÷ entered`. */
  readonly formula: Text;
  /**
   * `main` metrics stand in every report that people read, `glance` ones in its first table alone, `breakdown` ones where somebody asked for a breakdown
   * (`--by`), `further` ones where all are asked for.
   */
  readonly place: 'main' | 'glance' | 'breakdown' | 'further';
  /** It is about a funnel: without a stage list there is nothing to compute. */
  readonly needsStages?: true;
  /** What the input lacks, as a part of a sentence ("no column for the loss reason"); then nothing is computed. */
  readonly missing?: (context: MetricContext) => Text | null;
  /** Plain JSON with counts beside each rate and units in the names; null when the data cannot say. */
  readonly compute: (context: MetricContext) => Result | null;
  readonly blocks: (result: Result, translator: Translator) => readonly Block[];
  /** Its parts of the health score; without a result nothing of them can be measured. */
  readonly score?: (result: Result | null) => readonly ScorePart[];
  /** Figures that `metric:` rules can name. */
  readonly figures?: Readonly<Record<string, FigureFunction>>;
}

/** A metric with its result type erased. */
export interface Metric {
  readonly metric: string;
  readonly title: Text;
  readonly definition: Text;
  readonly formula: Text;
  readonly place: 'main' | 'glance' | 'breakdown' | 'further';
  readonly needsStages?: true;
  readonly missing?: (context: MetricContext) => Text | null;
  readonly compute: (context: MetricContext) => unknown;
  readonly blocks: (result: unknown, translator: Translator) => readonly Block[];
  readonly score?: (result: unknown) => readonly ScorePart[];
  readonly figures?: Readonly<Record<string, FigureFunction>>;
}

/** Declares a metric: its computation, what people see of it, and its part in the score, in one place. */
export function defineMetric<Result>(declaration: MetricDeclaration<Result>): Metric {
  // A metric is only ever handed results that its own compute produced (or that its saved report held).
  return declaration as unknown as Metric;
}
