/** Coefficients for g = 7, n = 9: Lanczos (1964) as fitted by Godfrey, good to about 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const HALF_LOG_TWO_PI = 0.9189385332046727;
const PRECISION = 1e-16;
/** Keeps a continued fraction from dividing by nothing. */
const TINY = 1e-300;
const MOST_STEPS = 100_000;

/**
 * Natural logarithm of Γ(x) for x > 0. Source: Lanczos, SIAM Journal on Numerical Analysis B 1 (1964) 86–96.
 * @throws RangeError unless x is above 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError('the gamma function is asked for a number that is not above 0');
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum: number = LANCZOS[0];
  for (let term = 1; term < LANCZOS.length; term++) sum += (LANCZOS[term] as number) / (shifted + term);
  const base = shifted + 7.5;
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** P(shape, x) by its series, which is quick below shape + 1. */
function lowerBySeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let step = 1; step < MOST_STEPS && term > sum * PRECISION; step++) {
    term *= x / (shape + step);
    sum += term;
  }
  return sum * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

/** Q(shape, x) by its continued fraction, after Lentz. */
function upperByFraction(shape: number, x: number): number {
  let even = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / even;
  let fraction = d;
  for (let step = 1; step < MOST_STEPS; step++) {
    const factor = -step * (step - shape);
    even += 2;
    d = factor * d + even;
    if (Math.abs(d) < TINY) d = TINY;
    c = even + factor / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < PRECISION) break;
  }
  return fraction * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

/**
 * Regularised upper incomplete gamma function Q(shape, x), 0–1. Source: Press and others, Numerical Recipes, 6.2.
 * @throws RangeError unless the shape is above 0 and x at least 0.
 */
export function upperGamma(shape: number, x: number): number {
  if (!(shape > 0 && x >= 0)) throw new RangeError('an incomplete gamma function out of its range');
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < shape + 1 ? 1 - lowerBySeries(shape, x) : upperByFraction(shape, x);
}
