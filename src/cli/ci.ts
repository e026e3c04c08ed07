import type { Lang } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import { type Look, renderReport } from '../render.ts';
import type { AuditReport } from '../report/report.ts';
import type { Format } from '../reporters/index.ts';
import { hasSummary, writeSummary } from './actions-step.ts';
import type { Host } from './host.ts';
import { largePieces } from './write-files.ts';

const SUMMARY_FINDINGS = 3;
const WIDTH = 120;

interface CiOptions {
  readonly lang: Lang;
  /** What went to stdout. */
  readonly format: Format;
  readonly quiet: boolean;
}

async function summaryOf(report: AuditReport, lang: Lang): Promise<string> {
  const look: Look = {
    lang,
    width: WIDTH,
    colour: false,
    maxFindings: SUMMARY_FINDINGS,
    view: null,
    sourceCopies: async () => [],
  };
  const pieces: string[] = [];
  for await (const piece of largePieces(await renderReport(report, 'markdown', look))) pieces.push(String(piece));
  return pieces.join('');
}

/**
 * In GitHub Actions, writes the findings as annotations to stderr (the runner reads both streams, and stdout holds one
 * document) and the report as Markdown to the summary of the step. Where stdout has the annotations they are not written
 * again; `quiet` leaves them out.
 */
export async function writeForActions(
  report: AuditReport,
  { lang, format, quiet }: CiOptions,
  host: Host,
): Promise<void> {
  const translator = createTranslator(lang, report.labels);
  if (!quiet && format !== 'github') {
    const { annotations } = await import('../reporters/github.ts');
    host.stderr.write(annotations(report, translator));
  }
  if (hasSummary(host)) writeSummary(await summaryOf(report, lang), lang, host);
}
