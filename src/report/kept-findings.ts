import { findingsByRule } from './finding-rows.ts';
import type { AuditReport, ReportFinding, ReportRule } from './report.ts';

/** Findings of one rule that a saved report keeps as they are. */
const MOST_KEPT = 1000;
/** Of those the first in order of the report; the others are the ones with the largest amounts. */
const FIRST_KEPT = MOST_KEPT / 2;
const SEPARATOR = ' ';

function amountOf({ amount }: ReportFinding): number {
  return amount?.value ?? Number.NEGATIVE_INFINITY;
}

/** The findings worth keeping: a page shows the first ones of a rule, or those with the largest amounts. */
function keptOf(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  const others = findings.slice(FIRST_KEPT);
  // Infinity less itself is no number, so the amounts are compared and not subtracted. Sorting is stable.
  others.sort((a, b) => Number(amountOf(a) < amountOf(b)) - Number(amountOf(a) > amountOf(b)));
  return [...findings.slice(0, FIRST_KEPT), ...others.slice(0, MOST_KEPT - FIRST_KEPT)];
}

/** How many findings a rule had, and their fingerprints. */
export function foundOf(findings: readonly ReportFinding[]): NonNullable<ReportRule['found']> {
  const found = { error: 0, warn: 0, info: 0 };
  for (const { severity } of findings) found[severity] += 1;
  return { ...found, fingerprints: findings.map(({ fingerprint }) => fingerprint).join(SEPARATOR) };
}

/**
 * A report that keeps 1,000 findings of a rule with more: the first 500 and the 500 largest others by amount, in their
 * order; the rule says how many there were, and the fingerprints of all. Without such a rule it is the report itself.
 */
export function withKeptFindings(report: AuditReport): AuditReport {
  const many = new Map([...findingsByRule(report)].filter(([, findings]) => findings.length > MOST_KEPT));
  if (many.size === 0) return report;
  const kept = new Set([...many.values()].flatMap(keptOf));
  return {
    ...report,
    rules: report.rules.map((rule) => {
      const findings = many.get(rule.id);
      return findings === undefined ? rule : { ...rule, found: rule.found ?? foundOf(findings) };
    }),
    findings: report.findings.filter((finding) => !many.has(finding.rule) || kept.has(finding)),
  };
}

/**
 * A report without the findings that the baseline knows; their rules say how many findings there were, and the
 * fingerprints of all, so that a comparison does not take the known ones for gone.
 */
export function withoutKnownFindings(report: AuditReport): AuditReport {
  const byRule = findingsByRule(report);
  return {
    ...report,
    rules: report.rules.map((rule) => {
      const findings = byRule.get(rule.id) ?? [];
      return findings.some(({ known }) => known === true) ? { ...rule, found: rule.found ?? foundOf(findings) } : rule;
    }),
    findings: report.findings.filter(({ known }) => known !== true),
  };
}

/** Fingerprints of all findings by rule, those that a saved report keeps nothing else of included. */
export function fingerprintsByRule(report: AuditReport): ReadonlyMap<string, readonly string[]> {
  const fingerprints = new Map<string, readonly string[]>();
  for (const [rule, findings] of findingsByRule(report)) {
    fingerprints.set(
      rule,
      findings.map(({ fingerprint }) => fingerprint),
    );
  }
  for (const { id, found } of report.rules) {
    if (found !== undefined) fingerprints.set(id, found.fingerprints.split(SEPARATOR));
  }
  return fingerprints;
}

/** How many findings there were of a severity, those that a saved report does not keep included. */
export function findingsOfSeverity({ rules, findings }: AuditReport, severity: ReportFinding['severity']): number {
  const cut = new Set(rules.filter(({ found }) => found !== undefined).map(({ id }) => id));
  const kept = findings.filter((each) => each.severity === severity && !cut.has(each.rule)).length;
  return rules.reduce((sum, { found }) => sum + (found?.[severity] ?? 0), kept);
}
