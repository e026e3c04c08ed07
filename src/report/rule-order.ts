import type { ReportRule, Verdict } from './report.ts';

/** Worst first. */
export const VERDICT_RANK: Readonly<Record<Verdict, number>> = {
  fail: 0,
  warn: 1,
  inconclusive: 2,
  pass: 3,
  'no-data': 4,
  'not-run': 5,
};

/** Whether a rule fails or warns; what it only informs about is no reason for a verdict. */
export function isBad({ verdict, severity }: ReportRule): boolean {
  return severity !== 'info' && (verdict === 'fail' || verdict === 'warn');
}

function largestAmount(rule: ReportRule): number {
  return Math.max(0, ...Object.values(rule.amount));
}

/** Failing first, then warnings (info last among them), each by the amount of its deals, then by count, then by id. */
export function worstFirst(a: ReportRule, b: ReportRule): number {
  return (
    VERDICT_RANK[a.verdict] - VERDICT_RANK[b.verdict] ||
    Number(a.severity === 'info') - Number(b.severity === 'info') ||
    largestAmount(b) - largestAmount(a) ||
    b.counts.violating - a.counts.violating ||
    (a.id < b.id ? -1 : 1)
  );
}
