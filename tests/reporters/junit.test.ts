import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/report/report.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from './cases.ts';
import { renderedText } from './rendered.ts';

const SCHEMA = fileURLToPath(new URL('../../../shared/schemas/junit-10.xsd', import.meta.url));
const XMLLINT = 'xmllint';
const HAS_XMLLINT = spawnSync(XMLLINT, ['--version']).status === 0;

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

function parsed(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const node: Node = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(node);
        open.push(node);
      },
      ontext: (text) => {
        const node = open.at(-1);
        if (node !== undefined) node.text += text;
      },
      onclosetag: () => open.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return root.children.find(({ name }) => name === 'testsuites') as Node;
}

async function suitesOf(report: AuditReport): Promise<Node> {
  return parsed(await renderedText(report, 'junit'));
}

/** Name → what a case holds. */
async function casesOf(report: AuditReport): Promise<ReadonlyMap<string, Node | null>> {
  const { children } = await suitesOf(report);
  return new Map(
    children.flatMap((suite) =>
      suite.children.map((each) => [each.attributes['name'] ?? '', each.children[0] ?? null]),
    ),
  );
}

function countIn(nodes: readonly Node[], name: string): string {
  return String(nodes.filter(({ children }) => children[0]?.name === name).length);
}

describe('junit', () => {
  it.each(Object.entries(CASES))('%s is as it was', async (name, report) => {
    await expect(await renderedText(report, 'junit')).toMatchFileSnapshot(`snapshots/${name}.junit.xml`);
  });

  it.skipIf(!HAS_XMLLINT || !existsSync(SCHEMA)).each(Object.entries(CASES))(
    '%s is valid by the schema (skipped without xmllint or the schema)',
    async (_, report) => {
      const xml = await renderedText(report, 'junit');
      const check = (input: string) =>
        spawnSync(XMLLINT, ['--noout', '--schema', SCHEMA, '-'], { input, encoding: 'utf8' });
      expect(check(xml).stderr).toBe('- validates\n');
      expect(check(xml.replace('classname', 'class')).status).not.toBe(0);
    },
  );

  it.skipIf(!HAS_XMLLINT)('reads the same in another parser (skipped without xmllint)', async () => {
    const input = await renderedText(CASES.hostile, 'junit');
    const text = execFileSync(XMLLINT, ['--xpath', 'string(//failure)', '-'], { input, encoding: 'utf8' });
    const [failure] = [...(await casesOf(CASES.hostile)).values()];
    expect(text.trimEnd()).toBe(failure?.text);
  });

  it.each(Object.entries(CASES))('%s counts what it holds', async (_, report) => {
    const root = await suitesOf(report);
    const all = root.children.flatMap(({ children }) => children);
    expect(all.length).toBeGreaterThan(0);
    expect(root.attributes).toMatchObject({
      tests: String(all.length),
      failures: countIn(all, 'failure'),
      errors: countIn(all, 'error'),
    });
    for (const { attributes, children } of root.children) {
      expect(attributes).toMatchObject({
        tests: String(children.length),
        failures: countIn(children, 'failure'),
        errors: countIn(children, 'error'),
        skipped: countIn(children, 'skipped'),
      });
      expect(children.every((each) => each.attributes['classname'] === attributes['name'])).toBe(true);
    }
  });

  it('has a case for every rule and segment, passes included', async () => {
    const cases = await casesOf(CASES.many);
    expect([...cases].map(([name, node]) => [name, node?.name ?? 'passed'])).toEqual([
      ['owner/missing', 'passed'],
      ['owner/unknown', 'error'],
      ['date/close-past-due', 'failure'],
      ['deal/dormant', 'system-out'],
      ['deal/dormant [Li Na]', 'system-out'],
      ['deal/dormant [Tom]', 'passed'],
      ['deal/dormant []', 'skipped'],
      ['conversion/top-leak', 'system-out'],
      ['stage/unknown', 'skipped'],
    ]);
    expect(cases.get('owner/unknown')?.attributes).toEqual({ type: 'not-run', message: 'no column for Owner' });
  });

  it('tells the first twenty findings of a failure with their places, and how many more there are', async () => {
    const failure = (await casesOf(CASES.many)).get('date/close-past-due');
    expect(failure?.attributes).toEqual({ type: 'fail', message: 'not met by 31 of 412 (7.5%) · fail > 25 rows' });
    const lines = failure?.text.split('\n') ?? [];
    expect(lines.length).toBe(23);
    expect(lines[1]).toBe('F47: Close date 2026-06-30, which is past · Quarrystone Marine 47 · Priya Venkat');
    expect(lines[20]).toMatch(/^F66: /);
    expect(lines[21]).toBe('… 11 more');
    expect(lines[22]).toBe('→ Agree a new date with the customer, or close the deal.');
  });

  it('fails what nobody can tell where the gate is strict, and only there', async () => {
    const report = reportOf({ rules: [ruleOf('a/b', 'inconclusive')], findings: [] });
    expect((await casesOf(report)).get('a/b')?.name).toBe('system-out');
    const strict = { ...report, gate: { ...report.gate, strict: true } };
    expect((await casesOf(strict)).get('a/b')?.name).toBe('failure');
  });

  it('leaves out what the baseline knows', async () => {
    const findings = [findingOf('a/b', 1, { known: true }), findingOf('a/b', 2)];
    const counts = { checked: 9, violating: 1, unknown: 0, filteredOut: 0, excepted: 0, known: 1 };
    const failure = (await casesOf(reportOf({ rules: [ruleOf('a/b', 'fail', { counts })], findings }))).get('a/b');
    expect(failure?.text.split('\n').slice(1, -1)).toEqual([expect.stringMatching(/^F2: /)]);
  });

  it('makes an error of a fault', async () => {
    const report = { ...CASES.clean, faults: [{ where: 'forecast', message: 'a < b & "c"', stack: null }] };
    expect((await casesOf(report)).get('forecast')).toEqual({
      name: 'error',
      attributes: { type: 'fault', message: 'a < b & "c"' },
      children: [],
      text: 'a < b & "c"',
    });
  });

  it('writes hostile text as text that any parser of XML 1.0 reads', async () => {
    const xml = await renderedText(CASES.hostile, 'junit');
    expect(xml).not.toMatch(/\]\]>|<script|<img|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\ufffe\uffff]/);
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;)/);
    const [failure] = [...(await casesOf(CASES.hostile)).values()];
    expect(failure?.text).toContain('</td><script>alert(1)</script>');
    expect(failure?.text).toContain(']]> &amp; ␀␈');
    expect(failure?.text.split('\n').length).toBe(HOSTILE.length + 3);
  });

  it('speaks the language of the report, with ids as they are', async () => {
    const failure = (await casesOf(CASES.chinese)).get('date/close-past-due');
    expect(failure?.attributes['message']).toBe('不符 31/412（7.5%） · 超过 25 行即不通过');
    expect(failure?.text).toContain('F47: 预计成交日期 2026年6月30日，已过期 · 北京星河 · 年度续约 · 王伟');
  });

  it('has no hour in it', async () => {
    const xml = await renderedText(CASES.many, 'junit');
    expect(xml).not.toMatch(/timestamp|hostname/);
    expect([...xml.matchAll(/ time="([^"]*)"/g)].every(([, time]) => time === '0')).toBe(true);
  });
});
