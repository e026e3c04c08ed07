import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAudit } from '../../src/audit.ts';
import type { AuditReport } from '../../src/report/report.ts';
import type { Ruleset } from '../../src/ruleset/ruleset.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

/** Public files that are not part of the project; the folder stands beside it where it exists. */
const SHARED_DATA = new URL('../../../shared/data/', import.meta.url);

export function sharedData(path: string): string {
  return fileURLToPath(new URL(path, SHARED_DATA));
}

const folder = mkdtempSync(join(tmpdir(), 'funnelint-reference-'));
// Several test files of one worker share the folder.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Path of a rules file with this text. */
export function rulesFile(text: string): string {
  const path = join(folder, `${++files}-funnelint.yaml`);
  writeFileSync(path, text);
  return path;
}

export interface ReferenceAudit {
  readonly file: string;
  readonly history?: string;
  readonly ruleset: Ruleset;
  readonly asOf: string;
  readonly windowDays?: number;
}

export function auditReference({ file, history, ruleset, asOf, windowDays }: ReferenceAudit): Promise<AuditReport> {
  return runAudit({
    ...PLAIN_REQUEST,
    file,
    history: history ?? null,
    ruleset,
    asOf,
    windowDays: windowDays ?? null,
  });
}

/** The result of a metric, in the shape the test reads it. */
export function metricOf<Result>(report: AuditReport, metric: string): Result {
  return report.metrics[metric]?.result as Result;
}

export function ruleOf(report: AuditReport, id: string): AuditReport['rules'][number] {
  const found = report.rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}
