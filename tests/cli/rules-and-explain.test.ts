import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { explainCommand } from '../../src/cli/explain-command.ts';
import { rulesCommand } from '../../src/cli/rules-command.ts';
import { schemaCommand } from '../../src/cli/schema-command.ts';
import { shippedIds } from '../../src/cli/shipped.ts';
import { FunnelintError } from '../../src/errors.ts';
import { displayWidth } from '../../src/i18n/width.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { createMemoryHost } from './memory-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'funnelint.yaml'),
  `version: 1
extends: [funnelint:recommended]
rules:
  duplicate/id: off
  owner/missing: warn
  dwell/over-typical: {fail: "> 50%"}
  field/source-missing: {assert: source is present, warn: null, fail: "> 5 rows"}
  my/renewals:
    title: {en: Renewals are typed, zh: 续约有类型}
    allowed: {field: type, values: [New, Renewal]}
    per: owner
`,
);

const LANGS = ['en', 'zh'] as const;
const PLAIN = { color: 'never' } as const;

interface PrintedRule {
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly written: Readonly<Record<string, unknown>>;
  readonly origin: { readonly file: string; readonly line: number };
  readonly overrides: Readonly<Record<string, unknown>>;
}

async function printedRules(columns: number, lang: 'en' | 'zh'): Promise<string> {
  const host = createMemoryHost(folder, columns);
  expect(await rulesCommand({ ...PLAIN, lang }, host)).toBe(0);
  return host.printed();
}

async function rulesJson(): Promise<readonly PrintedRule[]> {
  const host = createMemoryHost(folder);
  await rulesCommand({ ...PLAIN, format: 'json' }, host);
  return (JSON.parse(host.printed()) as { rules: readonly PrintedRule[] }).rules;
}

async function explained(name: string, lang: 'en' | 'zh', columns = 80): Promise<string> {
  const host = createMemoryHost(folder, columns);
  expect(await explainCommand(name, { ...PLAIN, lang }, host)).toBe(0);
  return host.printed();
}

/** The row of a table, with the lines it wraps to. */
function rowOf(text: string, id: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.includes(` ${id} `));
  const length = lines.slice(start + 1).findIndex((line) => /^ {2}\S/.test(line) || line === '');
  return lines.slice(start, start + 1 + length).join('\n');
}

describe('funnelint rules', () => {
  it.each(LANGS)('keeps to 80 and 160 columns in %s', async (lang) => {
    for (const columns of [80, 160]) {
      const text = await printedRules(columns, lang);
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      for (const { id } of await rulesJson()) expect(text).toContain(id);
      expect(text).not.toMatch(/(?<!-)undefined|NaN|\bnull\b|\{\w+\}/);
    }
  });

  it('tells state, verb, condition and the origin of each key', async () => {
    const text = await printedRules(160, 'en');
    expect(rowOf(text, 'duplicate/id')).toMatch(/off .*unique .*funnelint:recommended:\d+, severity ←/);
    expect(rowOf(text, 'duplicate/id')).toContain('funnelint.yaml:4');
    expect(rowOf(text, 'owner/missing')).toMatch(/warn .*required .*funnelint:recommended:\d+/);
    expect(rowOf(text, 'dwell/over-typical')).toMatch(/fail > 50%/);
    expect(rowOf(text, 'my/renewals')).toMatch(/error .*allowed .*per owner .*funnelint\.yaml:8/);
  });

  it('gives the keys as the files have them, the last file first', async () => {
    const byId = new Map((await rulesJson()).map((rule) => [rule.id, rule]));
    expect(byId.get('field/source-missing')?.written).toMatchObject({ assert: 'source is present', fail: '> 5 rows' });
    expect(byId.get('field/source-missing')?.written).not.toHaveProperty('required');
    expect(byId.get('field/source-missing')?.overrides).toHaveProperty('assert');
    expect(byId.get('duplicate/id')).toMatchObject({ state: 'off', written: { unique: 'id' } });
    const origin = byId.get('my/renewals')?.origin;
    expect(resolve(origin?.file ?? '')).toBe(join(folder, 'funnelint.yaml'));
    expect(origin?.line).toBe(8);
  });

  it('takes a pack in place of the rules file', async () => {
    const host = createMemoryHost(folder);
    await rulesCommand({ ...PLAIN, pack: ['hubspot'] }, host);
    expect(host.printed()).toContain('closedwon');
    expect(host.printed()).not.toContain('my/renewals');
  });
});

describe('funnelint rules --all', () => {
  it.each(LANGS)('lists every rule that ships once, with its packs and its state, in %s', async (lang) => {
    const host = createMemoryHost(folder, 100);
    expect(await rulesCommand({ ...PLAIN, lang, all: true }, host)).toBe(0);
    const text = host.printed();
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(100);
    for (const id of shippedIds()) expect(text.split('\n').filter((line) => line.includes(` ${id} `))).toHaveLength(1);
    expect(rowOf(text, 'duplicate/id')).toMatch(/off .*recommended/);
    expect(rowOf(text, 'config/exit-criteria-missing')).toMatch(/– .*config/);
    expect(text).not.toContain('my/renewals');
  });

  it('is JSON too', async () => {
    const host = createMemoryHost(folder);
    await rulesCommand({ ...PLAIN, format: 'json', all: true }, host);
    const { rules } = JSON.parse(host.printed()) as { rules: readonly Record<string, unknown>[] };
    expect(rules.map(({ id }) => id)).toEqual(shippedIds());
    expect(rules.find(({ id }) => id === 'config/exit-criteria-missing')).toMatchObject({
      state: null,
      kind: 'config',
      severity: 'error',
      packs: ['config', 'fxiaoke-b2b-5', 'fxiaoke-lead-to-won'],
    });
  });
});

