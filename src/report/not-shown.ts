import type { AuditReport, ReportFinding, ReportRule } from './report.ts';

/** The files and sheets that the change log was read from: what stands there is about a deal of the list. */
export type LogPlaces = ReadonlySet<string>;

function tableOf({ file, sheet }: Pick<ReportFinding['at'], 'file' | 'sheet'>): string {
  return `${file}\n${sheet ?? ''}`;
}

/** Those of a report, each as its file and its sheet. */
export function logPlaces({ inputs }: Pick<AuditReport, 'inputs'>): LogPlaces {
  return new Set(inputs.filter(({ role }) => role === 'history').map(tableOf));
}

/** Whether a rule counts rows, and neither figures nor places of a file: those name no deal and no field of one. */
function countsRows({ figure, parts }: ReportRule, findings: readonly ReportFinding[]): boolean {
  if (figure !== null || parts !== undefined) return false;
  return findings.some(({ deal, name, owner, field }) => (deal ?? name ?? owner ?? field) !== null);
}

/** Rows that findings are about: one row may have several. */
function rowCount(findings: readonly ReportFinding[], logs: LogPlaces): number {
  const rows = findings.map(({ at, deal }) => {
    const table = tableOf(at);
    return `${table}\n${logs.has(table) ? deal : at.line}`;
  });
  return new Set(rows).size;
}

/**
 * How much of what a rule found is not among the findings shown: rows that do not meet it, or findings where it counts
 * no rows. It is the same whether a report holds all findings of the rule or only the first.
 * @param findings those of the rule that the baseline does not know
 * @param shown the first of them
 */
export function notShown(
  rule: ReportRule,
  findings: readonly ReportFinding[],
  shown: readonly ReportFinding[],
  logs: LogPlaces,
): number {
  const { counts, found } = rule;
  if (countsRows(rule, shown)) return counts.violating - rowCount(shown, logs);
  const all = found === undefined ? findings.length : found.error + found.warn + found.info - (counts.known ?? 0);
  return Math.max(all, counts.violating) - shown.length;
}
