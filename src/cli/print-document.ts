import type { Lang } from '../i18n/text.ts';
import type { Document } from '../report/document.ts';
import type { Format } from '../reporters/index.ts';
import { safeJson } from '../reporters/json.ts';
import { renderDocument } from '../reporters/terminal.ts';
import { type Host, wantsColour, widthOf } from './host.ts';
import { printRendered } from './print-rendered.ts';

export interface PrintFlags {
  readonly format?: Format;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
}

/** What a command has to say, once for people and once for programs. */
export interface Printable {
  readonly document: () => Document;
  readonly json: () => unknown;
}

/** Prints to stdout, as a document for the terminal or as JSON. */
export async function printDocument(printable: Printable, lang: Lang, flags: PrintFlags, host: Host): Promise<void> {
  if (flags.quiet === true) return;
  if (flags.format === 'json') return printRendered(`${safeJson(printable.json())}\n`, host, 'json');
  const look = { lang, width: widthOf(host, host.stdout), colour: wantsColour(host, host.stdout, flags.color) };
  await printRendered(renderDocument(printable.document(), look), host);
}
