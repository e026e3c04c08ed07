import type { ScorePart } from '../metrics/define.ts';
import type { AuditReport } from './report.ts';

/** Below this share of measurable weight no score is given. */
const MINIMUM_COVERAGE = 0.6;

/** Points of a component: 0 at `floor`, 100 at `target`, straight between, never outside 0–100. */
export function scorePoints(value: number, floor: number, target: number): number {
  const position = (value - floor) / (target - floor);
  return 100 * Math.min(1, Math.max(0, position));
}

/**
 * Weighted mean of the measurable components. Those that cannot be measured are left out and lower the coverage; under
 * 60 % coverage there is no score.
 */
export function healthScore(parts: readonly ScorePart[]): AuditReport['score'] {
  const scored = parts.map((part) => ({
    ...part,
    points: part.value === null ? null : scorePoints(part.value, part.floor, part.target),
  }));
  let total = 0;
  let measurable = 0;
  let sum = 0;
  for (const { weight, points } of scored) {
    total += weight;
    if (points === null) continue;
    measurable += weight;
    sum += weight * points;
  }
  const coverage = total === 0 ? 0 : measurable / total;
  const value = measurable > 0 && coverage >= MINIMUM_COVERAGE ? sum / measurable : null;
  return { value, coverage, parts: scored };
}
