import type { Lang } from '../i18n/text.ts';
import type { Document } from '../report/document.ts';
import type { AuditReport } from '../report/report.ts';
import type { SourceCopy } from '../report/source-copy.ts';
import type { ViewName } from '../report/views/names.ts';
import type { ViewContext } from '../report/views/view.ts';

/** The whole, or its pieces in order where it may be longer than a string can be. */
export type Rendered = string | Iterable<string> | AsyncIterable<Uint8Array>;

/** What a reporter may know besides the report. It never looks at the terminal, the clock or the environment itself. */
export interface ReporterContext {
  readonly lang: Lang;
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** The report as blocks as people asked to see it (`--view`), built when a reporter asks for it. */
  readonly document: () => Document;
  /** The page that `document` is; null for the overview. */
  readonly view: ViewName | null;
  /** What further blocks are made with. */
  readonly viewContext: ViewContext;
  /** The lists as their files have them, read again when a reporter asks for them. */
  readonly sourceCopies: () => Promise<readonly SourceCopy[]>;
}

/** One output format. `render` writes nothing; the caller decides where the result goes. */
export interface Reporter {
  readonly format: string;
  render(report: AuditReport, context: ReporterContext): Rendered | Promise<Rendered>;
}
