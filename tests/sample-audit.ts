import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runAudit } from '../src/audit.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

export type Story = 'salesforce' | 'hubspot' | 'fxiaoke';

/** The export of each story, beside its rules file. */
export const EXPORT_OF: Readonly<Record<Story, string>> = {
  salesforce: 'opportunities.csv',
  hubspot: 'deals.csv',
  fxiaoke: '商机2.0对象导出结果_20261101103000.xlsx',
};

/** Path of a file of a story. */
export function samplePath(story: Story, name: string): string {
  return fileURLToPath(new URL(`../samples/${story}/${encodeURIComponent(name)}`, import.meta.url));
}

export function sampleBytes(story: Story, name: string): Buffer {
  return readFileSync(samplePath(story, name));
}

/** Audits a file by the rules of a story; the export of the story itself unless told. */
export function auditSample(
  story: Story,
  file = samplePath(story, EXPORT_OF[story]),
  history: string | null = null,
): Promise<AuditReport> {
  return runAudit({
    ...PLAIN_REQUEST,
    file,
    history,
    ruleset: loadRuleset({ file: samplePath(story, 'funnelint.yaml'), packs: [] }),
    asOf: null,
  });
}
