import { findingsByRule } from '../report/finding-rows.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../report/report.ts';
import { worstFirst } from '../report/rule-order.ts';

/** A finding with its rule. */
export interface RuledFinding {
  readonly finding: ReportFinding;
  readonly rule: ReportRule;
}

const SEVERITY_RANK: Readonly<Record<ReportFinding['severity'], number>> = { error: 0, warn: 1, info: 2 };
const SEVERITIES = Object.keys(SEVERITY_RANK).length;

/**
 * The first findings of a report: those that the baseline does not know before those it does, errors before warnings,
 * within that of the worst rule first, within a rule in the order of the report. Only then they are cut off.
 */
export function worstFindings(report: AuditReport, most: number): readonly RuledFinding[] {
  const byRank: RuledFinding[][] = Array.from({ length: 2 * SEVERITIES }, () => []);
  const byRule = findingsByRule(report);
  for (const rule of [...report.rules].sort(worstFirst)) {
    for (const finding of byRule.get(rule.id) ?? []) {
      const rank = SEVERITY_RANK[finding.severity] + (finding.known === true ? SEVERITIES : 0);
      const sameRank = byRank[rank] ?? [];
      if (sameRank.length < most) sameRank.push({ finding, rule });
    }
  }
  return byRank.flat().slice(0, most);
}
