import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Metric } from '../../metrics/define.ts';
import type { Block } from '../document.ts';
import type { AuditReport } from '../report.ts';

/** What a view may know besides the report. */
export interface ViewContext {
  readonly translator: Translator;
  readonly metrics: readonly Metric[];
  /** Findings shown per rule. */
  readonly maxFindings: number;
}

/** One way to look at a report: a page with a reader and a purpose of its own, made from the saved report alone. */
export interface View {
  readonly view: string;
  readonly title: Text;
  /** Who reads it and what for, in one sentence. */
  readonly purpose: Text;
  readonly blocks: (report: AuditReport, context: ViewContext) => readonly Block[];
}

/** Declares a view. */
export function defineView(view: View): View {
  return view;
}
