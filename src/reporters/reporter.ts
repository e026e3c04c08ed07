import type { Lang } from '../i18n/text.ts';
import type { Document } from '../report/document.ts';
import type { AuditReport } from '../report/report.ts';

/** What a reporter may know besides the report. It never looks at the terminal, the clock or the environment itself. */
export interface ReporterContext {
  readonly lang: Lang;
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** The report as blocks, built when a reporter asks for it. */
  readonly document: () => Document;
}

/** One output format. `render` writes nothing; the caller decides where the result goes. */
export interface Reporter {
  readonly format: string;
  /** File name extensions that choose this format, without the dot. */
  readonly extensions: readonly string[];
  /** The whole text, or its pieces in order where it may be longer than a string can be. */
  render(report: AuditReport, context: ReporterContext): string | Iterable<string>;
}
