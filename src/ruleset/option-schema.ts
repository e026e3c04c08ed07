import type { ZodType } from 'zod';
import type { Kind } from '../kinds/define.ts';
import { MAKERS } from './schema-parts.ts';

const made = new WeakMap<Kind, ZodType>();

/** The schema of what stands behind the verb of a kind, made when it is first asked for. */
export function optionSchema(kind: Kind): ZodType {
  const { options } = kind;
  if (typeof options !== 'function') return options;
  const schema = made.get(kind) ?? options(MAKERS);
  made.set(kind, schema);
  return schema;
}
