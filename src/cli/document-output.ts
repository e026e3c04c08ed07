import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { safeJson } from '../reporters/json.ts';
import { renderDocument } from '../reporters/terminal.ts';
import type { Host } from './host.ts';
import { writeWhole } from './output.ts';
import { chooseOutputs, type OutputTarget } from './output-target.ts';
import { type Printable, type PrintFlags, printDocument } from './print-document.ts';

const FILE_WIDTH = 120;
const FORMATS = ['terminal', 'json'];

/**
 * The files to write what a command has to say to, which is no report of an audit: as text or as JSON.
 * @throws FunnelintError `output/…`
 */
export function chooseDocumentOutputs(values: readonly string[], inputs: readonly string[]): readonly OutputTarget[] {
  const targets = chooseOutputs(values, inputs);
  const other = targets.find(({ format }) => !FORMATS.includes(format));
  if (other === undefined) return targets;
  throw new FunnelintError('output/not-for-this', {
    file: other.path,
    format: other.format,
    formats: FORMATS.join(', '),
  });
}

/** Writes what a command has to say to files and prints it to stdout. */
export async function deliverDocument(
  printable: Printable,
  lang: Lang,
  { outputs, ...flags }: PrintFlags & { readonly outputs: readonly OutputTarget[] },
  host: Host,
): Promise<void> {
  const files = outputs.map(({ format, path }) => ({
    path,
    content:
      format === 'json'
        ? `${safeJson(printable.json())}\n`
        : renderDocument(printable.document(), { lang, width: FILE_WIDTH, colour: false }),
  }));
  for (const { path, content } of files) {
    writeWhole(path, content);
    if (flags.quiet !== true) host.stderr.write(lang === 'zh' ? `已写入 ${path}\n` : `wrote ${path}\n`);
  }
  await printDocument(printable, lang, flags, host);
}
