import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedNames } from '../../src/cli/shipped.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { type JsonSchema, rulesJsonSchema } from '../../src/ruleset/json-schema.ts';
import { schemaMistakes } from '../json-schema-check.ts';

const ROOT = new URL('../../', import.meta.url);
const NAMES = shippedNames();
const SCHEMA = rulesJsonSchema(KINDS, NAMES);

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolved(schema: JsonSchema): JsonSchema {
  const [, name] = /^#\/\$defs\/(.*)$/.exec(String(schema['$ref'] ?? '')) ?? [];
  return name === undefined ? schema : ((SCHEMA['$defs'] as Readonly<Record<string, JsonSchema>>)[name] ?? schema);
}

interface Shown {
  readonly path: string;
  /** Of the key or word itself. */
  readonly description: unknown;
  /** Of the key it stands under. */
  readonly above: string;
}

/** Every key and word that an editor can show. */
function shown(schema: JsonSchema, path: string, above = ''): readonly Shown[] {
  const about = String(schema['description'] ?? above);
  const inner = (child: unknown, step: string): readonly Shown[] =>
    isSchema(child) ? shown(child, `${path}${step}`, about) : [];
  const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  const own = properties.map(([key, value]): Shown => {
    const description = (value as JsonSchema)['description'] ?? resolved(value as JsonSchema)['description'];
    return { path: `${path}/${key}`, description, above: '' };
  });
  const branches = ['anyOf', 'oneOf'].flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword] : []));
  const words = [schema, ...branches].flatMap(({ const: word, enum: list = [], description }): readonly Shown[] =>
    [word, ...list].flatMap((each) =>
      typeof each === 'string' ? [{ path: `${path}=${each}`, description, above: about }] : [],
    ),
  );
  return [
    ...own,
    ...words,
    ...properties.flatMap(([key, value]) => inner(value, `/${key}`)),
    ...branches.flatMap((branch) => inner(branch, '')),
    ...inner(schema['items'], '[]'),
    ...inner(schema['additionalProperties'], '/*'),
  ];
}

const SHOWN = [
  ...shown(SCHEMA, ''),
  ...Object.entries(SCHEMA['$defs'] as Readonly<Record<string, JsonSchema>>).flatMap(([name, schema]) => [
    { path: name, description: schema['description'], above: '' },
    ...shown(schema, name),
  ]),
];

function isBilingual(text: unknown): boolean {
  const [en = '', zh = ''] = String(text ?? '').split(' / ');
  return en.trim() !== '' && (/\p{Script=Han}/u.test(zh) || zh === en);
}

describe('the schema of the rules file', () => {
  it('describes every key in both languages', () => {
    const keys = SHOWN.filter(({ path }) => !path.includes('='));
    expect(keys.length).toBeGreaterThan(300);
    expect(keys.filter(({ description }) => !isBilingual(description)).map(({ path }) => path)).toEqual([]);
  });

  it('explains every word, by itself or under its key', () => {
    const words = SHOWN.filter(({ path }) => path.includes('='));
    expect(words.length).toBeGreaterThan(50);
    const mute = words.filter(({ path, description, above }) => {
      const word = path.slice(path.indexOf('=') + 1);
      return !isBilingual(description) && !(isBilingual(above) && above.includes(word));
    });
    expect(mute.map(({ path }) => path)).toEqual([]);
  });

  it('offers the rules, packs, fields and tables that ship, each with its title', () => {
    const { rules, fields, tables, extends: packs } = SCHEMA['properties'] as Readonly<Record<string, JsonSchema>>;
    const offers = (section: JsonSchema | undefined): Readonly<Record<string, JsonSchema>> =>
      section?.['properties'] as Readonly<Record<string, JsonSchema>>;
    expect(Object.keys(offers(rules))).toEqual(NAMES.rules.map(({ id }) => id));
    expect(offers(rules)['deal/dormant']?.['description']).toBe(
      'Open deals were touched within 30 days / 在途商机 30 天内有更新',
    );
    expect(offers(rules)['config/exit-criteria-missing']?.['description']).toContain('准出标准');
    expect(offers(fields)['amount']?.['description']).toBe('Amount / 金额');
    expect(offers(tables)['leads']?.['description']).toBe('Leads / 线索');
    expect(JSON.stringify(packs)).toContain('packId');
    expect(JSON.stringify(SCHEMA['$defs'])).toContain('"const":"funnelint:salesforce"');
  });
});

describe('the examples of the README', () => {
  const blocks = readdirSync(ROOT)
    .filter((name) => name.startsWith('README'))
    .flatMap((name) => [...readFileSync(new URL(name, ROOT), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)])
    .map(([, block]) => parse(block ?? '') as Readonly<Record<string, unknown>>)
    .filter((block) => 'version' in block || 'rules' in block || 'stages' in block);

  it.each(blocks.map((block) => [Object.keys(block).join(', '), block]))('take %s', (_, block) => {
    expect(schemaMistakes(SCHEMA, { version: 1, ...block })).toEqual([]);
  });

  it('has some', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });
});
