import { normalAbove } from './normal.ts';

/** Up to so many trials the distribution is exact; its time grows with their square. */
export const MOST_EXACT_TRIALS = 5000;

/**
 * P(X = 0), P(X = 1), … of the number of hits in independent trials that each have a probability of their own, by
 * convolution, trial by trial. Time grows with the square of the trials. Source: Hong, Computational Statistics & Data
 * Analysis 59 (2013) 41–51.
 * @throws RangeError unless each probability lies in 0–1.
 */
export function poissonBinomial(probabilities: Float64Array | readonly number[]): Float64Array {
  requireProbabilities(probabilities);
  const chances = new Float64Array(probabilities.length + 1);
  chances[0] = 1;
  // Below and above these all are 0 as yet, far from the mean for good: too small for a number.
  let low = 0;
  let high = 0;
  for (let trial = 0; trial < probabilities.length; trial++) {
    const p = probabilities[trial] as number;
    for (let hits = high + 1; hits > low; hits--) {
      chances[hits] = (chances[hits] as number) * (1 - p) + (chances[hits - 1] as number) * p;
    }
    chances[low] = (chances[low] as number) * (1 - p);
    if (chances[high + 1] !== 0) high++;
    while (low < high && chances[low] === 0) low++;
  }
  return chances;
}

/**
 * P(X ≤ count) of the number of hits in trials that each have a probability of their own: exact up to
 * `MOST_EXACT_TRIALS`, beyond them a normal distribution corrected for skewness and for whole counts (Volkova, Theory of
 * Probability and Its Applications 40 (1996) 791–794), whose error is then below 10⁻⁴ wherever some dozens of hits and
 * misses are expected.
 * @throws RangeError unless each probability lies in 0–1.
 */
export function poissonBinomialAtMost(probabilities: Float64Array | readonly number[], count: number): number {
  const trials = probabilities.length;
  const most = Math.floor(count);
  if (most < 0) return 0;
  if (most >= trials) return 1;
  if (trials > MOST_EXACT_TRIALS) return approximately(probabilities, most);
  const chances = poissonBinomial(probabilities);
  let sum = 0;
  for (let hits = 0; hits <= most; hits++) sum += chances[hits] as number;
  return Math.min(1, sum);
}

/**
 * P(X ≥ count); see `poissonBinomialAtMost`.
 * @throws RangeError unless each probability lies in 0–1.
 */
export function poissonBinomialAtLeast(probabilities: Float64Array | readonly number[], count: number): number {
  // Hits at least so many are misses at most so many: the tail is added up itself, nothing cancels out.
  const misses = Float64Array.from(probabilities, (p) => 1 - p);
  return poissonBinomialAtMost(misses, misses.length - Math.ceil(count));
}

function approximately(probabilities: Float64Array | readonly number[], most: number): number {
  requireProbabilities(probabilities);
  let mean = 0;
  let variance = 0;
  let third = 0;
  for (let trial = 0; trial < probabilities.length; trial++) {
    const p = probabilities[trial] as number;
    mean += p;
    variance += p * (1 - p);
    third += p * (1 - p) * (1 - 2 * p);
  }
  if (variance === 0) return most >= mean ? 1 : 0;
  const z = (most + 0.5 - mean) / Math.sqrt(variance);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const corrected = 1 - normalAbove(z) + ((third / variance ** 1.5) * (1 - z * z) * density) / 6;
  return Math.min(1, Math.max(0, corrected));
}

function requireProbabilities(probabilities: Float64Array | readonly number[]): void {
  for (let trial = 0; trial < probabilities.length; trial++) {
    const p = probabilities[trial] as number;
    if (!(p >= 0 && p <= 1)) throw new RangeError('a probability must lie between 0 and 1');
  }
}
