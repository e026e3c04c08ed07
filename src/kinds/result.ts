import type { Dataset } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import type { CheckResult, Violation } from './define.ts';
import type { Verdict } from './judge.ts';

export interface Counts {
  readonly checked: number;
  readonly violating: number;
  readonly unknown: number;
  readonly filteredOut: number;
  readonly excepted: number;
  /** Rows, figures or places that violate and that the baseline knows; they are not among `violating`. */
  readonly known?: number;
}

export interface SegmentResult {
  /** Value of the field `per` names, null for the deals without one. */
  readonly segment: string | null;
  readonly verdict: Verdict;
  readonly counts: Counts;
  /** Share that would violate if all were as usual. */
  readonly expectedShare?: number;
  readonly figure: Figure | null;
  /** Rows that violate, for the amount at stake. */
  readonly rows: Int32Array;
}

/** A violation with its place: the deal's row, or a line of the file. */
export interface RuleFinding extends Violation {
  readonly row: number | null;
  readonly sheetRow: number | null;
  readonly line: number | null;
  readonly segment: string | null;
}

export interface RuleResult {
  readonly rule: Rule;
  /** What it judged. */
  readonly judged: CheckResult['type'];
  /** What the rows are those of, where they are no deals: rows of a table, or values of a field. */
  readonly dataset?: Dataset;
  readonly verdict: Verdict;
  /** Why the rule did not run. */
  readonly reason: Text | null;
  readonly counts: Counts;
  /** Share that would violate if all were as usual: only what exceeds it beyond chance is judged. */
  readonly expectedShare?: number;
  readonly figure: Figure | null;
  /** Every row that violates; `findings` may describe only the first of them. */
  readonly rows: Int32Array;
  readonly segments: readonly SegmentResult[];
  readonly findings: readonly RuleFinding[];
  /** Keys of exceptions that met a violation. */
  readonly exceptionsMet: ReadonlySet<string>;
}

/** A rule or metric that threw; the others go on. */
export interface Fault {
  readonly where: string;
  readonly error: unknown;
}

export const NO_COUNTS: Counts = { checked: 0, violating: 0, unknown: 0, filteredOut: 0, excepted: 0 };

/** What a rule says that has judged no row; the caller fills in what it knows. */
export function emptyResult(rule: Rule, verdict: Verdict): RuleResult {
  return {
    rule,
    judged: 'not-run',
    verdict,
    reason: null,
    counts: NO_COUNTS,
    figure: null,
    rows: new Int32Array(0),
    segments: [],
    findings: [],
    exceptionsMet: new Set(),
  };
}
