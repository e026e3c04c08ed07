import { MOST_EXACT_TRIALS, poissonBinomial, poissonBinomialAtMost } from '../../stats/poisson-binomial.ts';

/** How many of some deals will be won. */
export interface WinRange {
  readonly expected: number;
  /** With a probability of 95 % no fewer and no more than these: 2.5 % at most lies below, and above. */
  readonly low: number;
  readonly high: number;
}

const TAIL = 0.025;

/** The smallest count with P(X ≤ count) of at least `level`, by the distribution itself. */
function exactQuantile(chances: Float64Array, level: number): number {
  let sum = 0;
  for (let count = 0; count < chances.length; count += 1) {
    sum += chances[count]!;
    if (sum >= level) return count;
  }
  return chances.length - 1;
}

/** The same by halving: the share up to a count grows with it. */
function searchedQuantile(probabilities: Float64Array, level: number): number {
  let low = 0;
  let high = probabilities.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (poissonBinomialAtMost(probabilities, middle) >= level) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * How many of some independent deals will be won, each with a chance of its own; null without deals, and where a chance
 * is none (a probability of 150 % is a mistake in the data that rules of its own tell).
 */
export function winRange(probabilities: Float64Array): WinRange | null {
  if (probabilities.length === 0 || probabilities.some((chance) => !(chance >= 0 && chance <= 1))) return null;
  // Ascending, so that the order of the rows does not show in the last digits.
  const sorted = probabilities.toSorted();
  const expected = sorted.reduce((sum, chance) => sum + chance, 0);
  if (sorted.length > MOST_EXACT_TRIALS) {
    return { expected, low: searchedQuantile(sorted, TAIL), high: searchedQuantile(sorted, 1 - TAIL) };
  }
  const chances = poissonBinomial(sorted);
  return { expected, low: exactQuantile(chances, TAIL), high: exactQuantile(chances, 1 - TAIL) };
}
