import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import { exampleRulesFile } from '../src/cli/kind-example.ts';
import { KINDS } from '../src/kinds/index.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import type { FieldDefinition, Ruleset } from '../src/ruleset/ruleset.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { renderedText } from './reporters/rendered.ts';
import { type FixtureFiles, PLAIN_DEALS, readFixtures, rulesFileOf, sideOf } from './rulebook/fixture.ts';

interface Case {
  readonly files: FixtureFiles;
  readonly rulesFile: string;
  readonly rule: string;
}

/** Every rule that ships where it is violated, and the bad example of every kind. */
const CASES: readonly (readonly [string, Case])[] = [
  ...[...readFixtures()].map(([id, fixture]): [string, Case] => {
    const files = sideOf(fixture, 'bad');
    return [id, { files, rulesFile: rulesFileOf(id, files), rule: id }];
  }),
  ...[...KINDS.values()].map(({ kind, example }): [string, Case] => {
    const { bad: deals, history, tables } = example;
    const files = { deals, ...(history === undefined ? {} : { history }), ...(tables === undefined ? {} : { tables }) };
    return [kind, { files, rulesFile: exampleRulesFile(example, 'my/rule'), rule: 'my/rule' }];
  }),
];

/** No program says this by itself. */
const CANARY = 'Zq7x';
/** Fields whose words the rules have to understand. */
const UNDERSTOOD: ReadonlySet<string> = new Set(['stage', 'status', 'from_stage', 'to_stage', 'field', 'currency']);

function textFields({ fields, historyFields, tables }: Ruleset): readonly FieldDefinition[] {
  const all = [...fields, ...historyFields, ...tables.flatMap((table) => table.fields)];
  return all.filter(({ id, type }) => type === 'text' && !UNDERSTOOD.has(id));
}

/** The table with a canary in every cell of a text field: equal cells stay equal, in every file. */
function withCanaries(csv: string, ruleset: Ruleset): string {
  const known = new Set(textFields(ruleset).flatMap(({ id, columns }) => [id, ...columns]));
  const [header = [], ...rows] = parse(csv, { relax_column_count: true, relax_quotes: true });
  const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const marked = rows.map((row) =>
    row.map((cell, index) =>
      cell.trim() !== '' && known.has(header[index]?.trim() ?? '') ? `${cell}${CANARY}` : cell,
    ),
  );
  return [header, ...marked].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

async function auditWithCanaries({ files, rulesFile, rule }: Case, isRedacted: boolean): Promise<AuditReport> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-redaction-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const ruleset = loadRuleset({ file: write('rules.yaml', rulesFile), packs: [], rules: [rule] });
    const table = (name: string, csv: string): string => write(name, withCanaries(csv, ruleset));
    const { deals = PLAIN_DEALS, history, previous = {}, tables = {} } = files;
    return await runAudit({
      ...PLAIN_REQUEST,
      file: table('list.csv', deals),
      history: history === undefined ? null : table('log.csv', history),
      previous: Object.entries(previous).map(([date, csv]) => table(`list-${date}.csv`, csv)),
      tables: Object.fromEntries(Object.entries(tables).map(([id, csv]) => [id, table(`table-${id}.csv`, csv)])),
      ruleset: { ...ruleset, rules: ruleset.rules.filter(({ id }) => id === rule) },
      asOf: '2026-06-01',
      metrics: 'overview',
      details: true,
      redact: isRedacted ? textFields(ruleset).map(({ id }) => id) : null,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each place of a canary with what stands around it. */
function canariesIn(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(`.{0,60}${CANARY}.{0,20}`, 'g'))].map(([around]) => around);
}

describe.each(CASES)('%s', (_, files) => {
  it('shows no cell of a text field', async () => {
    const report = await auditWithCanaries(files, true);
    expect(report.faults).toEqual([]);
    expect(canariesIn(await renderedText(report, 'json'))).toEqual([]);
  });
});

it('would have found cells that are not redacted', async () => {
  const some = CASES.filter((_, index) => index % 10 === 0);
  let inFindings = 0;
  for (const [name, files] of some) {
    const { deals, findings } = await auditWithCanaries(files, false);
    expect([name, canariesIn(JSON.stringify(deals)).length > 0]).toEqual([name, true]);
    if (canariesIn(JSON.stringify(findings.map(({ args, value }) => [args, value]))).length > 0) inFindings += 1;
  }
  expect(inFindings).toBeGreaterThan(2);
});
