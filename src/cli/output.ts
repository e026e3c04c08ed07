import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { METRICS } from '../metrics/index.ts';
import type { AuditReport } from '../report/report.ts';
import { reportDocument } from '../report/report-document.ts';
import type { ViewName } from '../report/views/names.ts';
import { type Format, REPORTERS } from '../reporters/index.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import { type Host, wantsColour, widthOf } from './host.ts';
import type { OutputTarget } from './output-target.ts';

const FILE_WIDTH = 120;
const PIECE_CHARACTERS = 1 << 20;
const UNLIMITED = Number.MAX_SAFE_INTEGER;

interface Look {
  readonly lang: Lang;
  readonly width: number;
  readonly colour: boolean;
  readonly maxFindings: number;
  readonly view: ViewName | null;
}

type Rendered = string | Iterable<string>;

async function render(report: AuditReport, format: Format, look: Look): Promise<Rendered> {
  const { default: reporter } = await REPORTERS[format]();
  const document = () => reportDocument(report, METRICS, look);
  return reporter.render(report, { ...look, document });
}

/** Joins small pieces, so that each write is worth its call. */
function* largePieces(rendered: Rendered): Generator<string> {
  let pending = '';
  for (const piece of typeof rendered === 'string' ? [rendered] : rendered) {
    pending += piece;
    if (pending.length < PIECE_CHARACTERS) continue;
    yield pending;
    pending = '';
  }
  yield pending;
}

/** Writes beside the target and renames, so that a file appears whole or not at all. */
export function writeWhole(path: string, rendered: Rendered): void {
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = openSync(beside, 'wx');
    try {
      for (const piece of largePieces(rendered)) writeSync(file, piece);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw notWritable(path, error);
  }
}

/** A fault of ours stays one. */
function notWritable(file: string, error: unknown): unknown {
  const code = systemCode(error);
  return code === null
    ? error
    : new FunnelintError('output/not-writable', { file, reason: { text: systemReason(code) } });
}

/** Writes to a stream and waits until it has taken everything; a reader that went away is no error. */
export async function writeStream(stream: NodeJS.WriteStream, rendered: Rendered): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const pieces = largePieces(rendered);
    stream.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' ? resolve() : reject(notWritable('stdout', error)),
    );
    const next = (): void => {
      const { done, value } = pieces.next();
      if (done === true) resolve();
      else stream.write(value, (error) => (error ? undefined : next()));
    };
    next();
  });
}

export interface OutputOptions {
  readonly format: Format;
  readonly outputs: readonly OutputTarget[];
  readonly lang: Lang;
  readonly maxFindings: number;
  readonly view: ViewName | null;
  readonly colour: 'auto' | 'always' | 'never';
  readonly quiet: boolean;
}

/** Renders a report to the files asked for and to stdout: every file is rendered before the first one is written. */
export async function deliver(report: AuditReport, options: OutputOptions, host: Host): Promise<void> {
  const { lang, outputs, view } = options;
  const files: [OutputTarget, Rendered][] = [];
  for (const target of outputs) {
    const look = { lang, width: FILE_WIDTH, colour: false, maxFindings: UNLIMITED, view };
    files.push([target, await render(report, target.format, look)]);
  }
  for (const [{ path }, content] of files) {
    writeWhole(path, content);
    if (!options.quiet) host.stderr.write(lang === 'zh' ? `已写入 ${path}\n` : `wrote ${path}\n`);
  }
  if (options.quiet) return;
  const look = {
    lang,
    width: widthOf(host, host.stdout),
    colour: wantsColour(host, host.stdout, options.colour),
    maxFindings: options.maxFindings,
    view,
  };
  await writeStream(host.stdout, await render(report, options.format, look));
}
