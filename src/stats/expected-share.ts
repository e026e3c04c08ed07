import { restrictedMean, type SurvivalCurve } from './survival.ts';

/**
 * Share of a cross-section of what is going on that is older than a limit, while as much begins as ever: 1 − mean length
 * up to the limit ÷ mean length. Both up to the longest time observed, as nothing can be seen that is older. Long ones
 * are met more often than they happen: of exponential lengths 35 % are over 1.5 times the median. Null without a length.
 * Source: Cox, Renewal Theory (1962), 5.3, the age at a time in equilibrium.
 */
export function expectedShareOver(curve: SurvivalCurve, limit: number): number | null {
  const longest = curve.times[curve.times.length - 1] ?? 0;
  const whole = restrictedMean(curve, longest)?.mean ?? 0;
  const within = restrictedMean(curve, Math.min(limit, longest))?.mean ?? 0;
  return whole > 0 ? Math.min(1, Math.max(0, 1 - within / whole)) : null;
}
