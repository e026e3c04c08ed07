import { wilson } from './intervals.ts';

/**
 * 95 % interval of the ratio of the rates of two Poisson counts, a/1 ÷ b/exposure: given their sum, a is binomial with
 * p = r/(r + exposure), whose Wilson limits are turned into those of r; the upper one is infinite for b = 0. Null where
 * nothing was counted. Source: Przyborowski and Wilenski, Biometrika 31 (1940) 313–323; Price and Bonett, Statistics in
 * Medicine 19 (2000), with score limits.
 * @param exposure over how many times as long the second was counted, above 0.
 * @throws RangeError unless both counts are at least 0.
 */
export function countRatioInterval(first: number, second: number, exposure: number): readonly [number, number] | null {
  const limits = wilson(first, first + second);
  if (limits === null) return null;
  const [low, high] = limits.map((share) => (share >= 1 ? Number.POSITIVE_INFINITY : (exposure * share) / (1 - share)));
  return [low as number, high as number];
}
