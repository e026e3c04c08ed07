import { readFileSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import type { AuditReport } from '../report/report.ts';
import { reportSchema } from '../report/schema.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import { STDIN } from './audit-file.ts';
import type { Host } from './host.ts';

const NO_JSON: Text = { en: 'it is no JSON', zh: '不是 JSON' };
const OTHER_JSON: Text = { en: 'it is JSON of something else', zh: '是其他内容的 JSON' };
const TOO_DEEP: Text = { en: 'its values lie too deep within each other', zh: '嵌套层数过多' };

/** A shell that redirects the report to a file may write it as UTF-16, or with a byte order mark. */
function decode(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

async function readText(file: string, host: Host): Promise<string> {
  if (file === STDIN) return decode(await host.readStdin());
  try {
    return decode(readFileSync(file));
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    if (code === 'ENOENT') throw new FunnelintError('file/not-found', { file, folder: host.folder });
    throw new FunnelintError('file/not-readable', { file, reason: { text: systemReason(code) } });
  }
}

async function parseJson(file: string, host: Host): Promise<unknown> {
  const text = await readText(file, host);
  try {
    return JSON.parse(text);
  } catch {
    throw new FunnelintError('report/not-valid', { file, reason: { text: NO_JSON } });
  }
}

/** What the schema says of it; null for arguments within arguments without end, which no report of ours has. */
function checked(value: unknown): ReturnType<typeof reportSchema.safeParse> | null {
  try {
    return reportSchema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Reads a saved report.
 * @throws FunnelintError when the file is none, or of a newer contract.
 */
export async function readReport(file: string, host: Host): Promise<AuditReport> {
  const value = await parseJson(file, host);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'number' && schema > 1) throw new FunnelintError('report/newer', { file, schema });
  const parsed = checked(value);
  if (parsed === null) throw new FunnelintError('report/not-valid', { file, reason: { text: TOO_DEEP } });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join('.') ?? '';
    const damaged: Text = { en: `“${at}” is missing or damaged`, zh: `“${at}”缺失或已损坏` };
    throw new FunnelintError('report/not-valid', { file, reason: { text: schema === 1 ? damaged : OTHER_JSON } });
  }
  // As it was saved and not as the schema would put it: the order of its keys and keys of later versions stay.
  return value as AuditReport;
}
