import type { AuditReport, ReportRule } from './report.ts';

export interface GateOptions {
  readonly failOn: 'error' | 'warn' | 'never';
  readonly maxWarnings: number | null;
  readonly strict: boolean;
}

function countWhere(rules: readonly ReportRule[], test: (rule: ReportRule) => boolean): number {
  return rules.filter(test).length;
}

/**
 * Whether the gate holds: exit code 0 it does, 1 it trips, 2 nothing could be judged, 3 a part of the audit failed.
 * A rule that could not run is never green, but does not trip the gate by itself.
 */
export function judgeGate(
  rules: readonly ReportRule[],
  { failOn, maxWarnings, strict }: GateOptions,
  facts: { readonly deals: number; readonly faults: number },
): AuditReport['gate'] {
  const failing = countWhere(rules, ({ verdict }) => verdict === 'fail');
  const warning = countWhere(rules, ({ verdict, severity }) => verdict === 'warn' && severity !== 'info');
  const inconclusive = countWhere(rules, ({ verdict }) => verdict === 'inconclusive');
  const notRun = countWhere(rules, ({ verdict }) => verdict === 'not-run');
  const passing = countWhere(rules, ({ verdict }) => verdict === 'pass');
  const bad = failOn === 'never' ? 0 : failing + (strict ? inconclusive : 0) + (failOn === 'warn' ? warning : 0);
  const tripped = bad > 0 || (maxWarnings !== null && warning > maxWarnings);
  const judged = facts.deals > 0 && rules.some(({ verdict }) => verdict !== 'not-run' && verdict !== 'no-data');
  const exitCode = facts.faults > 0 ? 3 : !judged ? 2 : tripped ? 1 : 0;
  return { failOn, maxWarnings, strict, exitCode, failing, warning, inconclusive, notRun, passing };
}
