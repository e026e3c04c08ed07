import { axisX, axisY, gridY, type Markish, type PlotOptions } from '@observablehq/plot';
import { safeText } from '../../../i18n/safe-text.ts';
import type { Translator } from '../../../i18n/translator.ts';
import { displayWidth } from '../../../i18n/width.ts';
import type { ChartUnit } from '../../../report/chart.ts';
import type { RowRoom } from './rows.ts';
import { endsOf, ticksFor, unitText } from './scale.ts';

const LETTER = 7.2;
const HEIGHT = 240;
const RIGHT = 26;
const BOTTOM = 28;

/** What a chart from period to period stands on. */
interface Periods {
  readonly labels: readonly string[];
  /** All values that have to have room. */
  readonly values: readonly (number | null)[];
  readonly unit: ChartUnit;
  readonly room: RowRoom;
  /** Pixels above the drawing. */
  readonly top: number;
}

interface PeriodGround {
  /** Ends of the axis of values. */
  readonly ends: readonly [number, number];
  readonly height: number;
  readonly options: PlotOptions;
  readonly axes: readonly Markish[];
}

/** Every so manyth label, so that they do not touch; the last one always. */
function labelledPeriods(labels: readonly string[], pixels: number): number[] {
  const widest = Math.max(1, ...labels.map((label) => displayWidth(safeText(label))));
  const room = Math.max(1, Math.floor(pixels / (widest * LETTER + 10)));
  const every = Math.max(1, Math.ceil(labels.length / room));
  return labels.flatMap((_, index) => ((labels.length - 1 - index) % every === 0 ? [index] : []));
}

/** Axes for values from period to period; `x` of a period is its index. */
export function periodGround({ labels, values, unit, room, top }: Periods, translator: Translator): PeriodGround {
  const ticks = ticksFor(values, unit, 5);
  const ends = endsOf(ticks);
  const tickText = unitText(unit, null, translator);
  const left = 12 + Math.ceil(LETTER * Math.max(...ticks.map((tick) => displayWidth(tickText(tick)))));
  const last = labels.length - 1;
  return {
    ends,
    height: HEIGHT + top - (room.isNarrow ? 20 : 0),
    options: {
      marginLeft: left,
      marginRight: RIGHT,
      marginTop: top,
      marginBottom: BOTTOM,
      x: { type: 'linear', domain: last > 0 ? [-0.4, last + 0.4] : [-1, 1], axis: null },
      y: { type: 'linear', domain: [...ends], axis: null },
    },
    axes: [
      gridY(ticks, { stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY(ticks, { tickFormat: tickText, tickSize: 0, label: null, fill: 'var(--soft)' }),
      axisX(labelledPeriods(labels, room.width - left - RIGHT), {
        tickFormat: (index: number) => safeText(labels[index] ?? ''),
        tickSize: 0,
        label: null,
        fill: 'var(--soft)',
      }),
    ],
  };
}
