import type { Dataset } from '../dataset/dataset.ts';
import type { ReportDeals } from './deals.ts';
import { secretCodes, withCodes } from './redact-currencies.ts';
import { redactedArgs, redactedFindings } from './redact-findings.ts';
import { redactedMetrics } from './redact-metrics.ts';
import { type RedactionChoice, secretsOf } from './redact-secrets.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import type { AuditReport, ReportInput, ReportNotice, ReportRule } from './report.ts';

/** Rows that are set aside may hold any cell anywhere. */
function redactedInput(input: ReportInput, redactor: Redactor): ReportInput {
  return {
    ...input,
    setAside: input.setAside.map((row) => ({ ...row, excerpt: redactor.hashed(row.excerpt) })),
    notices: input.notices.map((notice) => ({
      ...notice,
      args: redactedArgs(notice.args as ReportNotice['args'], redactor),
    })),
  };
}

/** Segments are values of a field, but where they are ids of stages or fields. */
function redactedRule(rule: ReportRule, redactor: Redactor): ReportRule {
  if (rule.per === null || rule.parts !== undefined) return rule;
  const redact = redactor.secrets.fields.has(rule.per) ? redactor.hashed : redactor.searched;
  return {
    ...rule,
    segments: rule.segments.map((each) => ({
      ...each,
      segment: each.segment === null ? null : redact(each.segment),
    })),
  };
}

function redactedDeals(deals: ReportDeals, redactor: Redactor): ReportDeals {
  const { fields, isKeySecret } = redactor.secrets;
  const texts = (column: readonly (string | null)[], isSecret: boolean): (string | null)[] => {
    const redact = isSecret ? redactor.hashed : redactor.searched;
    return column.map((text) => (text === null ? null : redact(text)));
  };
  const orUnknown = <Value>(field: string, column: (Value | null)[]): (Value | null)[] =>
    fields.has(field) ? column.map(() => null) : column;
  return {
    ...deals,
    keys: texts(deals.keys, isKeySecret),
    names: texts(deals.names, fields.has('name')),
    owners: texts(deals.owners, fields.has('owner')),
    amounts: orUnknown('amount', deals.amounts),
    closes: orUnknown('close', deals.closes),
    created: orUnknown('created', deals.created),
  };
}

/**
 * The report without a value of the fields chosen: texts are replaced by hashes, amounts and dates of single deals left
 * out. Counts, rates, sums, verdicts and fingerprints stay as they are, and so do the words of the rules file.
 */
export function redactReport(report: AuditReport, dataset: Dataset, choice: RedactionChoice): AuditReport {
  const secrets = secretsOf(dataset, choice.listed);
  const redactor = createRedactor(secrets, choice);
  const redacted: AuditReport = {
    ...report,
    inputs: report.inputs.map((input) => redactedInput(input, redactor)),
    rules: report.rules.map((rule) => redactedRule(rule, redactor)),
    findings: redactedFindings(report.findings, redactor),
    metrics: redactedMetrics(report, dataset.currencies, redactor),
    exceptions: report.exceptions.map((exception) => ({
      ...exception,
      keys: exception.keys.map(secrets.isKeySecret ? redactor.hashed : redactor.searched),
    })),
    redacted: { fields: [...secrets.told] },
    ...(report.deals === undefined ? {} : { deals: redactedDeals(report.deals, redactor) }),
    faults: report.faults.map(({ where, message, stack }) => ({
      where,
      message: redactor.searched(message),
      stack: stack === null ? null : redactor.searched(stack),
    })),
  };
  const codes = secretCodes(dataset.currencies, redactor);
  return { ...withCodes(redacted, codes), labels: report.labels, inputs: redacted.inputs };
}
