import { reportJsonSchema } from '../report/json-schema.ts';
import { rulesJsonSchema } from '../ruleset/json-schema.ts';
import type { Host } from './host.ts';
import { writeStream } from './print-rendered.ts';
import { chooseKinds } from './rules-choice.ts';
import { shippedNames } from './shipped.ts';

export interface SchemaFlags {
  readonly report?: boolean;
  /** Modules with kinds of the user's own, whose options stand in the schema as well. */
  readonly kinds?: readonly string[];
}

/** A schema as the file that ships: indented, with a line break at the end. */
export function schemaText(schema: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** `funnelint schema`: the JSON Schema of the rules file, or of the report. */
export async function schemaCommand({ report = false, ...flags }: SchemaFlags, host: Host): Promise<number> {
  const kinds = await chooseKinds(flags);
  await writeStream(host.stdout, schemaText(report ? reportJsonSchema() : rulesJsonSchema(kinds, shippedNames())));
  return 0;
}
