import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });

/** What a value breaks of a JSON Schema (draft 2020-12), one line a mistake; empty when it is valid. */
export function schemaMistakes(schema: Readonly<Record<string, unknown>>, value: unknown): readonly string[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`);
}
