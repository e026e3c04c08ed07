import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAudit } from '../../src/audit.ts';
import type { Lang } from '../../src/i18n/text.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

export interface Tables {
  /** Rules file; the recommended pack alone unless told. */
  readonly rules?: string;
  readonly deals: string;
  readonly history?: string;
  /** Date → an earlier export. */
  readonly previous?: Readonly<Record<string, string>>;
  /** Id → another table. */
  readonly tables?: Readonly<Record<string, string>>;
}

/** Audits small tables, lines given as text, as of 2026-06-01. */
export async function auditTables({ rules, deals, history, previous = {}, tables = {} }: Tables): Promise<AuditReport> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-kinds-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    return await runAudit({
      ...PLAIN_REQUEST,
      file: write('deals.csv', deals),
      history: history === undefined ? null : write('history.csv', history),
      previous: Object.entries(previous).map(([date, text]) => write(`deals-${date}.csv`, text)),
      tables: Object.fromEntries(Object.entries(tables).map(([id, text]) => [id, write(`${id}.csv`, text)])),
      ruleset: loadRuleset({ file: rules === undefined ? null : write('funnelint.yaml', rules), packs: [] }),
      asOf: '2026-06-01',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Deals a rule flags, one entry a finding. */
export function dealsOf(report: AuditReport, rule: string): readonly (string | null)[] {
  return report.findings.filter((finding) => finding.rule === rule).map(({ deal }) => deal);
}

/** What the findings of a rule say. */
export function messagesOf(report: AuditReport, rule: string, lang: Lang = 'en'): readonly string[] {
  const translator = createTranslator(lang, report.labels);
  const templates = report.rules.find(({ id }) => id === rule)?.messages ?? {};
  return report.findings
    .filter((finding) => finding.rule === rule)
    .map(({ message, args }) => translator.text(templates[message] ?? { en: message, zh: message }, args));
}

export function ruleOf(report: AuditReport, id: string): AuditReport['rules'][number] {
  const found = report.rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}
