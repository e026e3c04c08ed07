import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type AuditRequest, runAudit } from '../../src/audit.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

export interface AuditFiles {
  readonly deals: string;
  readonly history?: string;
  /** Date → an earlier export. */
  readonly previous?: Readonly<Record<string, string>>;
  /** Further lines of the rules file. */
  readonly rules?: string;
  readonly targetsTable?: string;
}

/** What the metrics of an audit of files with these contents computed, by name; null where they could not. */
export async function metricsOf(
  files: AuditFiles,
  asked: Partial<AuditRequest> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-metrics-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const rules = `version: 1\nextends: [funnelint:recommended, funnelint:fields]\n${files.rules ?? ''}\n`;
  try {
    const report = await runAudit({
      ...PLAIN_REQUEST,
      file: write('deals.csv', files.deals),
      history: files.history === undefined ? null : write('history.csv', files.history),
      previous: Object.entries(files.previous ?? {}).map(([date, text]) => write(`deals-${date}.csv`, text)),
      tables: files.targetsTable === undefined ? {} : { targets: write('targets.csv', files.targetsTable) },
      ruleset: { ...loadRuleset({ file: write('rules.yaml', rules), packs: [] }), rules: [] },
      asOf: '2026-06-01',
      ...asked,
    });
    expect(report.faults).toEqual([]);
    return Object.fromEntries(Object.entries(report.metrics).map(([name, { result }]) => [name, result]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
