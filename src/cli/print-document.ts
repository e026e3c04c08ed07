import type { Lang } from '../i18n/text.ts';
import type { Document } from '../report/document.ts';
import type { Format } from '../reporters/index.ts';
import { renderDocument } from '../reporters/terminal.ts';
import { type Host, wantsColour, widthOf } from './host.ts';
import { writeStream } from './output.ts';

export interface PrintFlags {
  readonly format?: Format;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
}

/** Characters JSON allows raw but a terminal may act on: DEL, C1, line separators, bidirectional controls. */
const UNSAFE_RAW = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function safeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.replace(UNSAFE_RAW, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What a command has to say, once for people and once for programs. */
export interface Printable {
  readonly document: () => Document;
  readonly json: () => unknown;
}

/** Prints to stdout, as a document for the terminal or as JSON. */
export async function printDocument(printable: Printable, lang: Lang, flags: PrintFlags, host: Host): Promise<void> {
  if (flags.quiet === true) return;
  if (flags.format === 'json') return writeStream(host.stdout, `${safeJson(printable.json())}\n`);
  const look = { lang, width: widthOf(host, host.stdout), colour: wantsColour(host, host.stdout, flags.color) };
  await writeStream(host.stdout, renderDocument(printable.document(), look));
}
