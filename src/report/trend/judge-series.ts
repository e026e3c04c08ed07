import { controlChart, MOVING_RANGE_SCALE } from '../../stats/control-chart.ts';
import { ewmaChart, individualsChart } from '../../stats/series-chart.ts';
import type { HeadlineKind } from '../compare/headlines.ts';

/** A value of a series, with its counts where it is a rate. */
export interface SeriesValue {
  readonly value: number | null;
  readonly count: number | null;
  readonly of: number | null;
}

export interface JudgedPoint {
  readonly value: number | null;
  /** Limits that chance keeps the value within; null where the series is not judged, or the value is unknown. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Outside its limits. */
  readonly isOdd: boolean;
  /** The moving average of the values so far is further from the centre than chance lets it be. */
  readonly isDrifting: boolean;
}

/**
 * What the series as a whole says: `odd` and `drifting` are about the latest value; `moving` where so many are odd that
 * there is no level to hold them against; `notJudged` with too few values.
 */
export type SeriesState = 'steady' | 'odd' | 'drifting' | 'moving' | 'notJudged';

export interface JudgedSeries {
  readonly state: SeriesState;
  /** How the limits were found; null where the series is not judged. */
  readonly chart: 'laney' | 'individuals' | null;
  /** Mean of the values, of rates all counts together; null where the series is not judged. */
  readonly centre: number | null;
  readonly points: readonly JudgedPoint[];
}

/** With fewer points no single one can be called odd. */
export const FEWEST_POINTS = 8;
/** Where a larger share of the values is odd, the level itself moves. */
const MOST_ODD = 0.25;
/** Weight of the newest value in the moving average, as is usual. */
const LAMBDA = 0.3;

type Known = { readonly value: number; readonly count: number; readonly of: number };

interface Judged {
  readonly chart: 'laney' | 'individuals';
  readonly centre: number;
  /** One for each known value. */
  readonly points: readonly Pick<JudgedPoint, 'lower' | 'upper' | 'isOdd' | 'isDrifting'>[];
}

function notJudged(values: readonly SeriesValue[]): JudgedSeries {
  const points = values.map(({ value }) => ({ value, lower: null, upper: null, isOdd: false, isDrifting: false }));
  return { state: 'notJudged', chart: null, centre: null, points };
}

function drifting(standardised: readonly number[], sigma: number): readonly boolean[] {
  // Without any spread the average is off by no more than a rounding error.
  if (sigma === 0) return standardised.map(() => false);
  return ewmaChart(standardised, { lambda: LAMBDA, target: 0, sigma }).map(({ isOut }) => isOut);
}

function stateOf(points: readonly JudgedPoint[]): SeriesState {
  const judged = points.filter(({ lower }) => lower !== null);
  const last = judged.at(-1);
  if (judged.filter(({ isOdd }) => isOdd).length > MOST_ODD * judged.length) return 'moving';
  if (last?.isOdd === true) return 'odd';
  return last?.isDrifting === true ? 'drifting' : 'steady';
}

/** Rates, by their counts: the limits widen where there are fewer deals. */
function judgeRates(known: readonly Known[]): Judged | null {
  const chart = controlChart(known);
  if (chart === null) return null;
  const { pooled, sigmaZ, limits } = chart;
  const standardised = known.map(({ count, of }) => (count / of - pooled) / Math.sqrt((pooled * (1 - pooled)) / of));
  const drifts = drifting(standardised, Math.max(1, sigmaZ));
  const points = limits.map(({ lower, upper, isOdd }, index) => ({
    lower,
    upper,
    isOdd,
    isDrifting: drifts[index] === true,
  }));
  return { chart: 'laney', centre: pooled, points };
}

/** Amounts, counts and days: by how much they differ from one report to the next. */
function judgeValues(known: readonly Known[], least: number, most: number): Judged | null {
  const chart = individualsChart(known.map(({ value }) => value));
  if (chart === null) return null;
  const { mean, meanMovingRange, points } = chart;
  const sigma = meanMovingRange / MOVING_RANGE_SCALE;
  const drifts = drifting(
    known.map(({ value }) => value - mean),
    sigma,
  );
  return {
    chart: 'individuals',
    centre: mean,
    points: points.map(({ lower, upper, isOut }, index) => ({
      lower: Math.max(least, lower),
      upper: Math.min(most, upper),
      isOdd: isOut && sigma > 0,
      isDrifting: drifts[index] === true,
    })),
  };
}

/**
 * Judges a series: rates by Laney's p′ chart (exact limits where few deals are counted), other values by an individuals
 * chart, and both by a moving average (EWMA) for slow drift. Under eight known values nothing is judged; unknown values
 * are left out. A rate without counts, one that is 0 or 1 throughout, and a running total are not judged either.
 */
export function judgeSeries(
  values: readonly SeriesValue[],
  {
    unit,
    isRunningTotal = false,
    most = Number.POSITIVE_INFINITY,
  }: Pick<HeadlineKind, 'unit' | 'isRunningTotal' | 'most'>,
): JudgedSeries {
  const isRate = unit === 'rate';
  const isKnown = ({ value, count, of }: SeriesValue): boolean =>
    value !== null && (!isRate || (count !== null && of !== null && of > 0));
  const known = values.filter(isKnown) as readonly Known[];
  if (known.length < FEWEST_POINTS || isRunningTotal) return notJudged(values);
  // Only an amount can be below zero, and only where some are.
  const least = known.some(({ value }) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
  const judged = isRate ? judgeRates(known) : judgeValues(known, least, most);
  if (judged === null) return notJudged(values);
  const limits = judged.points.values();
  const points = values.map((each): JudgedPoint => {
    const next = isKnown(each) ? limits.next().value : undefined;
    return { value: each.value, ...(next ?? { lower: null, upper: null, isOdd: false, isDrifting: false }) };
  });
  return { state: stateOf(points), chart: judged.chart, centre: judged.centre, points };
}
