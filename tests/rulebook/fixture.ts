import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAudit } from '../../src/audit.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

/** Files of one side of a fixture, as text; file names are fixed, those of earlier exports carry their date. */
export interface FixtureFiles {
  readonly deals?: string;
  readonly history?: string;
  /** Date → an earlier export. */
  readonly previous?: Readonly<Record<string, string>>;
  readonly tables?: Readonly<Record<string, string>>;
  /** More of the rules file: stages, targets, options of the rule. */
  readonly rules?: string;
}

/** A rule with files that violate it and files that do not; what stands beside `bad` and `good` belongs to both. */
export interface RuleFixture extends FixtureFiles {
  readonly bad: string | FixtureFiles;
  readonly good: string | FixtureFiles;
}

export function sideOf(fixture: RuleFixture, side: 'bad' | 'good'): FixtureFiles {
  const { bad: _bad, good: _good, ...shared } = fixture;
  const own = fixture[side];
  const files = typeof own === 'string' ? { deals: own } : own;
  return { ...shared, ...files, tables: { ...shared.tables, ...files.tables } };
}

/** Audits the files as of 2026-06-01 with one rule of those that ship, switched on by its id. */
export async function auditWithRule(id: string, files: FixtureFiles): Promise<AuditReport> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-rulebook-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  try {
    const rules = files.rules ?? '';
    const switched = /^rules:/m.test(rules) ? rules : `${rules}\nrules:\n  ${id}: on\n`;
    const ruleset = loadRuleset({ file: write('funnelint.yaml', `version: 1\n${switched}`), packs: [], rules: [id] });
    return await runAudit({
      ...PLAIN_REQUEST,
      file: write('deals.csv', files.deals ?? 'id,stage\n1,Lead\n'),
      history: files.history === undefined ? null : write('history.csv', files.history),
      previous: Object.entries(files.previous ?? {}).map(([date, text]) => write(`deals-${date}.csv`, text)),
      tables: Object.fromEntries(
        Object.entries(files.tables ?? {}).map(([table, text]) => [table, write(`tables/${table}.csv`, text)]),
      ),
      ruleset: { ...ruleset, rules: ruleset.rules.filter((rule) => rule.id === id) },
      asOf: '2026-06-01',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
