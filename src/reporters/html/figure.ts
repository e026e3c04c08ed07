import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Chart, QuantileRow } from '../../report/chart.ts';
import type { ChartBlock } from '../../report/document.ts';
import { sentences } from '../../report/page/page-parts.ts';
import { controlChart } from './charts/control.ts';
import { funnelChart } from './charts/funnel.ts';
import { heatChart } from './charts/heat.ts';
import { intervalsChart } from './charts/intervals.ts';
import { dotsDrawn, quantilesChart } from './charts/quantiles.ts';
import type { RowRoom } from './charts/rows.ts';
import { seriesChart } from './charts/series.ts';
import { type DrawnChart, svgText } from './charts/svg.ts';
import { inlineMarkup } from './inline.ts';
import { html, type Markup, trusted } from './markup.ts';
import type { Scene } from './scene.ts';
import { tableMarkup } from './table.ts';

/** Tables up to this size are printed too. */
const MOST_BRIEF_ROWS = 12;
const MOST_BRIEF_COLUMNS = 12;

const AS_TABLE = say('The figures as a table', '以表格查看数据');

const BOX = say(
  'Box: the middle half of the stays, with the median; stays that still run count as “at least this long”.',
  '方框为停留时长的中间一半，粗线为中位数，尚未结束的停留按“至少这么久”计。',
);
const UPPER_BOX = say(
  'Thick line: the median of the stays; stays that still run count as “at least this long”. Box: up to the 75th percentile.',
  '粗线为停留时长的中位数，尚未结束的停留按“至少这么久”计，方框至第 75 百分位。',
);
const MEDIAN = say(
  'Thick line: the median of the stays; stays that still run count as “at least this long”.',
  '粗线为停留时长的中位数，尚未结束的停留按“至少这么久”计。',
);
const LINE = say('Line: up to the 90th percentile.', '细线至第 90 百分位。');
const BIG_DOTS = say('A bigger dot: several deals of about that age.', '大圆点为停留时长相近的多单。');
const BEYOND = say(
  'Triangle: some have been there for longer than the axis reaches.',
  '三角表示有商机停留时间超出坐标轴。',
);
const LIMITS = say('Dashed: from there on a stay counts as stalled.', '虚线为判定停滞的界限。');
const HEAT = say('The stronger the colour, the worse.', '颜色越重越差。');
const NO_CELL = say('A dashed cell: nothing to measure.', '虚线格表示无可衡量的数据。');
const SCROLLS = say('Swipe sideways to see all columns →', '左右滑动可查看全部列 →');
const CONTROL = say(
  'Band: what chance alone explains. A diamond lies outside of it.',
  '色带为正常波动范围，菱形为超出该范围的时段。',
);
const PARTIAL = say('A hollow point: the period is not over.', '空心点表示该时段尚未结束。');

/** What is drawn of stays, and nothing else. */
function quantileLegend(rows: readonly QuantileRow[]): Text[] {
  const hasBox = rows.some(({ p25, p75 }) => p25 !== null && p75 !== null);
  const hasUpperBox = rows.some(({ median, p75 }) => median !== null && p75 !== null);
  const box = hasBox ? [BOX] : hasUpperBox ? [UPPER_BOX] : rows.some(({ median }) => median !== null) ? [MEDIAN] : [];
  const drawn = dotsDrawn(rows);
  return [
    ...box,
    ...(rows.some(({ p75, p90 }) => p75 !== null && p90 !== null) ? [LINE] : []),
    ...(drawn.some(({ deals, isBeyond }) => deals > 1 && !isBeyond) ? [BIG_DOTS] : []),
    ...(drawn.some(({ isBeyond }) => isBeyond) ? [BEYOND] : []),
    ...(rows.some(({ limitDays = null }) => limitDays !== null) ? [LIMITS] : []),
  ];
}

/** How to read a chart, for those who see one of its kind for the first time. */
function legendOf(chart: Chart): Text[] {
  switch (chart.type) {
    case 'quantiles':
      return quantileLegend(chart.rows);
    case 'heat':
      return chart.rows.some(({ cells }) => cells.some(({ value }) => value === null)) ? [HEAT, NO_CELL] : [HEAT];
    case 'control':
      return chart.points.some(({ low, high }) => low !== null || high !== null) ? [CONTROL] : [];
    case 'series':
      return chart.isLastPartial ? [PARTIAL] : [];
    case 'funnel':
    case 'intervals':
      return [];
  }
}

/** One drawing for wide windows and paper, and one for phones, where the words of the first would be too small. */
const ROOMS: readonly (RowRoom & { readonly variant: string })[] = [
  { variant: 'wide', width: 900, isNarrow: false },
  { variant: 'narrow', width: 324, isNarrow: true },
];

function drawnChart(chart: Chart, room: RowRoom, translator: Translator): DrawnChart {
  switch (chart.type) {
    case 'funnel':
      return funnelChart(chart.rows, room);
    case 'intervals':
      return intervalsChart(chart, room, translator);
    case 'quantiles':
      return quantilesChart(chart.rows, room, translator);
    case 'heat':
      return heatChart(chart, room);
    case 'control':
      return controlChart(chart, room, translator);
    case 'series':
      return seriesChart(chart, room, translator);
  }
}

/** A chart as a figure: its title, the drawing, how to read it, and the same figures as a table. */
export function figureMarkup({ title, description, chart, table, caption }: ChartBlock, scene: Scene): Markup {
  const { translator } = scene;
  const id = scene.nextId();
  const drawings = ROOMS.map((room) => {
    const name = { id: scene.nextId(), title, description, variant: room.variant };
    const drawing = drawnChart(chart, room, translator);
    const isWider = room.isNarrow && drawing.width > room.width;
    return { markup: trusted(svgText(drawing, name)), isWider };
  });
  const hint = drawings.some(({ isWider }) => isWider)
    ? html`<p class="note swipe">${translator.text(SCROLLS)}</p>`
    : null;
  const isBrief = table.rows.length <= MOST_BRIEF_ROWS && table.columns.length <= MOST_BRIEF_COLUMNS;
  const legend = legendOf(chart).map((text) => translator.text(text));
  return html`<figure role="group" aria-labelledby="${id}">
<figcaption id="${id}">${title}</figcaption>
<div class="drawing"${chart.type === 'heat' ? html` role="group" aria-label="${title}" tabindex="0"` : null}>${drawings.map(({ markup }) => markup)}</div>
${hint}${caption === undefined ? null : html`<p class="note">${inlineMarkup(caption)}</p>`}${legend.length === 0 ? null : html`<p class="note">${sentences(legend, translator)}</p>`}
<details${isBrief ? html` class="brief"` : null}><summary>${translator.text(AS_TABLE)}</summary>${tableMarkup(table, scene)}</details>
</figure>`;
}
