import { dot, line, type Markish, text } from '@observablehq/plot';
import { safeText } from '../../../i18n/safe-text.ts';
import type { Translator } from '../../../i18n/translator.ts';
import { displayWidth } from '../../../i18n/width.ts';
import type { Chart, Series } from '../../../report/chart.ts';
import { periodGround } from './periods.ts';
import type { RowRoom } from './rows.ts';
import type { DrawnChart } from './svg.ts';

type SeriesChart = Extract<Chart, { readonly type: 'series' }>;

const LETTER = 7.2;
const KEY_HEIGHT = 20;
const KEY_GAP = 30;
const COLOURS = { good: 'var(--good)', bad: 'var(--bad)', muted: 'var(--soft)' } as const;
/** Series are told apart by their points and dashes too. */
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond'] as const;
const DASHES = ['none', '6 3', '2 3', '8 3 2 3'] as const;

interface Style {
  readonly colour: string;
  readonly symbol: (typeof SYMBOLS)[number];
  readonly dash: (typeof DASHES)[number];
}

function styleOf({ tone }: Series, index: number): Style {
  const colour = tone === undefined ? 'var(--accent)' : COLOURS[tone];
  const turn = index % SYMBOLS.length;
  return { colour, symbol: SYMBOLS[turn] ?? 'circle', dash: DASHES[turn] ?? 'none' };
}

interface Point {
  readonly x: number;
  /** NaN breaks the line. */
  readonly value: number;
  /** The period is not over: the point is hollow. */
  readonly isPartial: boolean;
}

function seriesMarks({ periods, isLastPartial }: SeriesChart, series: Series, style: Style): Markish[] {
  const points: Point[] = series.values.map((value, x) => ({
    x,
    value: value ?? Number.NaN,
    isPartial: isLastPartial && x === periods.length - 1,
  }));
  const place = { x: 'x', y: 'value', symbol: style.symbol, r: 4, stroke: style.colour };
  return [
    line(points, { x: 'x', y: 'value', stroke: style.colour, strokeWidth: 2, strokeDasharray: style.dash }),
    dot(
      points.filter(({ isPartial }) => !isPartial),
      { ...place, fill: style.colour },
    ),
    dot(
      points.filter(({ isPartial }) => isPartial),
      { ...place, fill: 'var(--page)' },
    ),
  ];
}

interface Key {
  readonly label: string;
  readonly left: number;
  readonly top: number;
}

/** Names of the series beside their signs, in as many lines as they need. */
function keysOf(series: readonly Series[], width: number): Key[] {
  let left = 0;
  let top = 0;
  return series.map((each) => {
    const label = safeText(each.label);
    const pixels = displayWidth(label) * LETTER + KEY_GAP;
    if (left > 0 && left + pixels > width) {
      left = 0;
      top += KEY_HEIGHT;
    }
    const key = { label, left, top };
    left += pixels;
    return key;
  });
}

function keyMarks({ label, left, top }: Key, { colour, symbol }: Style, above: number): Markish[] {
  const place = { frameAnchor: 'top-left', dx: left + 5, dy: top - above + 10 } as const;
  return [
    dot([label], { ...place, symbol, r: 4, fill: colour, stroke: colour }),
    text([label], { ...place, dx: left + 16, textAnchor: 'start', lineAnchor: 'middle', fill: 'var(--ink)' }),
  ];
}

/** A line for each series from period to period, told apart by colour, dashes and points. */
export function seriesChart(chart: SeriesChart, room: RowRoom, translator: Translator): DrawnChart {
  const { series, periods: labels, unit } = chart;
  const keys = keysOf(series, room.width - 60);
  const top = (keys.at(-1)?.top ?? 0) + KEY_HEIGHT + 14;
  const values = series.flatMap((each) => each.values);
  const ground = periodGround({ labels, values, unit, room, top }, translator);
  const styles = series.map(styleOf);
  const marks = series.flatMap((each, index) => {
    const style = styles[index];
    const key = keys[index];
    if (style === undefined || key === undefined) return [];
    return [...seriesMarks(chart, each, style), ...keyMarks(key, style, top)];
  });
  return { width: room.width, height: ground.height, options: ground.options, marks: [...ground.axes, ...marks] };
}
