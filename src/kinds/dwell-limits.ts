import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { type StageVisits, visitsByStage } from '../dataset/journeys/stage-ages.ts';
import { expectedShareOver } from '../stats/expected-share.ts';
import { mean } from '../stats/mean.ts';
import { median } from '../stats/quantile.ts';
import { kaplanMeier, type SurvivalCurve, survivalAt, survivalMedian, survivalQuantile } from '../stats/survival.ts';

/** Below this many visits a stage has no typical dwell time, and its deals are not judged. */
const MINIMUM_VISITS = 10;

/** What the limit of a stage is made from; one of `times`, `over`, `quantile` and `benchmark` is given. */
interface LimitOptions {
  readonly times: number | null;
  /** What `times` multiplies: see `usualDays`. */
  readonly basis: 'typical' | 'stage-mean' | 'stage-median' | 'cycle-mean';
  /** Days, or those of the stage list. */
  readonly over: number | 'max_dwell' | null;
  /** Share of stays that have ended, 0–1. */
  readonly quantile: number | null;
  /** Multiple of the benchmark of the stage. */
  readonly benchmark: number | null;
}

/** Longest sound age in a stage, with the share of past visits that took longer; null where it cannot be told. */
export interface Limit {
  readonly days: number;
  /** What is usual, or the benchmark; null for a limit that stands by itself. */
  readonly typicalDays: number | null;
  readonly baseRate: number | null;
  /** Share of the deals in the stage that are over the limit at a time when all is as usual; null where unknown. */
  readonly expectedShare: number | null;
}

function benchmarkDays({ ruleset, stages }: Dataset, index: number): number | null {
  const own = ruleset.benchmarks.filter(({ figure, unit }) => figure === 'dwell' && unit === 'days');
  const ofStage = own.find(({ stage }) => stage === stages[index]?.id) ?? own.find(({ stage }) => stage === null);
  return ofStage?.value ?? null;
}

/** Whether the rules file gives a benchmark for the dwell of some stage. */
export function hasDwellBenchmark(dataset: Dataset): boolean {
  return dataset.stages.some((_, index) => benchmarkDays(dataset, index) !== null);
}

/** Mean days from creation to closing of won deals; null with fewer than `MINIMUM_VISITS` of them. */
function meanCycleDays({ columns, rowCount, stage, stages }: Dataset): number | null {
  const created = columns.get('created');
  const closed = columns.get('closed') ?? columns.get('close');
  const days = new Float64Array(rowCount);
  let won = 0;
  for (let row = 0; row < rowCount; row++) {
    if (stages[stage[row] as number]?.kind !== 'won') continue;
    const cycle = numberAt(closed, row) - numberAt(created, row);
    if (cycle >= 0) days[won++] = cycle;
  }
  return won < MINIMUM_VISITS ? null : mean(days.subarray(0, won));
}

/** Days that deals usually stay; null where nothing tells. */
function usualDays(
  basis: LimitOptions['basis'],
  { days, ended }: StageVisits,
  curve: SurvivalCurve,
  cycleDays: number | null,
): number | null {
  if (basis === 'typical') return survivalMedian(curve).median;
  if (basis === 'cycle-mean') return cycleDays;
  const over = days.filter((_, visit) => ended[visit] === 1);
  if (over.length < MINIMUM_VISITS) return null;
  return basis === 'stage-mean' ? mean(over) : median(over);
}

function limitOfVisits(visits: StageVisits, options: LimitOptions, cycleDays: number | null): Limit | null {
  if (visits.days.length < MINIMUM_VISITS) return null;
  const curve = kaplanMeier(visits.days, visits.ended);
  const typicalDays = usualDays(options.basis, visits, curve, cycleDays);
  const reached = options.quantile === null ? typicalDays : survivalQuantile(curve, options.quantile);
  if (reached === null) return null;
  const days = reached * (options.times ?? 1);
  return { days, typicalDays, baseRate: survivalAt(curve, days), expectedShare: expectedShareOver(curve, days) };
}

/** What past stays say of a limit that is given. */
const NOTHING_KNOWN = { baseRate: null, expectedShare: null } as const;

function fixedLimit(dataset: Dataset, index: number, { over, benchmark }: LimitOptions): Limit | null {
  if (benchmark !== null) {
    const typicalDays = benchmarkDays(dataset, index);
    return typicalDays === null ? null : { days: typicalDays * benchmark, typicalDays, ...NOTHING_KNOWN };
  }
  const days = over === 'max_dwell' ? (dataset.stages[index]?.maxDwellDays ?? null) : over;
  return days === null ? null : { days, typicalDays: null, ...NOTHING_KNOWN };
}

/**
 * The limit of each stage, by its index: null where it cannot be told, undefined where the stage is not judged.
 * @param wanted index of the one stage that is judged, null for all open ones
 */
export function dwellLimits(
  dataset: Dataset,
  options: LimitOptions,
  wanted: number | null,
): readonly (Limit | null | undefined)[] {
  const isJudged = (index: number): boolean =>
    dataset.stages[index]?.kind === 'open' && (wanted === null || wanted === index);
  if (options.over !== null || options.benchmark !== null) {
    return dataset.stages.map((_, index) => (isJudged(index) ? fixedLimit(dataset, index, options) : undefined));
  }
  const visits = visitsByStage(dataset);
  const cycleDays = options.basis === 'cycle-mean' ? meanCycleDays(dataset) : null;
  return dataset.stages.map((_, index) =>
    isJudged(index) ? limitOfVisits(visits[index] as StageVisits, options, cycleDays) : undefined,
  );
}
