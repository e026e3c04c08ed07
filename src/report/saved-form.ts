import { withKeptFindings } from './kept-findings.ts';
import type { AuditReport } from './report.ts';

/** With more deals the keys of those behind each figure would be longer than all the rest of a report. */
const MOST_DEALS_WITH_KEYS = 100_000;
/** What a metric calls the deals behind a figure, wherever in its result. */
const DEAL_KEYS = 'dealKeys';

function withoutDealKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDealKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== DEAL_KEYS);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutDealKeys(each)]));
}

function withShortMetrics(report: AuditReport): AuditReport {
  if ((report.deals?.keys.length ?? 0) <= MOST_DEALS_WITH_KEYS) return report;
  const metrics = Object.entries(report.metrics).map(([name, metric]): [string, typeof metric] => [
    name,
    { ...metric, result: withoutDealKeys(metric.result) },
  ]);
  return { ...report, metrics: Object.fromEntries(metrics) };
}

/**
 * A report as it is saved, short enough to be read back: a text of more than 512 MB cannot be. Few of very many findings
 * are kept, and of more than 100,000 deals not which ones are behind each figure; a usual report is saved as it is.
 */
export function savedForm(report: AuditReport): AuditReport {
  return withShortMetrics(withKeptFindings(report));
}
