import { describe, expect, it } from 'vitest';
import { auditTables } from '../kinds/audit-rules.ts';

const DEALS = 'Deal ID,Deal Name,Stage,Amount,Owner\nA,Acme,Lead,100,\nB,Borel,Lead,100,Ann\n';

async function stateOf(entry: string): Promise<string | undefined> {
  const rules = `version: 1\nexceptions:\n  - ${entry}\n`;
  return (await auditTables({ rules, deals: DEALS })).exceptions[0]?.state;
}

describe('an exception', () => {
  it.each<[string, string, string]>([
    ['that lets a deal be', '{rule: owner/missing, key: A, reason: handover}', 'active'],
    ['on its last day', '{rule: owner/missing, key: A, until: 2026-06-01, reason: handover}', 'active'],
    ['a day later', '{rule: owner/missing, key: A, until: 2026-05-31, reason: handover}', 'expired'],
    ['of a deal that breaks no rule', '{rule: owner/missing, key: B, reason: handover}', 'unmatched'],
    // Without a change log nobody can say whether it is still needed.
    ['of a rule that could not be judged', '{rule: process/reopened, key: A, reason: agreed}', 'active'],
  ])('%s', async (_, entry, state) => {
    expect(await stateOf(entry)).toBe(state);
  });
});
