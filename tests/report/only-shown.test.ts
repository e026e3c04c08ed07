import { describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';
import { samplePath } from '../sample-audit.ts';

const REQUEST = {
  ...PLAIN_REQUEST,
  file: samplePath('salesforce', 'opportunities.csv'),
  history: samplePath('salesforce', 'history.csv'),
  ruleset: loadRuleset({ file: samplePath('salesforce', 'funnelint.yaml'), packs: [] }),
  asOf: null,
} as const;
const FIRST = 2;

/** The first fingerprints of each rule. */
function fingerprints({ findings, rules }: AuditReport): readonly (readonly string[])[] {
  return rules.map(({ id }) =>
    findings
      .filter(({ rule }) => rule === id)
      .slice(0, FIRST)
      .map(({ fingerprint }) => fingerprint),
  );
}

function isLate(value: object | undefined, key: string): boolean {
  return Object.getOwnPropertyDescriptor(value ?? {}, key)?.get !== undefined;
}

describe('a report that is only shown', () => {
  it('identifies files and findings as one that is kept does, once somebody asks', async () => {
    const kept = await runAudit(REQUEST);
    const shown = await runAudit({ ...REQUEST, findingsPerRule: FIRST });
    expect(isLate(shown.findings[0], 'fingerprint')).toBe(true);
    expect(isLate(kept.findings[0], 'fingerprint')).toBe(false);
    expect(isLate(shown.inputs[0], 'sha256')).toBe(true);
    expect(fingerprints(shown)).toEqual(fingerprints(kept));
    expect(shown.inputs).toEqual(kept.inputs);
    expect(JSON.parse(JSON.stringify(shown.inputs))).toEqual(structuredClone(kept.inputs));
  });
});
