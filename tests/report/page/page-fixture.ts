import type { Dataset } from '../../../src/dataset/dataset.ts';
import { isoOf } from '../../../src/dataset/values/calendar.ts';
import type { Lang } from '../../../src/i18n/text.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { METRICS } from '../../../src/metrics/index.ts';
import type { Chart } from '../../../src/report/chart.ts';
import type { ChartBlock, Inline } from '../../../src/report/document.ts';
import { spansOf } from '../../../src/report/document.ts';
import type { Page, PageSection } from '../../../src/report/page/page.ts';
import { reportPage } from '../../../src/report/page/report-page.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import { contextOf } from '../../metrics/dataset-fixture.ts';
import { CASES } from '../../reporters/cases.ts';

/** A report without rules of a dataset with its metrics, as it is saved and read again. */
export function reportOfDataset(dataset: Dataset): AuditReport {
  const context = contextOf(dataset);
  const metrics = METRICS.map((metric) => {
    const lacksStages = metric.needsStages === true && dataset.stages.length === 0;
    const missing = lacksStages ? null : (metric.missing?.(context) ?? null);
    const result = lacksStages || missing !== null ? null : metric.compute(context);
    const { title, definition } = metric;
    return [metric.metric, { title, definition, ...(missing === null ? {} : { missing }), result }] as const;
  });
  const inputs = CASES.clean.inputs.map((input) => ({ ...input, rows: { ...input.rows, audited: dataset.rowCount } }));
  const report: AuditReport = {
    ...CASES.clean,
    lang: 'en',
    asOf: { date: isoOf(dataset.asOfDay), from: 'flag' },
    inputs,
    metrics: Object.fromEntries(metrics),
  };
  return JSON.parse(JSON.stringify(report));
}

export function pageOf(report: AuditReport, lang: Lang = 'en', metrics = METRICS): Page {
  return reportPage(report, { translator: createTranslator(lang, report.labels), metrics, maxFindings: 5 });
}

export function sectionOf(page: Page, id: string): PageSection {
  const section = page.sections.find((each) => each.id === id);
  if (section === undefined) throw new Error(`the page has no section ${id}`);
  return section;
}

export function chartsOf({ blocks }: Pick<PageSection, 'blocks'>): ChartBlock[] {
  return blocks.filter((block) => block.type === 'chart');
}

/** The charts of one type of a section. */
export function chartsIn<Type extends Chart['type']>(page: Page, id: string, type: Type) {
  return chartsOf(sectionOf(page, id)).flatMap((block) =>
    block.chart.type === type ? [{ ...block, chart: block.chart as Extract<Chart, { type: Type }> }] : [],
  );
}

export function plain(inline: Inline): string {
  return spansOf(inline)
    .map(({ text }) => text)
    .join('');
}

/** The cells of the table of a chart as text. */
export function cellsOf({ table }: Pick<ChartBlock, 'table'>): string[][] {
  return table.rows.map((row) => row.map(plain));
}

/** Names of the rows of a chart: what the first column of its table has to say. */
export function rowNames(chart: Chart): readonly string[] {
  switch (chart.type) {
    case 'series':
      return chart.periods;
    case 'control':
      return chart.points.map(({ label }) => label);
    default:
      return chart.rows.map(({ label }) => label);
  }
}
