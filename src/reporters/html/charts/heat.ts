import { axisX, cell, type Markish, text } from '@observablehq/plot';
import { cutMiddle } from '../../../i18n/cut-middle.ts';
import { safeText } from '../../../i18n/safe-text.ts';
import { displayWidth, truncateToWidth } from '../../../i18n/width.ts';
import type { Chart } from '../../../report/chart.ts';
import type { RowRoom } from './rows.ts';
import type { DrawnChart } from './svg.ts';

type HeatChart = Extract<Chart, { readonly type: 'heat' }>;

/** From which share of what is wanting a cell gets the next stronger colour. */
const STEPS = [0.02, 0.1, 0.25, 0.5];
const ROW_HEIGHT = 28;
const LETTER = 7.2;
const GAP = 8;
const NARROWEST_CELL = 68;
const NARROWEST_CELL_OF_PHONE = 54;
const WIDEST_CELL = 110;

interface Cell {
  readonly x: number;
  readonly y: number;
  /** 0–4, the greater the worse; null where there is nothing to measure. */
  readonly step: number | null;
  readonly text: string;
  readonly title: string;
}

function cellsOf({ rows, isHighGood }: HeatChart): Cell[] {
  return rows.flatMap(({ cells }, y) =>
    cells.map(({ value, text: words, title }, x) => {
      const wanting = value === null ? null : isHighGood ? 1 - value : value;
      const step = wanting === null ? null : STEPS.filter((from) => wanting > from).length;
      return { x, y, step, text: safeText(words), title: safeText(title) };
    }),
  );
}

interface Layout {
  readonly left: number;
  readonly cellWidth: number;
  /** Lines of the longest title of a column. */
  readonly lines: number;
  readonly titles: readonly string[];
}

/** Letters that a line of a column title holds. */
function lettersOf(cellWidth: number): number {
  return Math.max(4, Math.floor((cellWidth - 4) / LETTER));
}

function layoutOf({ rows, columns }: HeatChart, { width, isNarrow }: RowRoom): Layout {
  const widest = Math.max(0, ...rows.map(({ label }) => displayWidth(safeText(label))));
  const left = Math.min(isNarrow ? 110 : 200, Math.ceil(widest * LETTER)) + GAP;
  const room = (width - left - 2) / Math.max(1, columns.length);
  const cellWidth = Math.min(WIDEST_CELL, Math.max(isNarrow ? NARROWEST_CELL_OF_PHONE : NARROWEST_CELL, room));
  const letters = lettersOf(cellWidth);
  const titles = columns.map((title) => truncateToWidth(safeText(title), letters * 2));
  const lines = Math.max(1, ...titles.map((title) => (displayWidth(title) > letters ? 2 : 1)));
  return { left, cellWidth, lines, titles };
}

/** A title on two lines, broken behind a space or a slash where there is one. */
function onTwoLines(title: string, letters: number): string {
  if (displayWidth(title) <= letters) return title;
  const end = Math.max(title.lastIndexOf(' ', letters), title.lastIndexOf('/', letters - 1));
  if (end > 0) return `${title.slice(0, end + 1).trimEnd()}\n${title.slice(end + 1)}`;
  const head = truncateToWidth(title, letters + 1).replace(/…$/, '');
  return `${head}\n${title.slice(head.length)}`;
}

const colourOf = ({ step }: Cell): string => `var(--heat-${step ?? 0})`;
const inkOf = ({ step }: Cell): string => (step === null ? 'var(--soft)' : `var(--heat-ink-${step})`);

function cellMarks(cells: readonly Cell[]): Markish[] {
  const place = { x: (each: Cell) => each.x, y: (each: Cell) => each.y };
  const known = cells.filter(({ step }) => step !== null);
  const unknown = cells.filter(({ step }) => step === null);
  return [
    cell(known, { ...place, inset: 1, rx: 3, fill: colourOf, title: 'title' }),
    cell(unknown, { ...place, inset: 1.5, rx: 3, fill: 'none', stroke: 'var(--line)', strokeDasharray: '3 3' }),
    text(cells, { ...place, text: 'text', fill: inkOf }),
  ];
}

/** A cell for each row and column, with its figure written in it; the stronger its colour, the more is wanting. */
export function heatChart(chart: HeatChart, room: RowRoom): DrawnChart {
  const { left, cellWidth, lines, titles } = layoutOf(chart, room);
  const letters = lettersOf(cellWidth);
  const top = 8 + lines * 14;
  const labels = chart.rows.map(({ label }) => cutMiddle(safeText(label), Math.floor((left - GAP) / LETTER) + 1));
  const y = (_: unknown, index: number): number => index;
  return {
    width: Math.ceil(left + cellWidth * chart.columns.length + 2),
    height: top + chart.rows.length * ROW_HEIGHT + 2,
    options: {
      marginLeft: left,
      marginRight: 2,
      marginTop: top,
      marginBottom: 2,
      x: { type: 'band', domain: chart.columns.map((_, index) => index), axis: null, padding: 0, round: false },
      y: { type: 'band', domain: chart.rows.map((_, index) => index), axis: null, padding: 0, round: false },
      color: { type: 'identity' },
    },
    marks: [
      axisX({
        anchor: 'top',
        tickSize: 0,
        label: null,
        fill: 'var(--soft)',
        tickFormat: (index: number) => onTwoLines(titles[index] ?? '', letters),
      }),
      ...cellMarks(cellsOf(chart)),
      text(labels, {
        y,
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -GAP,
        text: (label: string) => label,
        fill: 'var(--ink)',
      }),
    ],
  };
}
