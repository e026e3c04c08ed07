import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Metric } from '../metrics/define.ts';
import { detailHeading } from './at-a-glance.ts';
import { type Block, heading, paragraph, span } from './document.ts';
import { drawn } from './drawn.ts';
import type { AuditReport } from './report.ts';
import { VIEW_NAMES } from './views/names.ts';
import type { ViewContext } from './views/view.ts';

/** Which metrics are shown: those of every report, or all of them. */
export type MetricRange = 'main' | 'all';

function shownIn({ by = [] }: AuditReport, range: MetricRange): (metric: Metric) => boolean {
  const places = by.length > 0 ? ['main', 'breakdown'] : ['main'];
  return ({ place }) => range === 'all' || places.includes(place);
}

/** The metrics in full, under a heading of their own. */
export function detailBlocks(report: AuditReport, { metrics, translator }: ViewContext, range: MetricRange): Block[] {
  const isShown = shownIn(report, range);
  const shown = metrics.filter(isShown);
  const blocks = shown.flatMap((metric) => {
    const result = report.metrics[metric.metric]?.result ?? null;
    return result === null ? [] : drawn(metric.title, () => metric.blocks(result, translator), translator);
  });
  const hidden = metrics.filter((metric) => !isShown(metric));
  const rest = range === 'all' ? missingBlocks(report, metrics, translator) : furtherBlocks(report, hidden, translator);
  return blocks.length + rest.length === 0 ? [] : [detailHeading(translator), ...blocks, ...rest];
}

/** Metrics that were computed and are not shown here. */
function furtherBlocks(report: AuditReport, metrics: readonly Metric[], translator: Translator): Block[] {
  const titles = metrics
    .filter(({ metric }) => {
      const { result = null, deferred = false } = report.metrics[metric] ?? {};
      return deferred || result !== null;
    })
    .map(({ title }) => translator.text(title));
  if (titles.length === 0) return [];
  const text = say(
    'With --view full also: {titles}. Pages of their own: --view {views}',
    '加 --view full 还可看：{titles}。专题页面：--view {views}',
  );
  const views = VIEW_NAMES.filter((name) => name !== 'full').join(' | ');
  return [paragraph([span(translator.text(text, { titles: { list: titles }, views }), 'muted')])];
}

/** What the input lacks for the other metrics, one line for each thing that is missing. */
function missingBlocks(report: AuditReport, metrics: readonly Metric[], translator: Translator): Block[] {
  const byReason = new Map<string, string[]>();
  for (const { metric, title } of metrics) {
    const missing = report.metrics[metric]?.missing;
    if (missing === undefined) continue;
    const reason = translator.text(missing);
    byReason.set(reason, [...(byReason.get(reason) ?? []), translator.text(title)]);
  }
  if (byReason.size === 0) return [];
  const items = [...byReason].map(([reason, titles]) => [`${reason} — `, span(translator.list(titles), 'muted')]);
  return [heading(2, translator.text(say('Not computed', '未计算的指标'))), { type: 'list', items }];
}
