import { readFileSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import type { AuditReport } from '../report/report.ts';
import { reportSchema } from '../report/schema.ts';
import type { Format } from '../reporters/index.ts';
import { type Host, requestedLang } from './host.ts';
import { deliver, parseOutput } from './output.ts';

export interface RenderFlags {
  readonly format?: Format;
  readonly output?: readonly string[];
  readonly lang?: Lang;
  readonly maxFindings: number;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
}

function parseJson(file: string, host: Host): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new FunnelintError('file/not-found', { file, folder: host.folder });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new FunnelintError('report/not-valid', { file, reason: 'JSON' });
  }
}

/**
 * Reads a saved report.
 * @throws FunnelintError when the file is none, or of a newer contract.
 */
function readReport(file: string, host: Host): AuditReport {
  const value = parseJson(file, host);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'number' && schema > 1) throw new FunnelintError('report/newer', { file, schema });
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new FunnelintError('report/not-valid', { file, reason: issue?.path.join('.') || 'schema' });
  }
  // The schema checks message arguments structurally; their type is narrower in name only.
  return parsed.data as AuditReport;
}

/** `funnelint render`: a saved report in another format or language, without auditing again. */
export async function renderCommand(file: string, flags: RenderFlags, host: Host): Promise<number> {
  const outputs = (flags.output ?? []).map(parseOutput);
  const report = readReport(file, host);
  const lang = requestedLang(host, flags.lang) ?? report.lang;
  const options = {
    format: flags.format ?? 'terminal',
    outputs,
    lang,
    maxFindings: flags.maxFindings,
    colour: flags.color,
    quiet: flags.quiet ?? false,
  };
  await deliver(report, options, host);
  return 0;
}
