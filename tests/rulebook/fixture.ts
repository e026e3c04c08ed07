import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
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

/** Fixtures of all topics, by rule: one YAML file a topic. */
export function readFixtures(): ReadonlyMap<string, RuleFixture> {
  const folder = new URL('.', import.meta.url);
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((name) =>
        Object.entries(parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, RuleFixture>),
      ),
  );
}

/** The rules file of a fixture, with the rule switched on by its id unless the fixture says something of rules. */
export function rulesFileOf(id: string, { rules = '' }: FixtureFiles): string {
  const above = rules === '' ? '' : `${rules.trimEnd()}\n`;
  return `version: 1\n${above}${/^rules:/m.test(rules) ? '' : `rules:\n  ${id}: on\n`}`;
}

export const PLAIN_DEALS = 'id,stage\n1,Lead\n';

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
    const file = write('funnelint.yaml', rulesFileOf(id, files));
    const ruleset = loadRuleset({ file, packs: [], rules: [id] });
    return await runAudit({
      ...PLAIN_REQUEST,
      file: write('deals.csv', files.deals ?? PLAIN_DEALS),
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
