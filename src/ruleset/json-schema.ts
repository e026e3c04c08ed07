import { type ZodType, z } from 'zod';
import type { Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import { optionSchema } from './option-schema.ts';
import { rulesFile } from './schema.ts';
import { fieldName } from './schema-parts.ts';
import { ruleCommon, ruleWord } from './schema-rule.ts';

/** A JSON Schema (draft 2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A name with what people call it. */
export interface Named {
  readonly id: string;
  readonly title: Text;
}

/** Names that ship, for an editor to complete; others may be written too. */
export interface ShippedNames {
  readonly rules: readonly Named[];
  /** As written under `extends`. */
  readonly packs: readonly Named[];
  readonly fields: readonly Named[];
  readonly historyFields: readonly Named[];
  readonly tables: readonly Named[];
}

const RULE_ID: Text = { en: 'category/failing-state', zh: '类别/问题' };
const RULES_FILE: Text = {
  en: 'Rules of funnelint: how to read an export, the fields and stages, and what must hold',
  zh: 'funnelint 规则文件：如何读取导出、字段与阶段，以及必须满足的规则',
};
const WORD: Text = {
  en: 'A rule of a pack, switched off or on, or at another severity',
  zh: '关闭或开启规则包中的规则，或调整其严重程度',
};
const RULE: Text = {
  en: 'A word such as off, or a verb with its options and what else the rule has',
  zh: 'off 等词，或动词及其选项，以及规则的其他设置',
};
const PACK: Text = { en: 'A pack, or a file relative to this one', zh: '规则包，或相对于本文件的文件' };
const FIELD: Text = { en: 'A field id', zh: '字段 id' };
const FIELD_ID: Text = { en: 'Id of the field', zh: '字段的 id' };
const TABLE: Text = { en: 'A table id', zh: '表的 id' };

function bothLanguages({ en, zh }: Text): string {
  return `${en} / ${zh}`;
}

type Draft = Record<string, unknown>;

/** Words with a meaning each: an editor shows it beside the word. */
function spellOut(json: Draft): void {
  const meanings = json['meanings'] as Readonly<Record<string, string>> | undefined;
  if (meanings === undefined) return;
  delete json['meanings'];
  delete json['type'];
  delete json['enum'];
  json['anyOf'] = Object.entries(meanings).map(([word, description]) => ({ const: word, description }));
}

function convert(schema: ZodType, change: (zodSchema: unknown, json: Draft) => void): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      spellOut(jsonSchema);
      change(zodSchema, jsonSchema);
    },
  });
  return json;
}

/** What a person writes, as JSON Schema; a bound that only says “an integer” is left out. */
export function inputSchema(schema: ZodType): JsonSchema {
  return convert(schema, () => {});
}

/** The same inside the whole schema, where field ids are completed. */
function schemaWithFields(schema: ZodType): JsonSchema {
  return convert(schema, (zodSchema, json) => {
    if (zodSchema !== fieldName) return;
    delete json['type'];
    delete json['minLength'];
    json['allOf'] = [{ $ref: '#/$defs/fieldId' }];
  });
}

function propertiesOf(schema: ZodType): Readonly<Record<string, JsonSchema>> {
  return schemaWithFields(schema)['properties'] as Readonly<Record<string, JsonSchema>>;
}

/** The schema of a verb; title and description are what an editor shows when the mouse rests on it. */
function verbSchema(kind: Kind): JsonSchema {
  const { title, why } = kind;
  const json = schemaWithFields(optionSchema(kind));
  const [en = '', zh = ''] = String(json['description'] ?? '').split(' / ');
  const description = bothLanguages({ en: `${why.en} ${en}`.trim(), zh: `${why.zh}${zh}` });
  return { ...json, title: bothLanguages(title), description };
}

/** Any text, with those that are known offered. */
function offered(names: readonly Named[], description: Text): JsonSchema {
  const known = names.map(({ id, title }) => ({ const: id, description: bothLanguages(title) }));
  return { description: bothLanguages(description), anyOf: [...known, { type: 'string', minLength: 1 }] };
}

