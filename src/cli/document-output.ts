import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { safeJson } from '../reporters/json.ts';
import { renderDocument } from '../reporters/terminal.ts';
import type { Host } from './host.ts';
import { deliverFiles } from './output.ts';
import { chooseDestinations, type Destinations, type OutputTarget } from './output-target.ts';
import { type Printable, type PrintFlags, printDocument } from './print-document.ts';

const FILE_WIDTH = 120;
const FORMATS = ['terminal', 'json'];

/**
 * Where what a command has to say goes, which is no report of an audit: as text or as JSON.
 * @throws FunnelintError `output/…`
 */
export function chooseDocumentDestinations(
  asked: Parameters<typeof chooseDestinations>[0],
  inputs: readonly string[],
  host: Host,
): Destinations {
  const chosen = chooseDestinations(asked, inputs, host);
  const other = [...chosen.outputs, { format: chosen.format, path: '-' }].find(
    ({ format }) => !FORMATS.includes(format),
  );
  if (other === undefined) return chosen;
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
  await deliverFiles(files, { lang, quiet: flags.quiet === true }, host);
  await printDocument(printable, lang, flags, host);
}
