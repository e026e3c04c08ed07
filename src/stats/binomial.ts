import { regularizedBeta } from './beta.ts';

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
  return 1 - binomialAtMost(count - 1, trials, probability);
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
