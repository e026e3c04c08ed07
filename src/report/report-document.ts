import type { Lang } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import type { Metric } from '../metrics/define.ts';
import { type Document, heading } from './document.ts';
import { drawn } from './drawn.ts';
import { overviewBlocks } from './overview.ts';
import type { AuditReport } from './report.ts';
import { VIEWS } from './views/index.ts';
import type { ViewName } from './views/names.ts';

export interface DocumentOptions {
  readonly lang: Lang;
  readonly maxFindings: number;
  /** Null for the overview. */
  readonly view: ViewName | null;
}

/** A report as blocks, as people asked to see it. */
export function reportDocument(
  report: AuditReport,
  metrics: readonly Metric[],
  { lang, maxFindings, view }: DocumentOptions,
): Document {
  const translator = createTranslator(lang, report.labels);
  const context = { translator, metrics, maxFindings };
  if (view === null) return overviewBlocks(report, context, 'main');
  const { title, blocks } = VIEWS[view];
  const name = report.name === null ? '' : `${translator.text(report.name)} · `;
  const made = drawn(title, () => blocks(report, context), translator);
  return view === 'full' ? made : [heading(1, `${name}${translator.text(title)}`), ...made];
}
