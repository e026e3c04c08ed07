import type { AuditReport } from './report.ts';

/** What a metric of the report computed; null where it could not. */
export function resultOf<Result>({ metrics }: Pick<AuditReport, 'metrics'>, metric: string): Result | null {
  // A metric's entry holds what that metric computed, in this run or the one that was saved.
  return (metrics[metric]?.result as Result | undefined) ?? null;
}
