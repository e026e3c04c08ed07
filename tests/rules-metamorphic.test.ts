import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import type { Ruleset } from '../src/ruleset/ruleset.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { sampleBytes, samplePath } from './sample-audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(name: string, content: string): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

function audit(deals: string, ruleset: Ruleset): Promise<AuditReport> {
  return runAudit({ ...PLAIN_REQUEST, file: write('deals.csv', deals), ruleset, asOf: '2026-11-01' });
}

/** What must not depend on what the columns are called. */
function essence(report: AuditReport): unknown {
  expect(report.faults).toEqual([]);
  return {
    rules: report.rules.map(({ id, verdict, counts }) => ({ id, verdict, counts })),
    fingerprints: report.findings.map(({ fingerprint }) => fingerprint).sort(),
  };
}

const text = sampleBytes('hubspot', 'deals.csv').toString();
const ruleset = loadRuleset({ file: samplePath('hubspot', 'funnelint.yaml'), packs: [] });
const original = await audit(text, ruleset);

describe('a deal export', () => {
  it('says the same under any headers its fields are known by', async () => {
    const rows = parse(text, { relaxColumnCount: true }) as string[][];
    const mapped = original.inputs[0]!.columns.filter(({ field }) => field !== null);
    const known = new Map(ruleset.fields.map(({ id, columns }) => [id, columns]));
    const renamed = fc.tuple(...mapped.map(({ field }) => fc.constantFrom(...(known.get(field!) ?? []))));
    await fc.assert(
      fc.asyncProperty(renamed, async (names) => {
        const nameOf = new Map(mapped.map(({ header }, index) => [header, names[index]!]));
        const [headers = [], ...cells] = rows;
        const table = [headers.map((header) => nameOf.get(header) ?? header), ...cells];
        const report = await audit(table.map((row) => `${row.map(quoted).join(',')}\n`).join(''), ruleset);
        expect(essence(report)).toEqual(essence(original));
      }),
      { numRuns: 8 },
    );
  });

  it('has segments that add up to the whole, rule by rule', async () => {
    const rules = ruleset.rules.map((rule) => (rule.kind === 'metric' ? rule : { ...rule, per: 'owner' }));
    const report = await audit(text, { ...ruleset, rules });
    const split = report.rules.filter(({ segments }) => segments.length > 1);
    expect(split.length).toBeGreaterThan(12);
    for (const { id, counts, segments } of split) {
      for (const key of ['checked', 'violating', 'unknown', 'excepted'] as const) {
        const total = segments.reduce((sum, segment) => sum + segment.counts[key], 0);
        expect(total, `${id} ${key}`).toBe(counts[key]);
      }
    }
  });
});

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
