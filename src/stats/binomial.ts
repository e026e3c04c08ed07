import { regularizedBeta } from './beta.ts';
import { logGamma } from './gamma.ts';

/**
 * P(X ≤ count) of a binomial X with `trials` of probability `probability`, exact: the incomplete beta function
 * I₁₋ₚ(n − k, k + 1).
 * @throws RangeError unless trials are a whole number from 0 and the probability lies in 0–1.
 */
export function binomialAtMost(count: number, trials: number, probability: number): number {
  if (!(Number.isInteger(trials) && trials >= 0 && probability >= 0 && probability <= 1)) {
    throw new RangeError('a binomial distribution out of its range');
  }
  const whole = Math.floor(count);
  if (whole < 0) return 0;
  if (whole >= trials) return 1;
  return regularizedBeta(1 - probability, trials - whole, whole + 1);
}

/**
 * P(X ≥ count), of which a small one says that so many are beyond chance.
 * @throws RangeError as `binomialAtMost`.
 */
export function binomialAtLeast(count: number, trials: number, probability: number): number {
  // Misses at most so many: the tail is computed itself, nothing cancels out.
  return binomialAtMost(trials - Math.ceil(count), trials, 1 - probability);
}

/** Smallest count whose P(X ≤ count) is at least `level`. */
function binomialQuantile(level: number, trials: number, probability: number): number {
  let low = 0;
  let high = trials;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialAtMost(middle, trials, probability) >= level) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The lowest and highest count that chance still explains: each side beyond them has a probability below `tail`. With
 * the tail of three standard deviations these are the limits of an exact control chart (R's `qbinom`).
 * @throws RangeError as `binomialAtMost`.
 */
export function binomialLimits(trials: number, probability: number, tail: number): readonly [number, number] {
  return [binomialQuantile(tail, trials, probability), binomialQuantile(1 - tail, trials, probability)];
}

/** P(X = count), 0 for a count that cannot be. */
function chanceOf(count: number, trials: number, probability: number): number {
  if (count < 0 || count > trials) return 0;
  const ways = logGamma(trials + 1) - logGamma(count + 1) - logGamma(trials - count + 1);
  const hits = count === 0 ? 0 : count * Math.log(probability);
  const misses = count === trials ? 0 : (trials - count) * Math.log1p(-probability);
  return Math.exp(ways + hits + misses);
}

/** Counts whose probabilities differ by less than this share are equally likely, as in R's `binom.test`. */
const TIE = 1 + 1e-7;

/**
 * Two-sided exact p of a count against a probability: that of all counts no likelier than the one seen, as R's
 * `binom.test`. The counts on the other side are found by bisection, so that a million trials cost no more than a few.
 * @throws RangeError as `binomialAtMost`.
 */
export function binomialTest(count: number, trials: number, probability: number): number {
  const expected = trials * probability;
  if (count === expected) return 1;
  const limit = chanceOf(count, trials, probability) * TIE;
  const isLow = count < expected;
  // Beyond the expected count the probabilities only fall: the first that is no likelier than what was seen.
  let near = isLow ? Math.ceil(expected) : Math.floor(expected);
  let far = isLow ? trials + 1 : -1;
  while (far !== near) {
    const middle = isLow ? Math.floor((near + far) / 2) : Math.ceil((near + far) / 2);
    if (chanceOf(middle, trials, probability) <= limit) far = middle;
    else near = isLow ? middle + 1 : middle - 1;
  }
  const [low, high] = isLow ? [count, far] : [far, count];
  return Math.min(1, binomialAtMost(low, trials, probability) + binomialAtLeast(high, trials, probability));
}
