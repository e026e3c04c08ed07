import type { ZodType } from 'zod';
import { inputSchema, type JsonSchema } from './json-schema.ts';
import type { Path } from './layer.ts';

/** The schema itself, and the branches of a union. */
function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => (schema[keyword] ?? []) as readonly JsonSchema[]);
  return [schema, ...branches.flatMap(branchesOf)];
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
}

/** What a step of a path leads to: a key that is known, any key of a map, or an item of a list. */
function stepInto(schema: JsonSchema, step: string | number): readonly JsonSchema[] {
  if (typeof step === 'number') return typeof schema['items'] === 'object' ? [schema['items'] as JsonSchema] : [];
  const properties = propertiesOf(schema);
  if (Object.hasOwn(properties, step)) return [properties[step] as JsonSchema];
  const rest = schema['additionalProperties'];
  return typeof rest === 'object' && rest !== null ? [rest as JsonSchema] : [];
}

/** Keys that a schema knows at a path, in whatever form the value may take there. */
export function knownKeys(schema: ZodType, path: Path): readonly string[] {
  let reached: readonly JsonSchema[] = [inputSchema(schema)];
  for (const step of path) {
    reached = reached.flatMap(branchesOf).flatMap((branch) => stepInto(branch, step));
  }
  return [...new Set(reached.flatMap(branchesOf).flatMap((branch) => Object.keys(propertiesOf(branch))))];
}
