import type { AuditReport, ReportRule } from './report.ts';

export interface GateOptions {
  readonly failOn: 'error' | 'warn' | 'never';
  readonly maxWarnings: number | null;
  readonly strict: boolean;
}

type Level = 'error' | 'warn' | 'none';

/** What the gate has to know beside the rules. */
export interface GateFacts {
  readonly deals: number;
  readonly faults: number;
  /** Rules that a baseline knows findings of and that could not be judged. */
  readonly lost?: readonly string[];
  /** Whether a rule is about the file or the rules file; none is unless told. */
  readonly isAboutFile?: (rule: ReportRule) => boolean;
}

/**
 * How much a rule weighs at the gate. Its severity is the most it can say; under `strict` what the data cannot tell
 * counts as failed, and so does a rule that once had findings and can no longer run.
 */
function levelOf({ id, verdict, severity }: ReportRule, strict: boolean, lost: readonly string[]): Level {
  if (severity === 'info') return 'none';
  const isUntold = strict && (verdict === 'inconclusive' || verdict === 'not-run');
  const isLost = verdict === 'not-run' && lost.includes(id);
  if (verdict === 'fail' || isUntold || isLost) return severity;
  return verdict === 'warn' ? 'warn' : 'none';
}

/**
 * Whether there is a verdict on the deals. Rules about the file judge any file, also one that is no list of deals; they
 * make a verdict only where no others were asked for.
 */
function isJudged(rules: readonly ReportRule[], { deals, isAboutFile = () => false }: GateFacts): boolean {
  const aboutDeals = rules.filter((rule) => !isAboutFile(rule));
  const asked = aboutDeals.length > 0 ? aboutDeals : rules;
  return deals > 0 && asked.some(({ verdict }) => verdict !== 'not-run' && verdict !== 'no-data');
}

function countWhere(rules: readonly ReportRule[], test: (rule: ReportRule) => boolean): number {
  return rules.filter(test).length;
}

/**
 * Whether the gate holds: exit code 0 it does, 1 it trips (a failing rule at or above `failOn`, or more warnings than
 * `maxWarnings`, whatever `failOn` is), 2 nothing could be judged of the deals, 3 a part of the audit failed. A rule that
 * could not run is never green; it trips the gate under `strict`, or where a baseline knows findings of it.
 */
export function judgeGate(
  rules: readonly ReportRule[],
  { failOn, maxWarnings, strict }: GateOptions,
  facts: GateFacts,
): AuditReport['gate'] {
  const failing = countWhere(rules, ({ verdict }) => verdict === 'fail');
  const warning = countWhere(rules, ({ verdict, severity }) => verdict === 'warn' && severity !== 'info');
  const inconclusive = countWhere(rules, ({ verdict }) => verdict === 'inconclusive');
  const notRun = countWhere(rules, ({ verdict }) => verdict === 'not-run');
  const passing = countWhere(rules, ({ verdict }) => verdict === 'pass');
  const levels = rules.map((rule) => levelOf(rule, strict, facts.lost ?? []));
  const errors = levels.filter((level) => level === 'error').length;
  const warnings = levels.filter((level) => level === 'warn').length;
  const bad = { error: errors, warn: errors + warnings, never: 0 }[failOn];
  const tripped = bad > 0 || (maxWarnings !== null && warnings > maxWarnings);
  const exitCode = facts.faults > 0 ? 3 : !isJudged(rules, facts) ? 2 : tripped ? 1 : 0;
  return { failOn, maxWarnings, strict, exitCode, failing, warning, inconclusive, notRun, passing };
}
