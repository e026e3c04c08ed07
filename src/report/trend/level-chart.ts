import { binomialLimits } from '../../stats/binomial.ts';
import { ALARM_TAIL, type ControlChart, MOVING_RANGE_SCALE, proportionLimits } from '../../stats/control-chart.ts';
import { mean } from '../../stats/mean.ts';

/**
 * Above this a series cannot be told from one that wanders without a level: there is no mean to hold its values against.
 * It also bounds what the limits are widened by (4.5 times).
 */
const MOST_PERSISTENCE = 0.95;
/** With fewer hits (or misses) expected the normal distribution is no guide. */
const FEWEST_EXPECTED = 5;

/**
 * How much of the distance from the mean a value keeps until the next report: the first autocorrelation, corrected for
 * its bias in a short series by (1 + 3r)/k, from 0 to 0.95. Source: Kendall, Biometrika 41 (1954) 403–404.
 */
export function persistenceOf(values: readonly number[]): number {
  const centre = mean(values) ?? 0;
  let joint = 0;
  let spread = 0;
  let before = 0;
  for (const [index, value] of values.entries()) {
    const distance = value - centre;
    if (index > 0) joint += distance * before;
    spread += distance * distance;
    before = distance;
  }
  const first = spread === 0 ? 0 : joint / spread;
  const corrected = first + (1 + 3 * first) / values.length;
  return Math.min(MOST_PERSISTENCE, Math.max(0, corrected));
}

/** Whether a series wanders: no level can be told from its values. */
export function isWandering(persistence: number): boolean {
  return persistence >= MOST_PERSISTENCE;
}

/**
 * Standard deviation of a series around its level, from what its values differ by from one to the next. Neighbours that
 * share most of their deals differ by less than values that do not: σ = mean moving range / 1.128 / √(1 − φ) for an
 * autoregressive series, which is Shewhart's where φ is 0.
 */
export function levelSigma(meanMovingRange: number, persistence: number): number {
  return meanMovingRange / MOVING_RANGE_SCALE / Math.sqrt(1 - persistence);
}

/**
 * Limits of one rate of a chart, the spread between reports widened in the same way; exact binomial ones where few hits
 * are expected.
 */
export function levelRateLimits(
  { count, of }: { readonly count: number; readonly of: number },
  { pooled, sigmaZ }: Pick<ControlChart, 'pooled' | 'sigmaZ'>,
  persistence: number,
): { readonly lower: number; readonly upper: number; readonly isOdd: boolean } {
  if (of * Math.min(pooled, 1 - pooled) < FEWEST_EXPECTED) {
    const [lowest, highest] = binomialLimits(of, pooled, ALARM_TAIL);
    return { lower: lowest / of, upper: highest / of, isOdd: count < lowest || count > highest };
  }
  const spread = Math.max(1, sigmaZ / Math.sqrt(1 - persistence));
  const [lower, upper] = proportionLimits(of, pooled, spread);
  return { lower, upper, isOdd: count / of < lower || count / of > upper };
}
