import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { displayWidth, truncateToWidth } from '../../i18n/width.ts';
import {
  type Block,
  heading,
  type Inline,
  paragraph,
  span,
  spansOf,
  type TableBlock,
  type Tone,
} from '../../report/document.ts';
import type { HeatMapResult, HeatSheet } from './heat-map.ts';
import { BLANK_BELOW, type HeatCell } from './heat-map-cells.ts';
import type { LossComparison } from './heat-map-loss.ts';

export type HeatFigure = 'loss' | 'dwell';

const FIGURES: Readonly<Record<HeatFigure, Text>> = {
  loss: say(
    'Loss: lost from the stage within its window (pending / entered)',
    '流失率：观察期内在该阶段流失（未定/进入）',
  ),
  dwell: say('Time in stage: median days (visits)', '停留：在该阶段天数的中位数（停留次数）'),
};
const PERIODS: Readonly<Record<HeatMapResult['period'], Text>> = {
  week: say('Week of entry', '进入周'),
  month: say('Month of entry', '进入月份'),
  quarter: say('Quarter of entry', '进入季度'),
  year: say('Year of entry', '进入年份'),
};
const STAGE: Text = say('Stage', '阶段');
const ALL: Text = say('All', '全部');
const OMITTED: Text = say('… {more} more', '… 另有 {more} 个');
const NOTE: Text = say(
  'Each stage has the same window for all, and counts the deals that entered at least that long ago; ≈ is estimated from younger ones (Aalen–Johansen), – has under 5 deals or only deals too young. ▲ loses more, ▼ less than the other deals of the stage: by 10 points or more and beyond chance, all {tests} comparisons counted. Differences may come from the mix of deals; see win rate by segment.',
  '每个阶段用同一观察期，只计入场已满观察期的单；≈ 为含较新单的估算（Aalen–Johansen），– 为不足 5 单或全部太新。▲ 流失高于、▼ 低于该阶段其余单：相差至少 10 个百分点，且计入全部 {tests} 次比较后仍不像偶然。差异可能来自单的构成不同，请对照分组赢单率。',
);
/** Columns of the narrowest screen, without its margin. */
const PAGE = 78;
const GAP = 2;
/** Columns that the name of a stage, or of a value, is wrapped to where it has so many. */
const STAGE_WIDTH = 22;
const VALUE_WIDTH = 14;
/** Columns that a value of a field takes at most. */
const LONGEST_NAME = 40;

