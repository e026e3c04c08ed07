import type { Lang, Text } from '../i18n/text.ts';
import {
  type BarRow,
  type BarsBlock,
  type Block,
  type CalloutBlock,
  type ChartBlock,
  type Document,
  span,
  type TableBlock,
  type Tone,
} from '../report/document.ts';
import { inlineMarkdown, lineMarkdown, markdownText } from './markdown-text.ts';

/** Alerts of GitHub and GitLab; elsewhere they read as quotes. */
const ALERTS: Readonly<Partial<Record<Tone, string>>> = { bad: 'CAUTION', warn: 'WARNING', good: 'TIP' };

const BAR_CELLS = 16;

const LEGEND: Text = { en: '█ low end ▓ estimate ░ high end of the interval', zh: '█ 区间下限 ▓ 估计值 ░ 区间上限' };

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function captionLines(lines: readonly string[]): string[] {
  return lines.flatMap((line) => ['', line]);
}

function tableLines({ columns, rows, caption }: TableBlock): string[] {
  const notes = columns.flatMap(({ title, note }) => (note === undefined ? [] : [lineMarkdown(`${title}: ${note}`)]));
  return [
    row(columns.map(({ title }) => markdownText(title))),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => row(columns.map((_, index) => inlineMarkdown(cells[index] ?? '')))),
    ...captionLines([...(caption === undefined ? [] : [lineMarkdown(caption)]), ...notes]),
  ];
}

function chartLines({ title, table, caption }: ChartBlock): string[] {
  const lines = [inlineMarkdown([span(title, 'strong')]), '', ...tableLines(table)];
  return caption === undefined ? lines : [...lines, ...captionLines([lineMarkdown(caption)])];
}

function cellsOf(value: number, scale: number): number {
  const share = Math.min(1, Math.max(0, value / scale));
  return share > 0 ? Math.max(1, Math.round(share * BAR_CELLS)) : 0;
}

/** Full to the lower limit, dark to the value, light to the upper limit. */
function bar({ value, low, high }: BarRow, scale: number): string {
  if (value === null || !Number.isFinite(value)) return '';
  const full = cellsOf(Math.min(low ?? value, value), scale);
  const dark = Math.max(0, cellsOf(value, scale) - full);
  const light = Math.max(0, cellsOf(Math.max(high ?? value, value), scale) - full - dark);
  return '█'.repeat(full) + '▓'.repeat(dark) + '░'.repeat(light);
}

function barsLines({ rows, max, legend, caption }: BarsBlock, lang: Lang): string[] {
  const greatest = max ?? Math.max(0, ...rows.flatMap(({ value, high }) => [value ?? 0, high ?? 0]));
  const scale = greatest > 0 && Number.isFinite(greatest) ? greatest : 1;
  const hasInterval = rows.some(({ low, high }) => low !== undefined || high !== undefined);
  return [
    row(['', '', '']),
    row(['---', '---', '---']),
    ...rows.map((each) => row([markdownText(each.label), bar(each, scale), markdownText(each.text)])),
    ...captionLines([
      ...(hasInterval ? [lineMarkdown(legend ?? LEGEND[lang])] : []),
      ...(caption === undefined ? [] : [lineMarkdown(caption)]),
    ]),
  ];
}

function calloutLines({ tone, text }: CalloutBlock): string[] {
  const alert = ALERTS[tone];
  return [...(alert === undefined ? [] : [`> [!${alert}]`]), `> ${lineMarkdown(text)}`];
}

/** A block as lines of GitHub Flavored Markdown. A page stands in a comment, so its headings begin at the second level. */
function blockLines(block: Block, lang: Lang): string[] {
  switch (block.type) {
    case 'heading':
      return [`${'#'.repeat(block.level + 1)} ${inlineMarkdown(block.text)}`];
    case 'paragraph':
      return [lineMarkdown(block.text)];
    case 'list':
      return block.items.map((item) => `- ${lineMarkdown(item)}`);
    case 'table':
      return tableLines(block);
    case 'bars':
      return barsLines(block, lang);
    case 'callout':
      return calloutLines(block);
    case 'chart':
      return chartLines(block);
  }
}

/** Lines that say nothing without the next one: the titles of a table, the kind of an alert. */
const HEAD_LINES: Readonly<Record<Block['type'], number>> = {
  heading: 1,
  paragraph: 1,
  list: 1,
  table: 3,
  bars: 3,
  callout: 2,
  chart: 5,
};

const CUT: Text = {
  en: '… cut to fit a comment; -o report.html holds it all',
  zh: '… 已截断以适应评论长度；完整内容请用 -o report.html',
};

/** The first lines that have room together. */
function linesWithin(lines: readonly string[], room: number): string[] {
  let left = room;
  const fitting = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return fitting < 0 ? [...lines] : lines.slice(0, fitting);
}

/**
 * A document as Markdown of at most `room` characters. What has no room is left out from a line on, with a line that
 * says so; a table keeps its titles.
 */
export function documentMarkdown(document: Document, lang: Lang, room: number): string {
  const cut = lineMarkdown(CUT[lang]);
  const drawn: string[] = [];
  let left = room - cut.length - 1;
  for (const block of document) {
    const lines = blockLines(block, lang);
    const fitting = linesWithin(lines, left - 1);
    const isCut = fitting.length < lines.length;
    if (!isCut || fitting.length >= HEAD_LINES[block.type]) drawn.push(fitting.join('\n'));
    if (isCut) return `${[...drawn, cut].join('\n\n')}\n`;
    left -= fitting.join('\n').length + 2;
  }
  return drawn.length === 0 ? '' : `${drawn.join('\n\n')}\n`;
}
