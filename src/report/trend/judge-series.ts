import { controlChart, standardisedProportions } from '../../stats/control-chart.ts';
import { individualsChart } from '../../stats/series-chart.ts';
import type { HeadlineKind } from '../compare/headlines.ts';
import { isWandering, levelRateLimits, levelSigma, persistenceOf } from './level-chart.ts';

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
  /**
   * Always false: a moving average takes neighbouring reports for independent, and nearly every figure here is of deals
   * that both of them hold. The key stays for those who read it.
   */
  readonly isDrifting: false;
}

/**
 * What the series as a whole says: `odd` is about the latest value; `moving` where the values wander, or so many are odd,
 * that there is no level to hold them against; `notJudged` with too few values.
 */
export type SeriesState = 'steady' | 'odd' | 'moving' | 'notJudged';

export interface JudgedSeries {
  readonly state: SeriesState;
  /** How the limits were found; null where there are none. */
  readonly chart: 'laney' | 'individuals' | null;
  /** Mean of the values, of rates all counts together; null where there are no limits. */
  readonly centre: number | null;
  readonly points: readonly JudgedPoint[];
}

/** With fewer points no single one can be called odd. */
export const FEWEST_POINTS = 8;
/** Where a larger share of the values is odd, the level itself moves. */
const MOST_ODD = 0.25;
/** Values beyond so many standard deviations are odd. */
const LIMIT_SIGMAS = 3;

type Known = { readonly value: number; readonly count: number; readonly of: number };

type JudgedLimits = Pick<JudgedPoint, 'lower' | 'upper' | 'isOdd'>;

interface Judged {
  readonly chart: 'laney' | 'individuals';
  readonly centre: number;
  /** One for each known value. */
  readonly points: readonly JudgedLimits[];
}

const NO_LIMITS = { lower: null, upper: null, isOdd: false } as const;

function withoutLimits(values: readonly SeriesValue[], state: 'moving' | 'notJudged'): JudgedSeries {
  const points = values.map(({ value }) => ({ value, ...NO_LIMITS, isDrifting: false as const }));
  return { state, chart: null, centre: null, points };
}

function stateOf(points: readonly JudgedLimits[]): SeriesState {
  const judged = points.filter(({ lower }) => lower !== null);
  if (judged.filter(({ isOdd }) => isOdd).length > MOST_ODD * judged.length) return 'moving';
  return judged.at(-1)?.isOdd === true ? 'odd' : 'steady';
}

/** Rates, by their counts: the limits widen where there are fewer deals. Null where none can be given. */
function judgeRates(known: readonly Known[]): Judged | 'moving' | null {
  const chart = controlChart(known);
  if (chart === null) return null;
  const { pooled } = chart;
  const persistence = persistenceOf(standardisedProportions(known, pooled));
  const plain = known.map((each) => levelRateLimits(each, { pooled, sigmaZ: 1 }, 0));
  const isWithinChance = plain.every(({ isOdd }) => !isOdd);
  // What wanders within the limits of chance alone has not left its level.
  if (isWandering(persistence) && !isWithinChance) return 'moving';
  const points = known.map((each, index): JudgedLimits => {
    if (isWithinChance) return plain[index] as JudgedLimits;
    return levelRateLimits(each, chart, persistence);
  });
  return { chart: 'laney', centre: pooled, points };
}

/** Amounts, counts and days: by how much they differ from one report to the next. */
function judgeValues(known: readonly Known[], least: number, most: number): Judged | 'moving' | null {
  const values = known.map(({ value }) => value);
  const chart = individualsChart(values);
  if (chart === null) return null;
  const { mean, meanMovingRange } = chart;
  // Without any spread what is off is a rounding error.
  const persistence = meanMovingRange === 0 ? 0 : persistenceOf(values);
  if (isWandering(persistence)) return 'moving';
  const half = LIMIT_SIGMAS * levelSigma(meanMovingRange, persistence);
  const points = values.map((value) => ({
    lower: Math.max(least, mean - half),
    upper: Math.min(most, mean + half),
    isOdd: half > 0 && Math.abs(value - mean) > half,
  }));
  return { chart: 'individuals', centre: mean, points };
}

/**
 * Judges a series of a figure that says how things stand: rates by Laney's p′ chart, other values by an individuals
 * chart, both with limits as wide as values need that depend on the ones before them. Under eight known values nothing is
 * judged; unknown values are left out. A rate without counts, one that is 0 or 1 throughout, and a running total are not
 * judged either.
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
  if (known.length < FEWEST_POINTS || isRunningTotal) return withoutLimits(values, 'notJudged');
  // Only an amount can be below zero, and only where some are.
  const least = known.some(({ value }) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
  const judged = isRate ? judgeRates(known) : judgeValues(known, least, most);
  if (judged === null || judged === 'moving') return withoutLimits(values, judged ?? 'notJudged');
  const limits = judged.points.values();
  const points = values.map((each): JudgedPoint => {
    const next = isKnown(each) ? limits.next().value : undefined;
    return { value: each.value, ...(next ?? NO_LIMITS), isDrifting: false };
  });
  return { state: stateOf(points), chart: judged.chart, centre: judged.centre, points };
}
