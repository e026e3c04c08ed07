import { barX, dot, type Markish, ruleY, tickX } from '@observablehq/plot';
import { say } from '../../../i18n/text.ts';
import type { Translator } from '../../../i18n/translator.ts';
import type { QuantileRow } from '../../../report/chart.ts';
import { type RowPlace, type RowRoom, rowChart } from './rows.ts';
import { endsOf, niceTicks, unitText } from './scale.ts';
import type { DrawnChart } from './svg.ts';

const AXIS_TITLE = say('days in the stage', '停留天数');

/** Steps along the axis that dots are told apart by. */
const DOT_STEPS = 160;
const LEAST_RADIUS = 2.5;
const MOST_RADIUS = 6;
/** Share of the open deals of all stages that the axis reaches at least. */
const OPEN_SHARE = 0.9;

interface Dot {
  readonly y: number;
  readonly days: number;
  /** Deals of about that age. */
  readonly deals: number;
  /** The deal has been there for longer than the axis reaches. */
  readonly isBeyond: boolean;
}

function longestShown(rows: readonly QuantileRow[]): number {
  const ended = rows.flatMap(({ p75, p90 }) => [p75, p90]).filter((days) => days !== null);
  const open = rows
    .flatMap(({ openDays }) => openDays)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const common = open[Math.min(open.length - 1, Math.floor(open.length * OPEN_SHARE))] ?? 0;
  return Math.max(1, common, ...ended.filter(Number.isFinite));
}

/** Deals of about the same age share a dot, so that no stage needs more dots than there is room for. */
function dotsOf(rows: readonly QuantileRow[], end: number): Dot[] {
  return rows.flatMap(({ openDays }, y) => {
    const steps = new Map<number, number>();
    for (const days of openDays) {
      if (!Number.isFinite(days)) continue;
      const step = days > end ? DOT_STEPS + 1 : Math.round((days / end) * DOT_STEPS);
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    return [...steps]
      .sort(([a], [b]) => a - b)
      .map(([step, deals]) => ({
        y,
        days: Math.min(end, (step / DOT_STEPS) * end),
        deals,
        isBeyond: step > DOT_STEPS,
      }));
  });
}

/** The dots that some rows are drawn with in a wide chart; a narrow one reaches as far or a little further. */
export function dotsDrawn(rows: readonly QuantileRow[]): readonly Pick<Dot, 'deals' | 'isBeyond'>[] {
  return dotsOf(rows, endsOf(ticksOf(rows, false))[1]);
}

function ticksOf(rows: readonly QuantileRow[], isNarrow: boolean): number[] {
  return niceTicks(0, longestShown(rows), isNarrow ? 4 : 7);
}

/** The area of a dot grows with its deals, as far as there is room. */
function radiusOf({ deals }: Dot): number {
  return Math.min(MOST_RADIUS, LEAST_RADIUS * Math.sqrt(deals));
}

interface Placed {
  readonly y: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
}

/** Rows with numbers where they have them, NaN where not: what would need one of those is not drawn. */
function placedRows(rows: readonly QuantileRow[]): Placed[] {
  const known = (days: number | null): number => days ?? Number.NaN;
  return rows.map(({ p25, median, p75, p90 }, y) => ({
    y,
    // Where the lower quarter is unknown, the box is its upper half.
    p25: known(p25 ?? median),
    median: known(median),
    p75: known(p75),
    p90: known(p90),
  }));
}

/** Where a stay begins to count as stalled, in rows that say so and within the axis. */
function limitMarks(rows: readonly QuantileRow[], end: number, { insetTop, insetBottom }: RowPlace): Markish[] {
  const limits = rows.flatMap(({ limitDays = null }, y) =>
    limitDays === null || !(limitDays <= end) ? [] : [{ y, limitDays }],
  );
  const y = (row: { readonly y: number }): number => row.y;
  return [tickX(limits, { x: 'limitDays', y, insetTop, insetBottom, stroke: 'var(--bad)', strokeDasharray: '3 2' })];
}

const BOX_HEIGHT = 16;
const DRAWN_HEIGHT = 28;

function boxMarks(rows: readonly QuantileRow[], { dy, insetTop, insetBottom }: RowPlace): Markish[] {
  const placed = placedRows(rows);
  const y = (row: Placed): number => row.y;
  const upper = { insetTop, insetBottom: insetBottom + DRAWN_HEIGHT - BOX_HEIGHT };
  return [
    ruleY(placed, { x1: 'p75', x2: 'p90', y, dy: dy - (DRAWN_HEIGHT - BOX_HEIGHT) / 2, stroke: 'var(--accent)' }),
    barX(placed, { x1: 'p25', x2: 'p75', y, ...upper, fill: 'var(--accent-pale)', stroke: 'var(--accent)' }),
    tickX(placed, { x: 'median', y, ...upper, stroke: 'var(--accent)', strokeWidth: 3 }),
  ];
}

/** A box from the first to the third quarter with the median and a line to the 90th percentile, the open deals below. */
export function quantilesChart(rows: readonly QuantileRow[], room: RowRoom, translator: Translator): DrawnChart {
  const ticks = ticksOf(rows, room.isNarrow);
  const ends = endsOf(ticks);
  const dots = dotsOf(rows, ends[1]);
  const y = (each: Dot): number => each.y;
  const low = DRAWN_HEIGHT / 2 - 5;
  return rowChart({
    rows,
    room,
    drawnHeight: DRAWN_HEIGHT,
    axis: { ticks, tickText: unitText('days', null, translator), title: translator.text(AXIS_TITLE) },
    ends,
    marks: (place) => [
      ...boxMarks(rows, place),
      ...limitMarks(rows, ends[1], place),
      dot(
        dots.filter(({ isBeyond }) => !isBeyond),
        {
          x: 'days',
          y,
          dy: place.dy + low,
          r: { value: radiusOf, scale: null },
          fill: 'var(--warn)',
          fillOpacity: 0.6,
        },
      ),
      dot(
        dots.filter(({ isBeyond }) => isBeyond),
        { x: 'days', y, dx: -1, dy: place.dy + low, r: 4, symbol: 'triangle', rotate: 90, fill: 'var(--warn)' },
      ),
    ],
  });
}
