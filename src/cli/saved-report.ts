import { readFileSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { checkedReport } from '../report/checked-report.ts';
import type { AuditReport } from '../report/report.ts';
import { readPipe } from '../source/byte-source.ts';
import { isPipe } from '../source/file-kind.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import { STDIN } from './audit-file.ts';
import type { Host } from './host.ts';

const NO_JSON: Text = { en: 'it is no JSON', zh: '不是 JSON' };

/** A shell that redirects the report to a file may write it as UTF-16, or with a byte order mark. */
function decode(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

async function readText(file: string, host: Host): Promise<string> {
  if (file === STDIN) return decode(await host.readStdin());
  try {
    return decode(isPipe(file) ? await readPipe(file) : readFileSync(file));
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof FunnelintError || code === null) throw error;
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

/**
 * Reads a saved report.
 * @throws FunnelintError when the file is none, or of a newer contract.
 */
export async function readReport(file: string, host: Host): Promise<AuditReport> {
  return checkedReport(await parseJson(file, host), file);
}