/** A period as short as it can be told: `2026`, `2026-Q3`, `2026-07`, or the first day of a week. */
function periodName(start: string, period: HeatMapResult['period']): string {
  if (period === 'week') return start;
  if (period === 'year') return start.slice(0, 4);
  return period === 'month' ? start.slice(0, 7) : `${start.slice(0, 4)}-Q${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
}

const FLAGS: Readonly<Record<Exclude<LossComparison['flag'], null>, { mark: string; tone: Tone }>> = {
  more: { mark: '▲', tone: 'bad' },
  fewer: { mark: '▼', tone: 'good' },
};
const BASE: Text = say('{figure} ({base})', '{figure}（{base}）');

function lossInline({ lossWithin, pending, loss }: HeatCell, translator: Translator): Inline {
  const { value, basis, comparison } = lossWithin;
  if (value === null || loss.of < BLANK_BELOW) return '–';
  const flag = comparison?.flag ? FLAGS[comparison.flag] : null;
  const about = basis === 'estimated' ? '≈' : '';
  const figure = `${flag?.mark ?? ''}${about}${translator.percent(value, 0)}`;
  const base = `${translator.number(pending)}/${translator.number(loss.of)}`;
  return [span(translator.text(BASE, { figure, base }), flag?.tone ?? 'plain')];
}

function dwellInline({ dwell }: HeatCell, translator: Translator): Inline {
  if (dwell.medianDays === null) return '–';
  return translator.text(BASE, { figure: Number(dwell.medianDays.toFixed(1)), base: dwell.visits });
}

export function sheetTitle({ field }: HeatSheet, period: HeatMapResult['period'], translator: Translator): string {
  return field === null ? translator.text(PERIODS[period]) : translator.field(field);
}

/** One column of the map: its title and a cell for each stage. */
interface MapColumn {
  readonly title: string;
  readonly cells: readonly Inline[];
  /** Columns it takes: titles are wrapped between their words. */
  readonly width: number;
}

function widthOf(inline: Inline): number {
  return spansOf(inline).reduce((sum, { text }) => sum + displayWidth(text), 0);
}

function longestWord(text: string): number {
  return Math.max(1, ...text.split(/[\s/-]+/u).map((word) => displayWidth(word) + 1));
}

function wrapWidth(text: string, usual: number): number {
  return Math.min(displayWidth(text), Math.max(usual, longestWord(text)));
}

function mapColumn(title: string, cells: readonly Inline[]): MapColumn {
  return { title, cells, width: Math.max(wrapWidth(title, VALUE_WIDTH), ...cells.map(widthOf)) };
}

function columnsOf(
  result: HeatMapResult,
  { field, columns }: HeatSheet,
  figure: HeatFigure,
  translator: Translator,
  most: number,
): MapColumn[] {
  const inline = (cell: HeatCell): Inline => (figure === 'loss' ? lossInline : dwellInline)(cell, translator);
  const shown = field === null ? columns.slice(-most) : columns.slice(0, most);
  return [
    mapColumn(translator.text(ALL), result.all.map(inline)),
    ...shown.map(({ value, cells }) => {
      const name = truncateToWidth(translator.value(value), LONGEST_NAME);
      return mapColumn(field === null ? periodName(value, result.period) : name, cells.map(inline));
    }),
  ];
}

/** Columns that fit beside the names of the stages on the narrowest screen, and so on with the rest. */
function pagesOf(columns: readonly MapColumn[], stageWidth: number): MapColumn[][] {
  const pages: MapColumn[][] = [];
  let left = 0;
  for (const column of columns) {
    left -= column.width + GAP;
    const page = pages.at(-1);
    if (page === undefined || left < 0) {
      pages.push([column]);
      left = PAGE - stageWidth - column.width - GAP;
    } else page.push(column);
  }
  return pages;
}

/** A row for each stage and a column for each value; what has no room beside stands in a further table below. */
export function heatTables(
  result: HeatMapResult,
  sheet: HeatSheet,
  figure: HeatFigure,
  translator: Translator,
  most: number,
): TableBlock[] {
  const stages = result.stages.map((stage) => translator.stage(stage));
  const columns = columnsOf(result, sheet, figure, translator, most);
  const stageWidth = Math.max(4, ...stages.map((stage) => wrapWidth(stage, STAGE_WIDTH)));
  const pages = pagesOf(columns, stageWidth);
  const more = sheet.columns.length - (columns.length - 1) + sheet.omitted;
  const caption = [translator.text(FIGURES[figure]), ...(more > 0 ? [` · ${translator.text(OMITTED, { more })}`] : [])];
  return pages.map((page, index) => ({
    type: 'table',
    columns: [
      { title: translator.text(STAGE), align: 'left', priority: 0, wrapTo: stageWidth },
      ...page.map(({ title, width }) => ({ title, align: 'right' as const, priority: 0, wrapTo: width })),
    ],
    rows: stages.map((stage, row) => [stage, ...page.map(({ cells }) => cells[row]!)]),
    ...(index === pages.length - 1 ? { caption } : {}),
  }));
}

/** What the marks and blanks of some sheets mean. */
export function heatNote(sheets: readonly HeatSheet[], translator: Translator): Block {
  const tests = sheets.map((sheet) => translator.number(sheet.tests ?? 0)).join(' + ');
  return paragraph([span(translator.text(NOTE, { tests }), 'muted')]);
}

const SHOWN = 4;

/** Loss by the first field that there is, or by period. */
export function heatMapBlocks(result: HeatMapResult, translator: Translator): Block[] {
  const [first] = result.sheets;
  const title = translator.text(say('Heat map of loss and time in stage', '流失与停留热力图'));
  return [
    heading(2, title),
    ...(first === undefined ? [] : heatTables(result, first, 'loss', translator, SHOWN)),
    heatNote(first === undefined ? [] : [first], translator),
  ];
}
