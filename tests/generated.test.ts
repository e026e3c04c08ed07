import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogueMarkdown } from '../src/cli/catalogue.ts';
import { metricsMarkdown } from '../src/cli/explain-metrics.ts';
import { schemaText } from '../src/cli/schema-command.ts';
import { loadShipped, shippedNames } from '../src/cli/shipped.ts';
import { KINDS } from '../src/kinds/index.ts';
import { METRICS } from '../src/metrics/index.ts';
import { reportJsonSchema } from '../src/report/json-schema.ts';
import { rulesJsonSchema } from '../src/ruleset/json-schema.ts';
import { withOwnKinds } from '../src/ruleset/own-kinds.ts';
import { schemaMistakes } from './json-schema-check.ts';
import { ruleExamples } from './rulebook/examples.ts';

const ROOT = new URL('../', import.meta.url);
const SHIPPED = loadShipped();

describe('the files made from the code', () => {
  it('rules/schema.json', async () => {
    await expect(schemaText(rulesJsonSchema(KINDS, shippedNames(SHIPPED)))).toMatchFileSnapshot('../rules/schema.json');
  });

  it('rules/report.schema.json', async () => {
    await expect(schemaText(reportJsonSchema())).toMatchFileSnapshot('../rules/report.schema.json');
  });

  it.each([
    ['en', 'README.md'],
    ['zh', 'README.zh-CN.md'],
  ] as const)('the catalogue (%s), rules/%s', async (lang, name) => {
    const text = catalogueMarkdown(KINDS, SHIPPED, lang);
    for (const { rule } of SHIPPED.rules) expect(text).toContain(`| \`${rule.id}\` |`);
    for (const kind of KINDS.keys()) expect(text).toContain(`### \`${kind}\``);
    expect(text).not.toMatch(/(?<!-)undefined|NaN|\[object/);
    await expect(text).toMatchFileSnapshot(`../rules/${name}`);
  });

  it.each([
    ['en', 'metrics.md'],
    ['zh', 'metrics.zh-CN.md'],
  ] as const)('the metrics (%s), rules/%s', async (lang, name) => {
    const text = metricsMarkdown(lang);
    for (const { metric } of METRICS) expect(text).toContain(` \`${metric}\` |`);
    await expect(text).toMatchFileSnapshot(`../rules/${name}`);
  });

  it('rules/examples.json', { timeout: 120_000 }, async () => {
    await expect(`${JSON.stringify(await ruleExamples(), null, 1)}\n`).toMatchFileSnapshot('../rules/examples.json');
  });
});

interface Offered {
  readonly default: unknown;
}

const schema = rulesJsonSchema(KINDS, shippedNames(SHIPPED));

/** A rules file with this under `rules:`. */
function withRules(rules: string): unknown {
  return parse(`version: 1\nrules:\n${rules.replace(/^/gm, '  ')}`);
}

describe('the schema of the rules file', () => {
  const packs = readdirSync(new URL('rules/', ROOT)).flatMap((name) => (name.endsWith('.yaml') ? `rules/${name}` : []));
  const samples = readdirSync(new URL('samples/', ROOT), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !['generator', 'own-kind'].includes(entry.name)
      ? `samples/${entry.name}/funnelint.yaml`
      : [],
  );

  it.each([...packs, ...samples])('takes %s', (path) => {
    expect(schemaMistakes(schema, parse(readFileSync(new URL(path, ROOT), 'utf8')))).toEqual([]);
  });

  it('takes the verb of a kind of one’s own where it is given, and nowhere else', async () => {
    const { default: value } = (await import(new URL('samples/own-kind/discount-limit.js', ROOT).href)) as Offered;
    const own = rulesJsonSchema(withOwnKinds([{ from: 'discount-limit.js', value }]), shippedNames(SHIPPED));
    const rules: unknown = parse(readFileSync(new URL('samples/own-kind/funnelint.yaml', ROOT), 'utf8'));
    expect(schemaMistakes(own, rules)).toEqual([]);
    expect(schemaMistakes(schema, rules)).not.toEqual([]);
  });

  it.each([...KINDS.values()].map((kind) => [kind.kind, kind.example.rule]))('takes the example of %s', (_, rule) => {
    expect(schemaMistakes(schema, withRules(`my/rule:\n    ${rule}`))).toEqual([]);
  });

  it.each([
    ['a word', 'a/b: off'],
    ['keys alone, which change a rule of a pack', 'a/b: {severity: info, fail: "> 5%"}'],
    ['a verb with common keys', 'a/b: {required: [amount], where: stage.kind = open, per: owner, tags: [money]}'],
    ['a threshold taken away', 'a/b: {warn: null}'],
  ])('takes %s', (_, rules) => {
    expect(schemaMistakes(schema, withRules(rules))).toEqual([]);
  });

  it.each([
    ['an unknown word', 'a/b: never'],
    ['two verbs', 'a/b: {required: [amount], unique: id}'],
    ['an unknown key', 'a/b: {requires: [amount]}'],
    ['an unknown option', 'a/b: {required: {field: [amount]}}'],
    ['an option of another type', 'a/b: {dwell: {times: often}}'],
    ['an unknown severity', 'a/b: {assert: amount > 0, severity: fatal}'],
    ['a list in place of a rule', 'a/b: [off]'],
  ])('refuses %s', (_, rules) => {
    expect(schemaMistakes(schema, withRules(rules))).not.toEqual([]);
  });

  it.each([
    ['no version', 'rules: {}'],
    ['another version', 'version: 2'],
    ['an unknown section', 'version: 1\nruels: {}'],
    ['a stage without an id', 'version: 1\nstages: [{kind: won}]'],
    ['a stage of no known kind', 'version: 1\nstages: [{id: won, kind: victory}]'],
    ['an exception without a reason', 'version: 1\nexceptions: [{rule: a/b, key: "1"}]'],
  ])('refuses %s', (_, text) => {
    expect(schemaMistakes(schema, parse(text))).not.toEqual([]);
  });
});
