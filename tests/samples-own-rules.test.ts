import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

function path(story: string, name: string): string {
  return fileURLToPath(new URL(`../samples/${story}/${encodeURIComponent(name)}`, import.meta.url));
}

/** Stories without a funnel of their own: each is about the rules in its rules file alone. */
describe.each([
  ['leads', '线索导出_20261101.csv', 'lead/'],
  ['discounts', 'deals.csv', 'discount/'],
])('the story of %s', async (story, file, prefix) => {
  const planted = JSON.parse(readFileSync(path(story, 'planted.json'), 'utf8')) as {
    readonly asOf: string;
    readonly findings: Readonly<Record<string, readonly string[]>>;
  };
  const report = await runAudit({
    ...PLAIN_REQUEST,
    file: path(story, file),
    ruleset: loadRuleset({ file: path(story, 'funnelint.yaml'), packs: [] }),
    asOf: null,
  });

  it('is audited as of its day, without a fault', () => {
    expect(report.asOf).toEqual({ date: planted.asOf, from: 'rules' });
    expect(report.faults).toEqual([]);
  });

  it('has exactly the findings that were planted', () => {
    const found: Record<string, string[]> = {};
    for (const { rule, deal } of report.findings) {
      if (!rule.startsWith(prefix)) continue;
      found[rule] ??= [];
      found[rule].push(String(deal));
    }
    for (const deals of Object.values(found)) deals.sort();
    const expected = Object.entries(planted.findings).map(([rule, deals]) => [rule, [...deals].sort()]);
    expect(found).toEqual(Object.fromEntries(expected));
  });

  it('leaves no rule unjudged', () => {
    const own = report.rules.filter(({ id }) => id.startsWith(prefix));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ verdict }) => verdict === 'not-run' || verdict === 'no-data')).toEqual([]);
  });
});
