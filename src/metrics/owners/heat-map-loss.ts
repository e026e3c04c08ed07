import { type RestTest, testsAgainstRest } from '../../stats/against-rest.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { aalenJohansen, incidenceAt, incidenceIntervalAt } from '../../stats/competing-risks.ts';
import { newcombe } from '../../stats/intervals.ts';
import { quantile } from '../../stats/quantile.ts';
import { stageWindow } from '../conversion/cohort-rates.ts';
import { CAUSE, type StageCohort } from '../conversion/conversion-cohorts.ts';
import { inOrderOfDays } from '../conversion/day-buckets.ts';
import { type Rate, rateOf } from '../rate.ts';

/** A cell held against all other deals of its stage: of the deals that entered at least the window ago. */
export interface LossComparison {
  readonly rest: Rate;
  /** Own share minus that of the rest, −1–1, with Newcombe's interval. */
  readonly difference: number;
  readonly differenceInterval: readonly [number, number];
  /** Two-sided p of Fisher's exact test. */
  readonly probability: number;
  /** Adjusted for all comparisons of the sheet (Benjamini and Hochberg). */
  readonly adjustedProbability: number;
  /** Beyond chance and by 10 points or more; null where not. */
  readonly flag: 'more' | 'fewer' | null;
}

/** What share of the deals is lost from a stage within its window, so that young and old deals can be compared. */
export interface LossWithin {
  /** Days a deal is given; null where no deal ever left the stage. */
  readonly windowDays: number | null;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  /** Of the deals that entered at least the window ago, those lost from the stage within it. */
  readonly matured: Rate;
  /** Counted, or estimated from all deals (Aalen–Johansen); null where the deals are too few or too young for either. */
  readonly basis: 'matured' | 'estimated' | null;
  /** Null where too few deals have had the time, on either side. */
  readonly comparison: LossComparison | null;
}

/** What makes a cell stand out. */
const LOSS_LIMITS = { q: 0.1, minDifference: 0.1, minDeals: 10 } as const;
/** With fewer deals of which it is known nothing is estimated. */
const ESTIMATED_FROM = 5;
const WINDOW_QUANTILE = 0.9;

/** The window of the stage itself; where nobody ever went on, nine in ten losses have come by its end. */
export function lossWindow(cohort: StageCohort, givenWindowDays: number | null): number | null {
  const usual = stageWindow(cohort, givenWindowDays);
  if (usual !== null) return usual;
  const days = quantile(
    cohort.eventDays.filter((_, member) => cohort.cause[member] === CAUSE.lost),
    WINDOW_QUANTILE,
  );
  return days === null ? null : Math.ceil(days);
}

function maturedLoss({ eventDays, followUpDays, cause }: StageCohort, windowDays: number): Rate {
  let matured = 0;
  let lost = 0;
  for (let member = 0; member < cause.length; member += 1) {
    if (followUpDays[member]! < windowDays) continue;
    matured += 1;
    if (cause[member] === CAUSE.lost && eventDays[member]! <= windowDays) lost += 1;
  }
  return rateOf(lost, matured);
}

/** Deals that had left the stage by the end of the window, or have been watched for so long. */
function knownDeals({ eventDays, cause }: StageCohort, windowDays: number): number {
  let known = 0;
  for (let member = 0; member < cause.length; member += 1) {
    if (cause[member] !== CAUSE.pending || eventDays[member]! >= windowDays) known += 1;
  }
  return known;
}

/**
 * Lost by the end of the window out of all deals; null where none has been watched for so long, or where of most nothing
 * is known yet.
 */
function estimatedLoss(cohort: StageCohort, windowDays: number): Pick<LossWithin, 'value' | 'interval'> | null {
  const known = knownDeals(cohort, windowDays);
  if (known < ESTIMATED_FROM || known * 2 < cohort.deal.length) return null;
  const { days, causes } = inOrderOfDays(cohort.eventDays, cohort.cause);
  const curves = aalenJohansen(days, causes);
  const isOver = curves.open.at(-1) === 0;
  if (!isOver && !((curves.times.at(-1) ?? 0) >= windowDays)) return null;
  return { value: incidenceAt(curves, 2, windowDays), interval: incidenceIntervalAt(curves, 2, windowDays) };
}

/** The share lost within the window, counted where enough deals have had the time and estimated where not. */
export function lossWithin(cohort: StageCohort, windowDays: number | null): LossWithin {
  const unknown = { windowDays, value: null, interval: null, matured: rateOf(0, 0), basis: null, comparison: null };
  if (windowDays === null) return unknown;
  const matured = maturedLoss(cohort, windowDays);
  if (matured.of >= LOSS_LIMITS.minDeals) {
    return { ...unknown, value: matured.value, interval: matured.interval, matured, basis: 'matured' };
  }
  const estimated = estimatedLoss(cohort, windowDays);
  return estimated === null ? { ...unknown, matured } : { ...unknown, ...estimated, matured, basis: 'estimated' };
}

/** A cell of a stage with the test against the other deals of the stage. */
interface CellTest extends RestTest {
  readonly stage: number;
}

function testsOf(rows: readonly (readonly LossWithin[])[], totals: readonly Rate[]): CellTest[] {
  return rows.flatMap((cells, stage) => {
    const { count: allHits, of: allOf } = totals[stage]!;
    const hits = Int32Array.from(cells, ({ matured }) => matured.count);
    const of = Int32Array.from(cells, ({ matured }) => matured.of);
    return testsAgainstRest({ hits, of, allHits, allOf })
      .filter(({ group }) => of[group]! >= LOSS_LIMITS.minDeals && allOf - of[group]! >= LOSS_LIMITS.minDeals)
      .map((test) => ({ ...test, stage }));
  });
}

function comparisonOf(own: Rate, total: Rate, probability: number, adjusted: number): LossComparison | null {
  const rest = rateOf(total.count - own.count, total.of - own.of);
  const compared = newcombe(own, rest);
  if (compared === null) return null;
  const { difference, lower, upper } = compared;
  const isBeyond = adjusted < LOSS_LIMITS.q && (lower > 0 || upper < 0);
  const stands = isBeyond && Math.abs(difference) >= LOSS_LIMITS.minDifference;
  const flag = stands ? (difference > 0 ? 'more' : 'fewer') : null;
  const differenceInterval = [lower, upper] as const;
  return { rest, difference, differenceInterval, probability, adjustedProbability: adjusted, flag };
}

/**
 * Each cell of a sheet against the other deals of its stage.
 * @param rows by stage, then by column of the sheet
 * @param totals by stage: the matured deals of all columns, those not listed included
 */
export function compareLosses(
  rows: readonly (readonly LossWithin[])[],
  totals: readonly Rate[],
): { readonly rows: readonly (readonly LossWithin[])[]; readonly tests: number } {
  const tests = testsOf(rows, totals);
  const adjusted = benjaminiHochberg(tests.map(({ probability }) => probability));
  const compared = rows.map((cells) => [...cells]);
  for (const [index, { stage, group, probability }] of tests.entries()) {
    const cell = compared[stage]![group]!;
    const comparison = comparisonOf(cell.matured, totals[stage]!, probability, adjusted[index]!);
    compared[stage]![group] = { ...cell, comparison };
  }
  return { rows: compared, tests: tests.length };
}