describe('a rule had by its id', () => {
  const own = mkdtempSync(join(tmpdir(), 'funnelint-rules-'));
  afterAll(() => rmSync(own, { recursive: true }));

  it('comes from its pack, and is changed where the file says so', async () => {
    const yaml =
      'version: 1\nrules:\n  lead/hot-unassigned: on\n  target/expired: {severity: error, where: amount > 0}\n';
    writeFileSync(join(own, 'funnelint.yaml'), yaml);
    const host = createMemoryHost(own);
    await rulesCommand({ ...PLAIN, format: 'json' }, host);
    const { rules } = JSON.parse(host.printed()) as { rules: readonly PrintedRule[] };
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    expect(byId.get('lead/hot-unassigned')).toMatchObject({ state: 'error', origin: { file: 'funnelint:leads' } });
    expect(byId.get('lead/hot-unassigned')?.overrides).toMatchObject({ severity: { line: 3 } });
    expect(byId.get('target/expired')).toMatchObject({ state: 'error', origin: { file: 'funnelint:targets' } });
    expect(byId.get('target/expired')?.overrides).toMatchObject({ severity: { line: 4 }, where: { line: 4 } });
    expect(byId.has('target/unreviewed')).toBe(false);
  });
});

describe('funnelint explain', () => {
  const ids = loadRuleset({ file: join(folder, 'funnelint.yaml'), packs: [] }).rules.map(({ id }) => id);
  const all = [...new Set([...ids, ...shippedIds(), ...KINDS.keys()])];

  it.each(all)('explains %s in both languages', { timeout: 60_000 }, async (name) => {
    for (const lang of LANGS) {
      const text = await explained(name, lang);
      expect(text.startsWith(name)).toBe(true);
      expect(text).not.toMatch(/(?<!-)undefined|NaN|\[object/);
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    }
  });

  it('shows a rule that ships and is not in force, with its packs and what it finds', async () => {
    const text = await explained('config/exit-criteria-missing', 'en');
    expect(text).toMatch(/^config\/exit-criteria-missing {2}not in force/);
    expect(text).toContain('config/exit-criteria-missing: on');
    expect(text).toMatch(/funnelint:fxiaoke-b2b-5 +error/);
    expect(text).toContain('funnelint.yaml:4');
    expect(text).toContain('proposal has no exit criteria');
    expect(await explained('lead/hot-unassigned', 'zh')).toContain('线索表（--table leads=…）');
  });

  it('takes the start of one id for that id', async () => {
    expect(await explained('config/exit-cri', 'en')).toMatch(/^config\/exit-criteria-missing /);
    const failure = await explainCommand('config/', PLAIN, createMemoryHost(folder)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'rules/no-rule-but', args: { rule: 'config/' } });
  });

  it('names the rules that ship by their kind', async () => {
    const text = await explained('target', 'en');
    expect(text).toContain('No rule in force uses it.');
    expect(text).toMatch(/target\/expired +No target has run out/);
  });

  it('shows a rule as it is in force, and how to switch it on', async () => {
    const text = await explained('duplicate/id', 'en');
    expect(text).toMatch(/^duplicate\/id {2}off/);
    expect(text).toContain('duplicate/id: error');
    expect(text).toContain('unique: id');
    expect(text).toContain('severity ← funnelint.yaml:4');
  });

  it('shows the labels of the fields a rule needs, in the language', async () => {
    expect(await explained('my/renewals', 'zh')).toContain('运行所需：业务类型、负责人。');
  });

  it('asks for one of several columns once', async () => {
    const text = (await explained('deal/dormant', 'zh')).replace(/\s+/g, '');
    expect(text).toContain('运行所需：最后跟进时间或最后修改时间、阶段。');
    expect(text).toContain('assert：表达式成立');
  });

  it('names the rules that use a kind', async () => {
    expect(await explained('allowed', 'en')).toMatch(/error +my\/renewals +Renewals are typed/);
  });

  it.each([
    ['requird', 'required'],
    ['my/renwals', 'my/renewals'],
    ['over-typical', 'dwell/over-typical'],
    ['lead/hot-unasigned', 'lead/hot-unassigned'],
    ['exit-criteria-missing', 'config/exit-criteria-missing'],
  ])('guesses that %s is %s', async (name, suggestion) => {
    const failure = await explainCommand(name, PLAIN, createMemoryHost(folder)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FunnelintError);
    expect(failure).toMatchObject({ code: 'rules/no-rule-but', args: { rule: name, suggestion } });
  });

  it('is JSON too', async () => {
    const host = createMemoryHost(folder);
    await explainCommand('my/renewals', { ...PLAIN, format: 'json' }, host);
    expect(JSON.parse(host.printed())).toMatchObject({
      rule: { id: 'my/renewals', kind: 'allowed', written: { per: 'owner' } },
      kind: { kind: 'allowed' },
    });
  });
});

describe('funnelint schema', () => {
  it.each([
    [{}, 'rules'],
    [{ report: true }, 'findings'],
  ])('prints %o', async (flags, property) => {
    const host = createMemoryHost(folder);
    expect(await schemaCommand(flags, host)).toBe(0);
    const schema = JSON.parse(host.printed()) as Record<string, Record<string, unknown>>;
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['properties']).toHaveProperty(property);
  });
});
