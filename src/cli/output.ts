import { FunnelintError } from '../errors.ts';
import { safeText } from '../i18n/safe-text.ts';
import type { Lang } from '../i18n/text.ts';
import { type Look, renderReport } from '../render.ts';
import type { AuditReport } from '../report/report.ts';
import type { ViewName } from '../report/views/names.ts';
import type { Format } from '../reporters/index.ts';
import { readSourceCopies } from '../source-copies.ts';
import { type Host, wantsColour, widthOf } from './host.ts';
import { tellOnStderr } from './inert-output.ts';
import type { OutputTarget } from './output-target.ts';
import { printRendered } from './print-rendered.ts';
import type { Progress } from './progress.ts';
import { type FileToWrite, writeFiles } from './write-files.ts';

const FILE_WIDTH = 120;
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export interface OutputOptions {
  readonly format: Format;
  readonly outputs: readonly OutputTarget[];
  readonly lang: Lang;
  readonly maxFindings: number;
  readonly view: ViewName | null;
  readonly colour: 'auto' | 'always' | 'never';
  readonly quiet: boolean;
  /** Whether the report was made in this run: then its files are those that the user named. */
  readonly isOwn?: boolean;
  /** Told which file is being written. */
  readonly progress?: Progress;
}

/** A file of bytes on a screen is noise, and may move the cursor. */
function checkBytes(format: Format, { stdout }: Host): void {
  if (format === 'xlsx' && stdout.isTTY === true) throw new FunnelintError('output/bytes-to-terminal', { format });
}

/** Writes files and says so. */
export async function deliverFiles(
  files: readonly FileToWrite[],
  { lang, quiet }: Pick<OutputOptions, 'lang' | 'quiet'>,
  host: Host,
): Promise<void> {
  if (files.length === 0) return;
  await writeFiles(files, host);
  if (quiet) return;
  for (const { path } of files)
    tellOnStderr(lang === 'zh' ? `已写入 ${safeText(path)}\n` : `wrote ${safeText(path)}\n`, host);
}

/** Renders a report to the files asked for, which appear together or not at all, and to stdout. */
export async function deliver(report: AuditReport, options: OutputOptions, host: Host): Promise<void> {
  const { lang, outputs, view, format } = options;
  checkBytes(format, host);
  const sourceCopies: Look['sourceCopies'] = () => readSourceCopies(report, options.isOwn !== true);
  const files: FileToWrite[] = [];
  for (const target of outputs) {
    options.progress?.step('writing', target.path);
    const look = { lang, width: FILE_WIDTH, colour: false, maxFindings: UNLIMITED, view, sourceCopies };
    files.push({ path: target.path, content: await renderReport(report, target.format, look) });
  }
  await deliverFiles(files, options, host);
  options.progress?.stop();
  if (options.quiet) return;
  const look = {
    lang,
    width: widthOf(host, host.stdout),
    colour: wantsColour(host, host.stdout, options.colour),
    maxFindings: options.maxFindings,
    view,
    sourceCopies,
  };
  await printRendered(await renderReport(report, format, look), host, format);
}
