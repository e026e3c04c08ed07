import { chiSquareExceededBy } from './chi-square.ts';
import { upperGamma } from './gamma.ts';

/** P(Z > z) of a standard normal Z, to the last digits in both tails: half of Q(½, z²/2). */
export function normalAbove(z: number): number {
  const tail = upperGamma(0.5, (z * z) / 2) / 2;
  return z >= 0 ? tail : 1 - tail;
}

/**
 * The z that a standard normal value stays below with a probability, as R's `qnorm`: the square root of a χ² with one
 * degree of freedom.
 * @throws RangeError unless the probability lies between 0 and 1.
 */
export function normalQuantile(probability: number): number {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -normalQuantile(1 - probability);
  return Math.sqrt(chiSquareExceededBy(2 * (1 - probability), 1));
}
