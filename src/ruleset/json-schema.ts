import { type ZodType, z } from 'zod';
import type { Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import { ruleCommon, rulesFile, ruleWord } from './schema.ts';

/** A JSON Schema (draft 2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const RULE_ID: Text = { en: 'category/failing-state', zh: '类别/问题' };
const RULES_FILE: Text = {
  en: 'Rules of funnelint: how to read an export, the fields and stages, and what must hold',
  zh: 'funnelint 规则文件：如何读取导出、字段与阶段，以及必须满足的规则',
};
const WORD: Text = {
  en: 'A rule of a pack, switched off or on, or at another severity',
  zh: '关闭或开启规则包中的规则，或调整其严重程度',
};

function bothLanguages({ en, zh }: Text): string {
  return `${en} / ${zh}`;
}

/** What a person writes, as JSON Schema; a bound that only says “an integer” is left out. */
export function inputSchema(schema: ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return json;
}

function propertiesOf(schema: ZodType): JsonSchema {
  return inputSchema(schema)['properties'] as JsonSchema;
}

/** The schema of a verb; title and description are what an editor shows when the mouse rests on it. */
function verbSchema({ title, why, options }: Kind): JsonSchema {
  return { ...inputSchema(options), title: bothLanguages(title), description: bothLanguages(why) };
}

/** A rule: the common keys and one verb, or keys alone that change a rule of a pack. */
function ruleSchema(kinds: ReadonlyMap<string, Kind>): JsonSchema {
  const verbs = [...kinds.values()].map((kind) => [kind.kind, verbSchema(kind)] as const);
  const hasVerb = verbs.map(([verb]) => ({ required: [verb] }));
  return {
    type: 'object',
    properties: { ...Object.fromEntries(verbs), ...propertiesOf(ruleCommon) },
    additionalProperties: false,
    oneOf: [...hasVerb, { not: { anyOf: hasVerb } }],
  };
}

/**
 * The JSON Schema of a rules file, for editors. It knows the shape only: names of fields and stages, expressions and
 * thresholds are checked when the file is loaded.
 */
export function rulesJsonSchema(kinds: ReadonlyMap<string, Kind>): JsonSchema {
  const word = { ...inputSchema(ruleWord), description: bothLanguages(WORD) };
  const rules = {
    type: 'object',
    propertyNames: { type: 'string', minLength: 1, description: bothLanguages(RULE_ID) },
    additionalProperties: { oneOf: [word, ruleSchema(kinds)] },
  };
  const { properties, ...file } = inputSchema(rulesFile);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'funnelint',
    description: bothLanguages(RULES_FILE),
    ...file,
    properties: { ...(properties as JsonSchema), rules },
  };
}
