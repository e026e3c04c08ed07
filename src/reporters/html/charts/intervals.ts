import { dot, type Markish, ruleX, ruleY, text, tickX } from '@observablehq/plot';
import { safeText } from '../../../i18n/safe-text.ts';
import type { Translator } from '../../../i18n/translator.ts';
import type { Chart, IntervalRow } from '../../../report/chart.ts';
import { type RowPlace, type RowRoom, rowChart } from './rows.ts';
import { endsOf, ticksFor, unitText } from './scale.ts';
import type { DrawnChart } from './svg.ts';

type IntervalChart = Extract<Chart, { readonly type: 'intervals' }>;

interface Placed {
  readonly y: number;
  /** NaN where only its bounds are known: there is no dot. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly colour: string;
  readonly text: string;
}

const COLOURS = { good: 'var(--good)', warn: 'var(--warn)', bad: 'var(--bad)', muted: 'var(--soft)' } as const;

/** Rows with a value or bounds for it; an end of the interval that is open or unknown is at the end of the axis or the value itself. */
function placedRows(rows: readonly IntervalRow[], [start, end]: readonly [number, number]): Placed[] {
  const within = (value: number) => Math.min(end, Math.max(start, value));
  return rows.flatMap(({ value, low, high, tone, text: words }, y) => {
    const [from, to] = [low ?? value, high ?? value];
    if (from === null || to === null) return [];
    const colour = tone === undefined ? 'var(--accent)' : COLOURS[tone];
    return [{ y, value: value ?? Number.NaN, low: within(from), high: within(to), colour, text: safeText(words) }];
  });
}

function ticksOf({ rows, reference, unit }: IntervalChart, isNarrow: boolean): number[] {
  const values = rows.flatMap(({ value, low, high }) => [value, low, high]);
  return ticksFor([...values, reference?.value ?? null], unit, isNarrow ? 4 : 6);
}

/** In a narrow chart the line is left out where words stand. */
function referenceMarks(
  { reference, rows }: IntervalChart,
  { insetTop, insetBottom }: RowPlace,
  { isNarrow }: RowRoom,
): Markish[] {
  if (reference === undefined) return [];
  const label = {
    x: 'value',
    frameAnchor: 'top',
    dy: -20,
    fill: 'var(--ink)',
    text: (each: { readonly label: string }) => safeText(each.label),
  } as const;
  const stroke = { stroke: 'var(--ink)', strokeDasharray: '3 3' } as const;
  const line = isNarrow
    ? tickX(rows, {
        x: () => reference.value,
        y: (_: unknown, index: number) => index,
        insetTop,
        insetBottom,
        ...stroke,
      })
    : ruleX([reference.value], stroke);
  return [line, text([reference], label)];
}

function intervalMarks(placed: readonly Placed[], dy: number): Markish[] {
  const y = (row: Placed): number => row.y;
  const stroke = (row: Placed): string => row.colour;
  const line = { strokeWidth: 3, strokeOpacity: 0.45, strokeLinecap: 'round' } as const;
  return [
    ruleY(placed, { x1: 'low', x2: 'high', y, dy, stroke, ...line }),
    dot(placed, { x: 'value', y, dy, r: 4.5, fill: stroke, title: 'text' }),
  ];
}

/** A dot with its interval for each row, and a line across all rows where there is something to compare with. */
export function intervalsChart(chart: IntervalChart, room: RowRoom, translator: Translator): DrawnChart {
  const { rows, unit, currency = null, reference } = chart;
  const ticks = ticksOf(chart, room.isNarrow);
  const ends = endsOf(ticks);
  const placed = placedRows(rows, ends);
  // The label of the reference stands where the axis would have its title.
  const title = reference === undefined ? {} : { title: '' };
  return rowChart({
    rows,
    room,
    drawnHeight: 16,
    axis: { ticks, tickText: unitText(unit, currency, translator), ...title },
    ends,
    marks: (place) => [...referenceMarks(chart, place, room), ...intervalMarks(placed, place.dy)],
  });
}
