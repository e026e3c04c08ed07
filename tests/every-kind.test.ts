import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import { exampleRulesFile } from '../src/cli/kind-example.ts';
import { kindOptions } from '../src/cli/kind-options.ts';
import type { Text } from '../src/i18n/text.ts';
import type { Kind } from '../src/kinds/define.ts';
import { KINDS } from '../src/kinds/index.ts';
import type { AuditReport } from '../src/report/report.ts';
import { inputSchema } from '../src/ruleset/json-schema.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { optionSchema } from '../src/ruleset/option-schema.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

const RULE = 'test/example';
/** Kinds that judge the file or a figure: they flag no row of their own. */
const NOT_BY_ROW: ReadonlySet<string> = new Set([
  'mapped',
  'set_aside',
  'log_rows',
  'metric',
  'segment',
  'row_limit',
  'stage_use',
  'date_order',
  'given',
  'config',
  'target',
  'attainable',
]);

const folder = mkdtempSync(join(tmpdir(), 'funnelint-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(name: string, text: string): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, text);
  return path;
}

/** Runs the example rule of a kind alone, on a table of its own, from file to report. */
async function audit({ example }: Kind, deals: string, side: 'bad' | 'good' = 'bad'): Promise<AuditReport> {
  const rules = write('rules.yaml', exampleRulesFile(example, RULE, side));
  const history = side === 'good' ? (example.goodHistory ?? example.history) : example.history;
  const ruleset = loadRuleset({ file: rules, packs: [] });
  return runAudit({
    ...PLAIN_REQUEST,
    file: write('deals.csv', deals),
    tables: Object.fromEntries(
      Object.entries(example.tables ?? {}).map(([id, table]) => [id, write(`${id}.csv`, table)]),
    ),
    history: history === undefined ? null : write('history.csv', history),
    ruleset: { ...ruleset, rules: ruleset.rules.filter(({ id }) => id === RULE) },
    asOf: '2026-06-01',
  });
}

function linesOf(csv: string): { readonly header: string; readonly rows: readonly string[] } {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  return { header, rows };
}

function ruleOf(report: AuditReport): AuditReport['rules'][number] {
  expect(report.faults).toEqual([]);
  expect(report.rules).toHaveLength(1);
  return report.rules[0]!;
}

/** What must not depend on the order of the rows. */
function essence(report: AuditReport): unknown {
  const { verdict, counts } = ruleOf(report);
  return { verdict, counts, fingerprints: report.findings.map(({ fingerprint }) => fingerprint).sort() };
}

/** The table to shuffle: all rows of the example where both tables have the same columns. */
function shuffledTable({ example }: Kind): { readonly header: string; readonly rows: readonly string[] } {
  const bad = linesOf(example.bad);
  const good = linesOf(example.good);
  return bad.header === good.header ? { header: bad.header, rows: [...bad.rows, ...good.rows] } : bad;
}

function slotsOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
}

describe.each([...KINDS.values()].map((kind) => [kind.kind, kind] as const))('%s', (verb, kind) => {
  it('speaks both languages', () => {
    const texts: readonly Text[] = [kind.title, kind.why, kind.fix, ...Object.values(kind.messages)];
    for (const { en, zh } of texts) {
      expect(en.trim()).not.toBe('');
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(slotsOf(zh)).toEqual(slotsOf(en));
    }
  });

  it('has options that convert to JSON Schema and read in both languages', () => {
    expect(Object.keys(inputSchema(optionSchema(kind))).length).toBeGreaterThan(0);
    expect(kindOptions(kind).length).toBeGreaterThan(0);
    for (const { value } of kindOptions(kind)) {
      expect(value.en).not.toMatch(/(?<!-)undefined|any value/);
      expect(value.zh).not.toMatch(/(?<!-)undefined|任意值/);
    }
  });

  it('flags every row of the bad example', async () => {
    const { example } = kind;
    const report = await audit(kind, example.bad);
    expect(ruleOf(report).verdict).toBe('fail');
    expect(report.findings.length).toBeGreaterThan(0);
    for (const { message } of report.findings) expect(Object.keys(kind.messages)).toContain(message);
    if (NOT_BY_ROW.has(verb)) return;
    const lines = new Set(report.findings.map(({ deal }) => deal));
    const flagged = new Set(linesOf(example.bad).rows.map((row) => row.split(',')[0]));
    expect(lines).toEqual(flagged);
    expect(ruleOf(report).counts.violating).toBe(linesOf(example.bad).rows.length);
  });

  it('passes the good example', async () => {
    const report = await audit(kind, kind.example.good, 'good');
    expect(ruleOf(report).verdict).toBe('pass');
    expect(ruleOf(report).counts.violating).toBe(0);
    expect(report.findings).toEqual([]);
  });

  it('says the same of shuffled rows', async () => {
    const { header, rows } = shuffledTable(kind);
    const table = (order: readonly string[]): string => `${[header, ...order].join('\n')}\n`;
    const expected = essence(await audit(kind, table(rows)));
    const orders = fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(essence(await audit(kind, table(order)))).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });
});
