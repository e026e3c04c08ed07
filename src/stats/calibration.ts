/** Forecasts as probabilities, and what came of them: two lists of equal length. */
export interface JudgedForecasts {
  /** 0–1. */
  readonly probabilities: Float64Array;
  /** 1 where it happened, else 0. */
  readonly outcomes: Uint8Array;
}

/** Brier's score with the three parts it is made of: score = reliability − resolution + uncertainty. */
export interface BrierParts {
  /** Mean of (p − y)²: 0 for a prophet, 0.25 for one who always says 50 %. */
  readonly score: number;
  /** How far each forecast is from what came of those that were alike: 0 is best. */
  readonly reliability: number;
  /** How far apart the forecasts tell what happens from what does not: the larger the better. */
  readonly resolution: number;
  /** p̄(1 − p̄) of what happened: nobody's merit or fault. */
  readonly uncertainty: number;
}

/** Forecasts in one range of probabilities. */
export interface CalibrationBin {
  /** The range, `from` included, `to` excluded unless it is 1. */
  readonly from: number;
  readonly to: number;
  readonly forecasts: number;
  readonly happened: number;
  /** Null without a forecast in the range. */
  readonly meanProbability: number | null;
}

/** Expected and actual hits, and how surprising the difference is. */
export interface CalibrationTest {
  readonly expected: number;
  readonly actual: number;
  /** (Σy − Σp) / √(Σp(1 − p)); null where every forecast was certain. */
  readonly z: number | null;
}

/**
 * Brier's score and its parts, with the forecasts grouped by their very value, so that the parts add up without a
 * remainder; null for no forecasts. Source: Brier, Monthly Weather Review 78 (1950); Murphy, Journal of Applied
 * Meteorology 12 (1973) 595–600.
 * @throws RangeError on lists of unequal length or probabilities outside 0–1.
 */
export function brierParts({ probabilities, outcomes }: JudgedForecasts): BrierParts | null {
  requireForecasts({ probabilities, outcomes });
  const total = probabilities.length;
  if (total === 0) return null;
  const groups = new Map<number, { count: number; happened: number }>();
  let squares = 0;
  let happened = 0;
  for (let index = 0; index < total; index++) {
    const p = probabilities[index] as number;
    const y = outcomes[index] as number;
    const group = groups.get(p) ?? { count: 0, happened: 0 };
    group.count += 1;
    group.happened += y;
    groups.set(p, group);
    squares += (p - y) ** 2;
    happened += y;
  }
  const base = happened / total;
  let reliability = 0;
  let resolution = 0;
  // In order of the probability, so that the rounding of the sums does not depend on the order of the forecasts.
  for (const [p, group] of [...groups].sort(([a], [b]) => a - b)) {
    reliability += group.count * (p - group.happened / group.count) ** 2;
    resolution += group.count * (group.happened / group.count - base) ** 2;
  }
  return {
    score: squares / total,
    reliability: reliability / total,
    resolution: resolution / total,
    uncertainty: base * (1 - base),
  };
}

/**
 * The forecasts in ranges of equal width, from 0 to 1.
 * @throws RangeError as `brierParts`, and unless there is a whole number of ranges.
 */
export function calibrationBins({ probabilities, outcomes }: JudgedForecasts, ranges: number): CalibrationBin[] {
  requireForecasts({ probabilities, outcomes });
  if (!(Number.isInteger(ranges) && ranges > 0)) throw new RangeError('a table needs a whole number of ranges');
  const counts = new Int32Array(ranges);
  const happened = new Int32Array(ranges);
  const sums = new Float64Array(ranges);
  for (let index = 0; index < probabilities.length; index++) {
    const p = probabilities[index] as number;
    // 0.6 × 5 is 3, but 0.58 × 50 is 28.999…: what is as near as that to a border is on it.
    const range = Math.min(ranges - 1, Math.floor(p * ranges + 1e-9));
    counts[range]! += 1;
    happened[range]! += outcomes[index] as number;
    sums[range]! += p;
  }
  return Array.from(counts, (count, range) => ({
    from: range / ranges,
    to: (range + 1) / ranges,
    forecasts: count,
    happened: happened[range] as number,
    meanProbability: count === 0 ? null : (sums[range] as number) / count,
  }));
}

/**
 * Whether more or less happened than was forecast on the whole: Spiegelhalter's idea in its simplest form, with the
 * independent forecasts themselves as the hypothesis; |z| below 2 is no evidence against them.
 * @throws RangeError as `brierParts`.
 */
export function calibrationTest({ probabilities, outcomes }: JudgedForecasts): CalibrationTest {
  requireForecasts({ probabilities, outcomes });
  let expected = 0;
  let actual = 0;
  let variance = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const p = probabilities[index] as number;
    expected += p;
    variance += p * (1 - p);
    actual += outcomes[index] as number;
  }
  return { expected, actual, z: variance > 0 ? (actual - expected) / Math.sqrt(variance) : null };
}

function requireForecasts({ probabilities, outcomes }: JudgedForecasts): void {
  if (probabilities.length !== outcomes.length) throw new RangeError('forecasts and outcomes must be of one length');
  for (let index = 0; index < probabilities.length; index++) {
    const p = probabilities[index] as number;
    if (!(p >= 0 && p <= 1)) throw new RangeError('a probability must lie between 0 and 1');
  }
}
