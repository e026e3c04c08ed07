import { z } from 'zod';
import { reportSchema } from './schema.ts';

/**
 * The JSON Schema (draft 2020-12) of the JSON report. Keys may be added within a schema version, so further ones are
 * allowed.
 */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...report } = z.toJSONSchema(reportSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return {
    $schema,
    title: 'funnelint report',
    description: 'What funnelint -f json prints: rates are 0–1, null is unknown, units are in the names',
    ...report,
  };
}
