import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { truncateToWidth } from '../../i18n/width.ts';
import {
  type Block,
  heading,
  type Inline,
  paragraph,
  span,
  type TableBlock,
  type Tone,
} from '../../report/document.ts';
import { wilson } from '../../stats/intervals.ts';
import type { HeatMapResult, HeatSheet } from './heat-map.ts';
import type { HeatCell } from './heat-map-cells.ts';

export type HeatFigure = 'loss' | 'dwell';

const FIGURES: Readonly<Record<HeatFigure, Text>> = {
  loss: say('Loss: lost from the stage ÷ entered it', '流失率：在该阶段流失 ÷ 进入该阶段'),
  dwell: say('Dwell: median days in the stage', '停留：在该阶段天数的中位数'),
};
const PERIODS: Readonly<Record<HeatMapResult['period'], Text>> = {
  week: say('Week of entry', '进入周'),
  month: say('Month of entry', '进入月份'),
  quarter: say('Quarter of entry', '进入季度'),
  year: say('Year of entry', '进入年份'),
};
const YOUNG: Text = say('; the latest will still lose deals', '；近期各行仍会有流失');
/** Columns that the name of a stage may be wrapped to. */
const STAGE_WIDTH = 10;
/** Columns that a value of a field takes at most. */
const LONGEST_NAME = 40;
const ALL: Text = say('All', '全部');
const NOTE: Text = say(
  'n in brackets; – under 5 deals. ▲ loses more, ▼ fewer than all deals do, by the 95% interval of the cell; one cell in 20 would be marked by chance alone.',
  '括号内为样本数；不足 5 单记为 –。▲ 流失高于、▼ 低于全部单（按该格 95% 区间）；即使毫无差别，每 20 格也会有 1 格被标记。',
);

/** Worse or better than all deals where the interval of the cell leaves their rate out. */
function toneOf({ loss, pending }: HeatCell, all: HeatCell, isPeriod: boolean): Tone {
  if (loss.interval === null || all.loss.value === null) return 'plain';
  if (loss.interval[0] > all.loss.value) return 'bad';
  // A young period has lost little yet: it is better only if it stays so though all of its open deals were lost.
  const atMost = isPeriod ? wilson(loss.count + pending, loss.of) : loss.interval;
  return atMost !== null && atMost[1] < all.loss.value ? 'good' : 'plain';
}

/** A period as short as it can be told: `2026`, `2026-Q3`, `2026-07`, or the first day of a week. */
function periodName(start: string, period: HeatMapResult['period']): string {
  if (period === 'week') return start;
  if (period === 'year') return start.slice(0, 4);
  return period === 'month' ? start.slice(0, 7) : `${start.slice(0, 4)}-Q${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
}

const MARKS: Partial<Record<Tone, string>> = { bad: '▲', good: '▼' };

function lossInline(cell: HeatCell, all: HeatCell, isPeriod: boolean, translator: Translator): Inline {
  const { value, of } = cell.loss;
  if (value === null) return '–';
  const tone = toneOf(cell, all, isPeriod);
  const text = `${translator.percent(value, 0)} (${translator.number(of)})`;
  return [span(`${MARKS[tone] ?? ''}${text}`, tone)];
}

function dwellInline({ dwell }: HeatCell, translator: Translator): Inline {
  if (dwell.medianDays === null) return '–';
  return `${translator.number(Number(dwell.medianDays.toFixed(1)))} (${translator.number(dwell.visits)})`;
}

export function sheetTitle({ field }: HeatSheet, period: HeatMapResult['period'], translator: Translator): string {
  return field === null ? translator.text(PERIODS[period]) : translator.field(field);
}

/** One row for each value of a field, one column for each stage: the later the stage, the later it gives way. */
export function heatTable(
  result: HeatMapResult,
  sheet: HeatSheet,
  figure: HeatFigure,
  translator: Translator,
  most: number,
): TableBlock {
  const isPeriod = sheet.field === null;
  const inline = (cell: HeatCell, stage: number): Inline =>
    figure === 'loss' ? lossInline(cell, result.all[stage]!, isPeriod, translator) : dwellInline(cell, translator);
  const shown = isPeriod ? sheet.columns.slice(-most) : sheet.columns.slice(0, most);
  const more = sheet.columns.length - shown.length + sheet.omitted;
  return {
    type: 'table',
    columns: [
      { title: sheetTitle(sheet, result.period, translator), align: 'left', priority: 0 },
      ...result.stages.map((stage, index) => ({
        title: translator.stage(stage),
        align: 'right' as const,
        priority: 1 + index,
        wrapTo: STAGE_WIDTH,
      })),
    ],
    rows: [
      [[span(translator.text(ALL), 'strong')], ...result.all.map(inline)],
      ...shown.map(({ value, cells }) => [
        isPeriod ? periodName(value, result.period) : truncateToWidth(translator.value(value), LONGEST_NAME),
        ...cells.map(inline),
      ]),
    ],
    caption: [
      translator.text(FIGURES[figure]),
      ...(isPeriod && figure === 'loss' ? [translator.text(YOUNG)] : []),
      ...(more > 0 ? [translator.text(say(' · … {more} more', ' · 另有 {more} 个'), { more })] : []),
    ],
  };
}

/** What the marks and blanks of the map mean. */
export function heatNote(translator: Translator): Block {
  return paragraph([span(translator.text(NOTE), 'muted')]);
}

const SHOWN = 8;

/** Loss by the first field that there is, and by period. */
export function heatMapBlocks(result: HeatMapResult, translator: Translator): Block[] {
  const [first] = result.sheets;
  const title = translator.text(say('Heat map of loss and dwell', '流失与停留热力图'));
  return [
    heading(2, title),
    ...(first === undefined ? [] : [heatTable(result, first, 'loss', translator, SHOWN)]),
    heatNote(translator),
  ];
}
