import { type Lang, say, type Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import { inputSchema, type JsonSchema } from '../ruleset/json-schema.ts';
import { optionSchema } from '../ruleset/option-schema.ts';

/** An option of a kind, or (without a name) what may be written right behind the verb. */
export interface KindOption {
  readonly name: string | null;
  readonly required: boolean;
  readonly value: Text;
}

const TYPE_NAMES: Readonly<Record<string, Text>> = {
  string: say('a text', '文本'),
  number: say('a number', '数字'),
  integer: say('a whole number', '整数'),
  boolean: say('true or false', 'true 或 false'),
};
const OR = say(' or ', ' 或 ');
const ANYTHING = say('any value', '任意值');

function both(build: (lang: Lang) => string): Text {
  return { en: build('en'), zh: build('zh') };
}

/** A description `English / 中文` in both languages, to stand inside a sentence. */
function described(description: string): Text {
  const [en = '', zh = en] = description.split(' / ');
  return { en: en.charAt(0).toLowerCase() + en.slice(1), zh };
}

function asList(schema: unknown): readonly JsonSchema[] {
  return Array.isArray(schema) ? schema : [];
}

/** A union of one value and a list of such values reads better than its two halves. */
function oneOrList(branches: readonly JsonSchema[]): Text | null {
  const [single, list] = branches;
  if (branches.length !== 2 || list?.['type'] !== 'array') return null;
  if (JSON.stringify(single) !== JSON.stringify(list['items'])) return null;
  const one = valueText(single ?? {});
  return say(`${one.en}, or a list of them`, `${one.zh}，或其列表`);
}

function unionText(branches: readonly JsonSchema[]): Text {
  const texts = branches.map(valueText);
  return oneOrList(branches) ?? both((lang) => texts.map((text) => text[lang]).join(OR[lang]));
}

function literalText(values: readonly unknown[]): Text {
  return both(() => values.map((value) => `\`${String(value)}\``).join(' | '));
}

function numberText(type: string, { exclusiveMinimum: low, exclusiveMaximum: high }: JsonSchema): Text {
  const name = TYPE_NAMES[type] ?? ANYTHING;
  if (low === undefined) return name;
  if (high === undefined) return say(`${name.en} above ${low}`, `大于 ${low} 的${name.zh}`);
  return say(`${name.en} between ${low} and ${high}`, `${low} 与 ${high} 之间的${name.zh}`);
}

function valueText(schema: JsonSchema): Text {
  const { type, const: literal, enum: values, anyOf, items, additionalProperties, description } = schema;
  if (typeof description === 'string') return described(description);
  if (literal !== undefined) return literalText([literal]);
  if (Array.isArray(values)) return literalText(values);
  if (Array.isArray(anyOf)) return unionText(anyOf);
  if (type === 'array') {
    const item = valueText(items as JsonSchema);
    return say(`a list, each ${item.en}`, `列表，每项为${item.zh}`);
  }
  if (type === 'object') {
    const value = valueText(additionalProperties as JsonSchema);
    return say(`a map, each name with ${value.en}`, `键值表，每个名称对应${value.zh}`);
  }
  return numberText(String(type), schema);
}

function keysOf({ properties, required }: JsonSchema): readonly KindOption[] {
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties as Readonly<Record<string, JsonSchema>>).map(([name, schema]) => ({
    name,
    required: needed.includes(name),
    value: valueText(schema),
  }));
}

/** What can be written under a verb, read off the schema of its kind. */
export function kindOptions(kind: Kind): readonly KindOption[] {
  const schema = inputSchema(optionSchema(kind));
  const branches = 'anyOf' in schema ? asList(schema['anyOf']) : [schema];
  const maps = branches.filter((branch) => 'properties' in branch);
  const plain = branches.filter((branch) => !('properties' in branch));
  const direct = plain.map((branch): KindOption => ({ name: null, required: false, value: valueText(branch) }));
  return [...direct, ...maps.flatMap(keysOf)];
}
