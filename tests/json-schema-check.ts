type Schema = Readonly<Record<string, unknown>>;
type Check = (argument: never, value: unknown, at: string, schema: Schema) => readonly string[];

const isMap = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isMap,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const told = (holds: boolean, at: string, what: string): readonly string[] => (holds ? [] : [`${at}: ${what}`]);
const fits = (schema: Schema, value: unknown): boolean => schemaMistakes(schema, value).length === 0;
const nothing: Check = () => [];

/** Every keyword that zod writes; a schema with another one is not judged but refused. */
const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: nothing,
  title: nothing,
  description: nothing,
  type: (types: string | readonly string[], value, at) =>
    told(
      [types].flat().some((type) => TYPES[type]?.(value)),
      at,
      `is no ${types}`,
    ),
  const: (literal: unknown, value, at) => told(same(literal, value), at, `is not ${literal}`),
  enum: (values: readonly unknown[], value, at) =>
    told(
      values.some((each) => same(each, value)),
      at,
      `is none of ${values}`,
    ),
  pattern: (pattern: string, value, at) =>
    told(typeof value !== 'string' || new RegExp(pattern, 'u').test(value), at, `does not match ${pattern}`),
  minLength: (least: number, value, at) => told(typeof value !== 'string' || value.length >= least, at, 'is too short'),
  minItems: (least: number, value, at) => told(!Array.isArray(value) || value.length >= least, at, 'has too few items'),
  minimum: (least: number, value, at) => told(typeof value !== 'number' || value >= least, at, 'is too small'),
  maximum: (most: number, value, at) => told(typeof value !== 'number' || value <= most, at, 'is too large'),
  exclusiveMinimum: (low: number, value, at) => told(typeof value !== 'number' || value > low, at, 'is too small'),
  exclusiveMaximum: (high: number, value, at) => told(typeof value !== 'number' || value < high, at, 'is too large'),
  items: (schema: Schema, value, at) =>
    Array.isArray(value) ? value.flatMap((item, index) => schemaMistakes(schema, item, `${at}[${index}]`)) : [],
  required: (keys: readonly string[], value, at) =>
    isMap(value) ? keys.flatMap((key) => told(key in value, at, `has no ${key}`)) : [],
  properties: (properties: Readonly<Record<string, Schema>>, value, at) =>
    isMap(value)
      ? Object.entries(properties).flatMap(([key, schema]) =>
          key in value ? schemaMistakes(schema, value[key], `${at}.${key}`) : [],
        )
      : [],
  propertyNames: (schema: Schema, value, at) =>
    isMap(value) ? Object.keys(value).flatMap((key) => schemaMistakes(schema, key, `${at} (key)`)) : [],
  additionalProperties: (rest: Schema | false, value, at, { properties = {} }) => {
    const further = isMap(value) ? Object.keys(value).filter((key) => !Object.hasOwn(properties as object, key)) : [];
    if (rest === false) return further.map((key) => `${at}: unknown key ${key}`);
    return further.flatMap((key) => schemaMistakes(rest, (value as Schema)[key], `${at}.${key}`));
  },
  anyOf: (branches: readonly Schema[], value, at) =>
    told(
      branches.some((branch) => fits(branch, value)),
      at,
      'fits no branch',
    ),
  oneOf: (branches: readonly Schema[], value, at) => {
    const fitting = branches.filter((branch) => fits(branch, value)).length;
    return told(fitting === 1, at, `fits ${fitting} branches in place of one`);
  },
  not: (schema: Schema, value, at) => told(!fits(schema, value), at, 'fits what it must not'),
};

/**
 * What is wrong with a value, judged by a JSON Schema (draft 2020-12) without references.
 * @throws Error for a keyword it does not know, so that no part of a schema is passed over.
 */
export function schemaMistakes(schema: Schema, value: unknown, at = '$'): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`unknown keyword ${keyword} at ${at}`);
    return check(argument as never, value, at, schema);
  });
}
