import { binomialLimits } from './binomial.ts';

/** Limits of one period of a chart, both 0–1, and whether its proportion lies outside them. */
export interface ControlLimits {
  readonly lower: number;
  readonly upper: number;
  readonly isOdd: boolean;
  /** The limits were chance alone at work: the same, unless the periods swing more than that. */
  readonly chance: readonly [lower: number, upper: number];
}

/** A chart of proportions, one a period in order of time. */
export interface ControlChart {
  readonly pooled: number;
  /** How much more the periods differ from their neighbours than chance lets them: 1 where chance alone is at work. */
  readonly sigmaZ: number;
  readonly limits: readonly ControlLimits[];
}

/** Beyond three standard deviations on one side of a normal distribution, as Shewhart's charts have it. */
export const ALARM_TAIL = 0.00135;
/** Mean distance of two normal values that follow each other, in standard deviations. */
export const MOVING_RANGE_SCALE = 1.128;
/** With fewer hits (or misses) expected the normal distribution is no guide. */
const FEWEST_EXPECTED = 5;

type Period = { readonly count: number; readonly of: number };

/** How far each proportion is from the pooled one, in standard deviations of its base. */
export function standardisedProportions(periods: readonly Period[], pooled: number): number[] {
  return periods.map(({ count, of }) => (count / of - pooled) / Math.sqrt((pooled * (1 - pooled)) / of));
}

/**
 * Limits of a chart of proportions, p̄ ± 3·√(p̄(1 − p̄)/n)·σz, kept inside 0–1; with σz 1 those of the plain p chart.
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2.
 */
export function proportionLimits(of: number, pooled: number, sigmaZ: number): readonly [number, number] {
  const halfWidth = 3 * Math.sqrt((pooled * (1 - pooled)) / of) * sigmaZ;
  return [Math.max(0, pooled - halfWidth), Math.min(1, pooled + halfWidth)];
}

/** Mean moving range of the standardised proportions, in standard deviations; 0 for one period. */
function sigmaOf(periods: readonly Period[], pooled: number): number {
  const standardised = standardisedProportions(periods, pooled);
  let sum = 0;
  for (let index = 1; index < standardised.length; index++) {
    sum += Math.abs((standardised[index] as number) - (standardised[index - 1] as number));
  }
  return standardised.length < 2 ? 0 : sum / (standardised.length - 1) / MOVING_RANGE_SCALE;
}

function limitsOf({ count, of }: Period, pooled: number, sigmaZ: number): ControlLimits {
  if (of * Math.min(pooled, 1 - pooled) < FEWEST_EXPECTED) {
    const [lowest, highest] = binomialLimits(of, pooled, ALARM_TAIL);
    const chance = [lowest / of, highest / of] as const;
    return { lower: chance[0], upper: chance[1], isOdd: count < lowest || count > highest, chance };
  }
  const [lower, upper] = proportionLimits(of, pooled, Math.max(1, sigmaZ));
  const chance = proportionLimits(of, pooled, 1);
  return { lower, upper, isOdd: count / of < lower || count / of > upper, chance };
}

/**
 * Laney's p′ chart: limits p̄ ± 3·√(p̄(1 − p̄)/nᵢ)·max(1, σz), where σz is the mean moving range of the standardised
 * proportions divided by 1.128; exact binomial limits (0.135 % on each side) where fewer than 5 hits or misses are
 * expected. Source: Laney, Quality Engineering 14 (2002) 531–537. Periods without a base have to be left out. Null with
 * no period, or all alike (p̄ 0 or 1).
 */
export function controlChart(periods: readonly Period[]): ControlChart | null {
  const total = periods.reduce((sum, { of }) => sum + of, 0);
  const pooled = periods.reduce((sum, { count }) => sum + count, 0) / total;
  if (!(pooled > 0 && pooled < 1)) return null;
  const sigmaZ = sigmaOf(periods, pooled);
  return { pooled, sigmaZ, limits: periods.map((period) => limitsOf(period, pooled, sigmaZ)) };
}

/**
 * Smallest base at which a period without a single hit is no chance: the first n with (1 − p̄)ⁿ below 0.135 %.
 * @throws RangeError unless p̄ lies between 0 and 1.
 */
export function smallestAlarmingBase(pooled: number): number {
  if (!(pooled > 0 && pooled < 1)) throw new RangeError('a proportion must lie between 0 and 1');
  return Math.floor(Math.log(ALARM_TAIL) / Math.log1p(-pooled)) + 1;
}
