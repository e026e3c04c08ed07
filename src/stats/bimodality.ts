import { mean } from './mean.ts';

/** Sarle's coefficient of a uniform distribution: above it two peaks are likelier than one. */
export const UNIFORM_BIMODALITY = 5 / 9;

/**
 * Sarle's bimodality coefficient (g² + 1) ÷ (k + 3(n − 1)² ÷ ((n − 2)(n − 3))), with the bias-corrected skewness g and
 * excess kurtosis k of the sample; null for fewer than 4 values or values that are all alike. It takes a long tail for a
 * second peak, so durations are to be given as logarithms. Source: SAS/STAT User's Guide, version 6 (1990); Pfister et
 * al., “Good things peak in pairs”, Frontiers in Psychology 4:700 (2013).
 */
export function bimodalityCoefficient(values: Float64Array): number | null {
  const n = values.length;
  const middle = mean(values);
  if (n < 4 || middle === null) return null;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  for (let index = 0; index < n; index++) {
    const off = (values[index] as number) - middle;
    squares += off * off;
    cubes += off * off * off;
    fourths += off * off * off * off;
  }
  const variance = squares / (n - 1);
  if (!(variance > 0)) return null;
  const skewness = ((n / ((n - 1) * (n - 2))) * cubes) / variance ** 1.5;
  const correction = (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
  const kurtosis = (((n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))) * fourths) / variance ** 2 - correction;
  return (skewness ** 2 + 1) / (kurtosis + correction);
}

/**
 * How many of ascending values belong to the lower one of two groups, so that the values lie as near as can be to the
 * mean of their group; 0 where all are alike. Source: Fisher, “On grouping for maximum homogeneity”, JASA 53 (1958),
 * for two groups.
 */
export function lowerGroupSize(sorted: Float64Array): number {
  const n = sorted.length;
  const middle = mean(sorted) ?? 0;
  let best = 0;
  let bestSize = 0;
  let below = 0;
  for (let size = 1; size < n; size++) {
    // Sums of deviations from the mean stay small, where sums of squares would lose their digits.
    below += (sorted[size - 1] as number) - middle;
    if (sorted[size - 1] === sorted[size]) continue;
    const between = (below * below * n) / (size * (n - size));
    if (between <= best) continue;
    best = between;
    bestSize = size;
  }
  return bestSize;
}
