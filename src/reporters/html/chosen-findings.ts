import { findingsByRule } from '../../report/finding-rows.ts';
import { findingsOfSeverity } from '../../report/kept-findings.ts';
import type { AuditReport, ReportFinding } from '../../report/report.ts';
import { worstFirst } from '../../report/rule-order.ts';

/** What people read; who has more to work off wants a workbook. */
const MOST_OF_A_RULE = 200;
const MOST_IN_ALL = 3000;

const SEVERITY_RANK: Readonly<Record<ReportFinding['severity'], number>> = { error: 0, warn: 1, info: 2 };

function amountOf({ amount }: ReportFinding): number {
  return amount?.value ?? Number.NEGATIVE_INFINITY;
}

/** What is new before what the baseline knows, the severest first, then the largest amounts; the rest stays in order. */
function worthMost(a: ReportFinding, b: ReportFinding): number {
  return (
    Number(a.known === true) - Number(b.known === true) ||
    SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] ||
    Number(amountOf(a) < amountOf(b)) - Number(amountOf(a) > amountOf(b))
  );
}

/** The findings a page holds, and how many there are of them. */
export interface ChosenFindings {
  /** Grouped by rule, the worst rule first. */
  readonly findings: readonly ReportFinding[];
  readonly total: number;
}

/** Some of many findings: those that matter most, in the order in which all stood. */
function mostOf(all: readonly ReportFinding[], count: number): ReportFinding[] {
  const chosen = new Set(all.toSorted(worthMost).slice(0, count));
  return all.filter((finding) => chosen.has(finding));
}

/** The findings of the worst rules, of each rule those that matter most, in the order of the report. */
export function chosenFindings(report: AuditReport): ChosenFindings {
  const byRule = findingsByRule(report);
  const findings: ReportFinding[] = [];
  for (const { id } of [...report.rules].sort(worstFirst)) {
    const room = Math.min(MOST_OF_A_RULE, MOST_IN_ALL - findings.length);
    const all = byRule.get(id) ?? [];
    findings.push(...(all.length <= room ? all : mostOf(all, room)));
  }
  const total = (['error', 'warn', 'info'] as const).reduce((sum, each) => sum + findingsOfSeverity(report, each), 0);
  return { findings, total };
}
