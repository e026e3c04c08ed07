import { KINDS } from '../kinds/index.ts';
import { reportJsonSchema } from '../report/json-schema.ts';
import { rulesJsonSchema } from '../ruleset/json-schema.ts';
import type { Host } from './host.ts';
import { writeStream } from './output.ts';
import { shippedNames } from './shipped.ts';

export interface SchemaFlags {
  readonly report?: boolean;
}

/** A schema as the file that ships: indented, with a line break at the end. */
export function schemaText(schema: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** `funnelint schema`: the JSON Schema of the rules file, or of the report. */
export async function schemaCommand({ report = false }: SchemaFlags, host: Host): Promise<number> {
  await writeStream(host.stdout, schemaText(report ? reportJsonSchema() : rulesJsonSchema(KINDS, shippedNames())));
  return 0;
}
