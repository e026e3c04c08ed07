import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import type { AuditReport } from './report.ts';
import { reportSchema } from './schema.ts';

const OTHER_JSON: Text = { en: 'it is JSON of something else', zh: '是其他内容的 JSON' };
const TOO_DEEP: Text = { en: 'its values lie too deep within each other', zh: '嵌套层数过多' };

/** What the schema says of it; null for arguments within arguments without end, which no report of ours has. */
function parsed(value: unknown): ReturnType<typeof reportSchema.safeParse> | null {
  try {
    return reportSchema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * A value that should be a report, parsed from JSON say; `file` is what messages call it.
 * @throws FunnelintError `report/not-valid`, `report/newer`
 */
export function checkedReport(value: unknown, file: string): AuditReport {
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'number' && schema > 1) throw new FunnelintError('report/newer', { file, schema });
  const result = parsed(value);
  if (result === null) throw new FunnelintError('report/not-valid', { file, reason: { text: TOO_DEEP } });
  if (!result.success) {
    const [issue] = result.error.issues;
    const at = issue?.path.join('.') ?? '';
    const damaged: Text = { en: `“${at}” is missing or damaged`, zh: `“${at}”缺失或已损坏` };
    throw new FunnelintError('report/not-valid', { file, reason: { text: schema === 1 ? damaged : OTHER_JSON } });
  }
  // As it was saved and not as the schema would put it: the order of its keys and keys of later versions stay.
  return value as AuditReport;
}
