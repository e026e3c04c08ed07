import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import { compareReports } from '../src/report/compare/compare.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

const FOLDER = 'samples/weekly';
const RULES = loadRuleset({ file: `${FOLDER}/funnelint.yaml`, packs: [] });
const { lastWeek } = JSON.parse(readFileSync(`${FOLDER}/planted.json`, 'utf8')) as {
  lastWeek: Readonly<Record<string, readonly string[]>>;
};

async function auditOf(day: string) {
  const file = `${FOLDER}/deals-${day}.csv`;
  return { file, report: await runAudit({ ...PLAIN_REQUEST, file, ruleset: RULES, asOf: day, details: true }) };
}

describe('the weekly story', () => {
  it('has between two exports the changes on record', async () => {
    const { deals } = compareReports(await auditOf('2026-10-25'), await auditOf('2026-11-01'));
    const changes = { ...deals } as Readonly<Record<string, unknown>>;
    const found = Object.fromEntries(
      Object.keys(lastWeek).map((change) => {
        const { list } = changes[change] as { readonly list: readonly { readonly deal: string }[] };
        return [change, list.map(({ deal }) => deal).sort()];
      }),
    );
    expect(found).toEqual(lastWeek);
  });

  it('is not all alike: something of every kind happens', () => {
    for (const [change, ids] of Object.entries(lastWeek)) expect(ids.length, change).toBeGreaterThan(0);
  });
});
