import { axisX, gridX, type Markish, type PlotOptions, text } from '@observablehq/plot';
import { safeText } from '../../../i18n/safe-text.ts';
import { displayWidth, truncateToWidth } from '../../../i18n/width.ts';
import type { DrawnChart } from './svg.ts';

/** Pixels of a Latin letter of a chart, on average; a Chinese one takes two. */
const LETTER = 7.2;
const GAP = 12;
const AXIS_HEIGHT = 26;
/** Between the ends of a narrow chart and its words. */
const EDGE = 3;
/** Between the ends of a narrow chart and those of its axis: half a figure of the axis has room. */
const AXIS_EDGE = 20;
const LINE = 18;

/** The room of a chart with one row for each label. */
export interface RowRoom {
  readonly width: number;
  /** Narrow charts have label and text above what is drawn, wide ones at its sides. */
  readonly isNarrow: boolean;
}

/** A label with the figure in words. */
export interface RowWords {
  readonly label: string;
  readonly text: string;
}

export interface RowAxis {
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
  /** What the axis counts. */
  readonly title?: string;
}

interface RowLayout {
  readonly left: number;
  readonly right: number;
  readonly rowHeight: number;
  /** Pixels at the top of a row that words take. */
  readonly above: number;
}

function pixelsOf(words: readonly string[], most: number): number {
  return Math.min(most, Math.ceil(words.reduce((widest, each) => Math.max(widest, displayWidth(each)), 0) * LETTER));
}

function cut(words: string, pixels: number): string {
  return truncateToWidth(safeText(words), Math.max(1, Math.floor(pixels / LETTER)));
}

function narrowRoom({ width }: RowRoom): number {
  return width - 2 * EDGE;
}

/** Whether label and text of all rows fit on one line of a narrow chart. */
function fitsOneLine(rows: readonly RowWords[], room: RowRoom): boolean {
  const pixels = ({ label, text }: RowWords) => (displayWidth(safeText(label)) + displayWidth(safeText(text))) * LETTER;
  return rows.every((row) => pixels(row) + GAP <= narrowRoom(room));
}

function layoutOf({ rows, room, drawnHeight, axis }: RowChart): RowLayout {
  const { width, isNarrow } = room;
  if (isNarrow) {
    const above = (fitsOneLine(rows, room) ? 1 : 2) * LINE;
    const edge = axis === null ? EDGE : AXIS_EDGE;
    return { left: edge, right: edge, rowHeight: drawnHeight + above + 6, above };
  }
  const left =
    pixelsOf(
      rows.map(({ label }) => safeText(label)),
      width * 0.3,
    ) + GAP;
  const right =
    pixelsOf(
      rows.map(({ text }) => safeText(text)),
      width * 0.42,
    ) + GAP;
  return { left, right, rowHeight: drawnHeight + 10, above: 0 };
}

function narrowWords(rows: readonly RowWords[], room: RowRoom, layout: RowLayout): Markish[] {
  const { rowHeight, above, left: edge } = layout;
  const isStacked = above > LINE;
  const labels = rows.map(({ label }) => cut(label, narrowRoom(room)));
  const texts = rows.map(({ text }) => cut(text, narrowRoom(room)));
  const common = {
    y: (_: unknown, index: number): number => index,
    text: (word: string): string => word,
    stroke: 'var(--page)',
    strokeWidth: 4,
  };
  const first = LINE / 2 + 2 - rowHeight / 2;
  const left = { ...common, frameAnchor: 'left', textAnchor: 'start', dx: EDGE - edge } as const;
  const right = { ...common, frameAnchor: 'right', textAnchor: 'end', dx: edge - EDGE } as const;
  return [
    text(labels, { ...left, dy: first, fill: 'var(--ink)' }),
    text(texts, { ...(isStacked ? left : right), dy: isStacked ? first + LINE - 1 : first, fill: 'var(--soft)' }),
  ];
}

function wideWords(rows: readonly RowWords[], { left, right }: RowLayout): Markish[] {
  const labels = rows.map(({ label }) => cut(label, left - GAP + 1));
  const texts = rows.map(({ text }) => cut(text, right - GAP + 1));
  const y = (_: unknown, index: number): number => index;
  const word = (each: string): string => each;
  const dx = GAP;
  return [
    text(labels, { y, frameAnchor: 'left', textAnchor: 'end', dx: -dx, text: word, fill: 'var(--ink)' }),
    text(texts, { y, frameAnchor: 'right', textAnchor: 'start', dx, text: word, fill: 'var(--soft)' }),
  ];
}

/** What a mark needs to stand below the words of its row. */
export interface RowPlace {
  /** Moves the middle of a row to the middle of what is drawn in it. */
  readonly dy: number;
  /** For marks that fill a row. */
  readonly insetTop: number;
  readonly insetBottom: number;
}

interface RowChart {
  readonly rows: readonly RowWords[];
  readonly room: RowRoom;
  /** Pixels a row needs for what is drawn. */
  readonly drawnHeight: number;
  /** Null for a chart without an axis, whose figures are told by the words alone. */
  readonly axis: RowAxis | null;
  readonly ends: readonly [number, number];
  /** Drawn between the grid and the words; `y` of a row is its index. */
  readonly marks: (place: RowPlace) => readonly Markish[];
}

/** A chart with a row for each label, its words beside or above what is drawn. */
export function rowChart(chart: RowChart): DrawnChart {
  const { rows, room, drawnHeight, axis, ends, marks } = chart;
  const layout = layoutOf(chart);
  const top = axis?.title === undefined ? 6 : 22;
  const bottom = axis === null ? 4 : AXIS_HEIGHT;
  const pad = (layout.rowHeight - drawnHeight - layout.above) / 2;
  const place = { dy: layout.above / 2, insetTop: layout.above + pad, insetBottom: pad };
  const ticks = axis === null ? [] : [...axis.ticks];
  const axes: Markish[] =
    axis === null
      ? []
      : [
          gridX(ticks, { stroke: 'var(--line)', strokeOpacity: 1 }),
          axisX(ticks, { tickFormat: axis.tickText, tickSize: 0, fill: 'var(--soft)', label: null }),
        ];
  const options: PlotOptions = {
    marginLeft: layout.left,
    marginRight: layout.right,
    marginTop: top,
    marginBottom: bottom,
    x: { domain: [...ends], axis: null },
    y: { type: 'band', domain: rows.map((_, index) => index), axis: null, padding: 0, round: false },
  };
  const words = room.isNarrow ? narrowWords(rows, room, layout) : wideWords(rows, layout);
  const height = top + bottom + rows.length * layout.rowHeight;
  const title: Markish[] =
    axis?.title === undefined
      ? []
      : [text([axis.title], { frameAnchor: 'top-left', dy: -20, fill: 'var(--soft)', text: (word: string) => word })];
  return { width: room.width, height, marks: [...axes, ...title, ...marks(place), ...words], options };
}
