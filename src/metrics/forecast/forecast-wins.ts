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
 * How many of some deals will be won, each with a chance of its own; null without deals, and where a chance is none (a
 * probability of 150 % is a mistake in the data that rules of its own tell). Where the chances are estimates that err
 * together, both sides of the exact range of independent deals are stretched by √(1 + shared variance ÷ Σ p(1 − p)).
 * @param sharedVariance of the expected number of wins, by the errors of the chances
 */
export function winRange(probabilities: Float64Array, sharedVariance = 0): WinRange | null {
  if (probabilities.length === 0 || probabilities.some((chance) => !(chance >= 0 && chance <= 1))) return null;
  // Ascending, so that the order of the rows does not show in the last digits.
  const sorted = probabilities.toSorted();
  const expected = sorted.reduce((sum, chance) => sum + chance, 0);
  const variance = sorted.reduce((sum, chance) => sum + chance * (1 - chance), 0);
  const range = independentRange(sorted);
  if (!(sharedVariance > 0 && variance > 0)) return { expected, ...range };
  const stretch = Math.sqrt(1 + sharedVariance / variance);
  const low = Math.floor(expected - (expected - range.low) * stretch);
  const high = Math.ceil(expected + (range.high - expected) * stretch);
  return { expected, low: Math.max(0, low), high: Math.min(sorted.length, high) };
}

function independentRange(sorted: Float64Array): Pick<WinRange, 'low' | 'high'> {
  if (sorted.length > MOST_EXACT_TRIALS) {
    return { low: searchedQuantile(sorted, TAIL), high: searchedQuantile(sorted, 1 - TAIL) };
  }
  const chances = poissonBinomial(sorted);
  return { low: exactQuantile(chances, TAIL), high: exactQuantile(chances, 1 - TAIL) };
}
