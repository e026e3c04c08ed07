import type { ZodSafeParseResult } from 'zod';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import { optionSchema } from './option-schema.ts';

const IS_ASYNC: Text = { en: 'the schema must not be async', zh: '该 schema 不能是异步的' };

/** By its name: the schema of somebody's own may come from another copy of zod. */
function isAsync(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === '$ZodAsyncError';
}

/**
 * Reads what stands behind the verb of a kind.
 * @throws FunnelintError `kinds/wrong` for a schema of somebody's own that throws, as one that is async does
 */
export function parseOptions(kind: Kind, value: unknown): ZodSafeParseResult<unknown> {
  try {
    return optionSchema(kind).safeParse(value, { reportInput: true, jitless: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = isAsync(error) ? IS_ASYNC : { en: reason, zh: reason };
    throw new FunnelintError('kinds/wrong', { from: kind.kind, key: 'options', problem: { text: problem } });
  }
}
