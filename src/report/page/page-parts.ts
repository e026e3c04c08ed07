import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, type ChartBlock, callout, type TableBlock } from '../document.ts';
import type { AuditReport } from '../report.ts';
import { lackText } from '../views/view-parts.ts';

const NUMBERS: ReadonlySet<string> = new Set(['value', 'low', 'high', 'p25', 'median', 'p75', 'p90', 'max', 'deals']);
const NUMBER_LISTS: ReadonlySet<string> = new Set(['openDays', 'values']);
const TEXTS: ReadonlySet<string> = new Set(['label', 'text', 'title', 'type']);

function isNumber(value: unknown): boolean {
  return value === null || (typeof value === 'number' && Number.isFinite(value));
}

/** Whether a text has a figure in it that is none. */
export function isBroken(text: string): boolean {
  return /\bNaN\b|\bundefined\b|\[object /.test(text);
}

function isSound(key: string, value: unknown): boolean {
  if (NUMBERS.has(key)) return isNumber(value);
  if (key === 'text' && typeof value === 'string' && isBroken(value)) return false;
  if (TEXTS.has(key)) return typeof value === 'string';
  if (NUMBER_LISTS.has(key)) return Array.isArray(value) && value.every(isNumber);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).every(([name, part]) => isSound(name, part));
  }
  return value !== undefined && (typeof value !== 'number' || Number.isFinite(value));
}

/**
 * A chart with the same figures as a table.
 * @throws TypeError where a figure is none, as a report that somebody has edited may hold anything; `drawn` says so
 */
export function chartBlock(block: Omit<ChartBlock, 'type'>): ChartBlock {
  if (!isSound('chart', block.chart)) throw new TypeError('a chart needs finite numbers');
  return { type: 'chart', ...block };
}

/** A table of which the first column names the rows and all others hold figures. */
export function figureTable(
  titles: readonly Text[],
  rows: readonly (readonly string[])[],
  translator: Translator,
): TableBlock {
  return {
    type: 'table',
    columns: titles.map((title, index) => ({
      title: translator.text(title),
      align: index === 0 ? 'left' : 'right',
      priority: index,
    })),
    rows,
  };
}

const PART: Text = say('{label}: {text}', '{label}：{text}');
const MORE: Text = say('{n} more in the table', '另有 {n} 项见表格');
/** What a description names before it points to the table. */
const MOST_NAMED = 12;

/** The rows of a chart in words, for those who do not see it. */
export function describedRows(
  lead: string,
  rows: readonly { readonly label: string; readonly text: string }[],
  translator: Translator,
): string {
  const isChinese = translator.lang === 'zh';
  const named = rows.slice(0, MOST_NAMED).map(({ label, text }) => translator.text(PART, { label, text }));
  const rest = rows.length - named.length;
  if (rest > 0) named.push(translator.text(MORE, { n: rest }));
  const list = named.join(isChinese ? '；' : '; ');
  return isChinese ? `${lead}。${list}。` : `${lead}. ${list}.`;
}

/** A text on what was measured, with its figures, joined as sentences of the language. */
export function sentences(parts: readonly string[], { lang }: Translator): string {
  const known = parts.filter((part) => part !== '');
  return known.join(lang === 'zh' ? '' : ' ');
}

const DEFERRED: Text = say(
  'Not computed, as this report was made for the screen alone; audit the export again.',
  '该报告仅供屏幕显示，未计算此项；请重新体检该导出文件。',
);

/** One line in place of what cannot be shown, with the reason; nothing of a metric that the report does not know. */
export function lackBlocks(report: AuditReport, metric: string, translator: Translator): Block[] {
  const entry = report.metrics[metric];
  if (entry === undefined) return [];
  const reason = entry.deferred === true ? translator.text(DEFERRED) : lackText(report, metric, translator);
  return [callout('muted', reason)];
}

/** The item with the greatest known value; null where none has one, or several share it: none of them is the one. */
export function greatest<Item>(items: readonly Item[], figureOf: (item: Item) => number | null): Item | null {
  let best: Item | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const value = figureOf(item);
    if (value === null || !(value >= most)) continue;
    best = value === most ? null : item;
    most = value;
  }
  return best;
}
