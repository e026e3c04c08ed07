import type { Lang } from './i18n/text.ts';
import { createTranslator } from './i18n/translator.ts';
import { METRICS } from './metrics/index.ts';
import type { AuditReport } from './report/report.ts';
import { reportDocument } from './report/report-document.ts';
import type { SourceCopy } from './report/source-copy.ts';
import type { ViewName } from './report/views/names.ts';
import { type Format, REPORTERS } from './reporters/index.ts';
import type { Rendered } from './reporters/reporter.ts';

/** How a report is to look. */
export interface Look {
  readonly lang: Lang;
  /** Columns of the terminal format. */
  readonly width: number;
  readonly colour: boolean;
  /** Findings shown per rule where a format does not hold them all. */
  readonly maxFindings: number;
  /** Null for the overview. */
  readonly view: ViewName | null;
  readonly sourceCopies: () => Promise<readonly SourceCopy[]>;
}

/** Renders a report, fresh or saved, in one of the formats; the same report and look give the same bytes. */
export async function renderReport(report: AuditReport, format: Format, look: Look): Promise<Rendered> {
  const { default: reporter } = await REPORTERS[format].load();
  const { lang, width, colour, maxFindings, view, sourceCopies } = look;
  return reporter.render(report, {
    lang,
    width,
    colour,
    document: () => reportDocument(report, METRICS, { lang, maxFindings, view }),
    view,
    viewContext: { translator: createTranslator(lang, report.labels), metrics: METRICS, maxFindings },
    sourceCopies,
  });
}
