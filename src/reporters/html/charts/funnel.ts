import { barX } from '@observablehq/plot';
import type { FunnelRow } from '../../../report/chart.ts';
import { type RowRoom, rowChart } from './rows.ts';
import type { DrawnChart } from './svg.ts';

/** Bars from the first stage down, each as long as there is much in it. */
export function funnelChart(rows: readonly FunnelRow[], room: RowRoom): DrawnChart {
  const most = Math.max(0, ...rows.map(({ value }) => value).filter(Number.isFinite));
  return rowChart({
    rows,
    room,
    drawnHeight: room.isNarrow ? 14 : 24,
    axis: null,
    ends: [0, most > 0 ? most : 1],
    marks: ({ insetTop, insetBottom }) => [
      barX(rows, {
        x1: 0,
        x2: ({ value }: FunnelRow) => value,
        y: (_: FunnelRow, index: number) => index,
        insetTop,
        insetBottom,
        fill: 'var(--accent-fill)',
        rx: 2,
      }),
    ],
  });
}
