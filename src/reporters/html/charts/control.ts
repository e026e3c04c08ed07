import { areaY, dot, line, type Markish, ruleY, text } from '@observablehq/plot';
import { safeText } from '../../../i18n/safe-text.ts';
import type { Translator } from '../../../i18n/translator.ts';
import type { Chart } from '../../../report/chart.ts';
import { periodGround } from './periods.ts';
import type { RowRoom } from './rows.ts';
import type { DrawnChart } from './svg.ts';

type ControlChart = Extract<Chart, { readonly type: 'control' }>;

interface Point {
  readonly x: number;
  /** NaN breaks the line. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly isOutside: boolean;
  readonly text: string;
}

const TOP = 22;

function pointsOf({ points }: ControlChart, [from, to]: readonly [number, number]): Point[] {
  const within = (value: number | null) => (value === null ? Number.NaN : Math.min(to, Math.max(from, value)));
  return points.map(({ value, low, high, isOutside, text: words }, x) => ({
    x,
    value: value ?? Number.NaN,
    low: within(low),
    high: within(high),
    isOutside,
    text: safeText(words),
  }));
}

function shapes(points: readonly Point[]): Markish[] {
  const [inside, outside] = [points.filter((each) => !each.isOutside), points.filter((each) => each.isOutside)];
  return [
    areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: 'var(--accent-pale)', curve: 'step' }),
    line(points, { x: 'x', y: 'value', stroke: 'var(--accent)', strokeWidth: 2 }),
    dot(inside, { x: 'x', y: 'value', r: 3.5, fill: 'var(--accent)', title: 'text' }),
    dot(outside, { x: 'x', y: 'value', r: 7, symbol: 'diamond', fill: 'var(--bad)', title: 'text' }),
  ];
}

function centreMarks({ centre }: ControlChart, last: number): Markish[] {
  if (centre === null) return [];
  const label = {
    x: () => last,
    y: 'value',
    dy: -9,
    dx: 6,
    textAnchor: 'end',
    fill: 'var(--ink)',
    stroke: 'var(--page)',
    strokeWidth: 4,
    text: (each: { readonly label: string }) => safeText(each.label),
  } as const;
  return [ruleY([centre.value], { stroke: 'var(--ink)', strokeDasharray: '4 4' }), text([centre], label)];
}

/** Periods as a line with the band that chance keeps them within; a period outside of it has another shape too. */
export function controlChart(chart: ControlChart, room: RowRoom, translator: Translator): DrawnChart {
  const values = chart.points.flatMap(({ value, low, high }) => [value, low, high]);
  const labels = chart.points.map(({ label }) => label);
  const all = [...values, chart.centre?.value ?? null];
  const ground = periodGround({ labels, values: all, unit: chart.unit, room, top: TOP }, translator);
  const marks = [...shapes(pointsOf(chart, ground.ends)), ...centreMarks(chart, labels.length - 1)];
  return { width: room.width, height: ground.height, options: ground.options, marks: [...ground.axes, ...marks] };
}
