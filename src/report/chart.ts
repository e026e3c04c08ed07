/** A stage with what stands in it now. */
export interface FunnelRow {
  readonly label: string;
  readonly value: number;
  /** The figure in words, with its base. */
  readonly text: string;
  /** What the deals in it are worth, an entry for each currency; they have no common scale. */
  readonly amounts?: readonly { readonly currency: string; readonly value: number; readonly text: string }[];
}

/** An estimate with its interval; `null` where nothing is known. */
export interface IntervalRow {
  readonly label: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  readonly tone?: 'good' | 'warn' | 'bad' | 'muted';
}

/** Quantiles of a stay in days, `null` where the curve does not get there, and the ages of the deals that are still there. */
export interface QuantileRow {
  readonly label: string;
  readonly p25: number | null;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly openDays: readonly number[];
  /** All deals that are still there, of which `openDays` may be but some. */
  readonly openAges?: {
    readonly deals: number;
    readonly median: number | null;
    readonly p90: number | null;
    readonly max: number | null;
  };
  /** Deals that have been there for longer count as stalled. */
  readonly limitDays?: number | null;
  readonly text: string;
}

export interface HeatCell {
  /** 0–1; `null` where there is nothing to measure. */
  readonly value: number | null;
  /** What stands in the cell. */
  readonly text: string;
  /** The figure in words, with its base. */
  readonly title: string;
}

export interface HeatRow {
  readonly label: string;
  /** One for each column. */
  readonly cells: readonly HeatCell[];
}

/** A period with its value and the limits that chance keeps it within. */
export interface ControlPoint {
  readonly label: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly isOutside: boolean;
  readonly text: string;
}

/** One value a period, drawn in a colour of its own; `null` where nothing is known of the period. */
export interface Series {
  readonly label: string;
  /** One for each period. */
  readonly values: readonly (number | null)[];
  readonly tone?: 'good' | 'bad' | 'muted';
}

/** What the axis of a chart counts; rates are 0–1. */
export type ChartUnit = 'rate' | 'days' | 'count' | 'money';

/** The figures of a chart, free of how it is drawn. Rows are never empty. */
export type Chart =
  | { readonly type: 'funnel'; readonly rows: readonly FunnelRow[] }
  | {
      readonly type: 'intervals';
      readonly unit: ChartUnit;
      /** Currency of the axis where it is money. */
      readonly currency?: string;
      readonly rows: readonly IntervalRow[];
      /** A line across all rows, such as a target. */
      readonly reference?: { readonly value: number; readonly label: string };
    }
  | { readonly type: 'quantiles'; readonly unit: 'days'; readonly rows: readonly QuantileRow[] }
  | {
      readonly type: 'heat';
      readonly columns: readonly string[];
      readonly rows: readonly HeatRow[];
      /** Whether a high value is one to be glad of. */
      readonly isHighGood: boolean;
    }
  | {
      readonly type: 'control';
      readonly unit: ChartUnit;
      readonly points: readonly ControlPoint[];
      readonly centre: { readonly value: number; readonly label: string } | null;
    }
  | {
      /** Several counts side by side, from period to period. */
      readonly type: 'series';
      readonly unit: ChartUnit;
      readonly periods: readonly string[];
      readonly series: readonly Series[];
      /** The last period is not over. */
      readonly isLastPartial: boolean;
    };
