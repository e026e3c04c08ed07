import type { Lang } from '../../src/i18n/text.ts';
import { type Look, renderReport } from '../../src/render.ts';
import type { AuditReport } from '../../src/report/report.ts';
import type { Format } from '../../src/reporters/index.ts';

/** A look like that of a file that is written. */
export function lookOf(lang: Lang, more: Partial<Look> = {}): Look {
  return { lang, width: 120, colour: false, maxFindings: 50, view: null, sourceCopies: async () => [], ...more };
}

/** A report in one format, as bytes. */
export async function renderedBytes(report: AuditReport, format: Format, more: Partial<Look> = {}): Promise<Buffer> {
  const rendered = await renderReport(report, format, lookOf(more.lang ?? report.lang, more));
  if (typeof rendered === 'string') return Buffer.from(rendered);
  if (Symbol.iterator in rendered) return Buffer.from([...rendered].join(''));
  const pieces: Uint8Array[] = [];
  for await (const piece of rendered) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A report in one format, as text. */
export async function renderedText(report: AuditReport, format: Format, more: Partial<Look> = {}): Promise<string> {
  return (await renderedBytes(report, format, more)).toString('utf8');
}