/** A map whose known keys are offered; every value is of one schema. */
function mapOf(names: readonly Named[], value: JsonSchema, rest: JsonSchema): JsonSchema {
  const properties = Object.fromEntries(
    names.map(({ id, title }) => [id, { ...value, description: bothLanguages(title) }]),
  );
  return { ...rest, type: 'object', properties, additionalProperties: value };
}

/** A rule: the common keys and one verb, or keys alone that change a rule of a pack. */
function ruleSchema(kinds: ReadonlyMap<string, Kind>): JsonSchema {
  const verbs = [...kinds.values()].map((kind) => [kind.kind, verbSchema(kind)] as const);
  const hasVerb = verbs.map(([verb]) => ({ required: [verb] }));
  const { on, ...common } = propertiesOf(ruleCommon);
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(verbs),
      ...common,
      on: { allOf: [{ $ref: '#/$defs/tableId' }], description: on?.['description'] },
    },
    additionalProperties: false,
    oneOf: [...hasVerb, { not: { anyOf: hasVerb } }],
  };
}

function definitions(kinds: ReadonlyMap<string, Kind>, shipped: ShippedNames): JsonSchema {
  const word = { ...inputSchema(ruleWord), description: bothLanguages(WORD) };
  const { fields, tables } = propertiesOf(rulesFile);
  return {
    fieldId: offered(shipped.fields, FIELD),
    tableId: offered(shipped.tables, TABLE),
    ruleId: offered(shipped.rules, RULE_ID),
    packId: offered(shipped.packs, PACK),
    field: fields?.['additionalProperties'],
    table: tables?.['additionalProperties'],
    rule: { description: bothLanguages(RULE), anyOf: [word, ruleSchema(kinds)] },
  };
}

/** The sections of a rules file whose keys or values are names that ship. */
function namedSections(sections: Readonly<Record<string, JsonSchema>>, shipped: ShippedNames): JsonSchema {
  const described = (section: string): JsonSchema => ({ description: sections[section]?.['description'] });
  const reference = (definition: string): JsonSchema => ({ $ref: `#/$defs/${definition}` });
  const named = { propertyNames: { type: 'string', minLength: 1, description: bothLanguages(FIELD_ID) } };
  const pack = reference('packId');
  const { exceptions } = sections;
  const exception = exceptions?.['items'] as Readonly<Record<string, JsonSchema>>;
  return {
    extends: { ...described('extends'), anyOf: [pack, { type: 'array', items: pack }] },
    fields: mapOf(shipped.fields, reference('field'), { ...described('fields'), ...named }),
    history: mapOf(shipped.historyFields, reference('field'), { ...described('history'), ...named }),
    tables: mapOf(shipped.tables, reference('table'), described('tables')),
    rules: mapOf(shipped.rules, reference('rule'), {
      ...described('rules'),
      propertyNames: { type: 'string', minLength: 1, description: bothLanguages(RULE_ID) },
    }),
    exceptions: {
      ...exceptions,
      items: {
        ...exception,
        properties: {
          ...exception['properties'],
          rule: { allOf: [reference('ruleId')], description: bothLanguages(RULE_ID) },
        },
      },
    },
  };
}

/**
 * The JSON Schema of a rules file, for editors. It knows the shape only, and offers the names that ship: names of fields
 * and stages, expressions and thresholds are checked when the file is loaded.
 */
export function rulesJsonSchema(kinds: ReadonlyMap<string, Kind>, shipped: ShippedNames): JsonSchema {
  const { properties, ...file } = schemaWithFields(rulesFile);
  const sections = properties as Readonly<Record<string, JsonSchema>>;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'funnelint',
    description: bothLanguages(RULES_FILE),
    ...file,
    properties: { ...sections, ...namedSections(sections, shipped) },
    $defs: definitions(kinds, shipped),
  };
}
