import type { Dataset } from '../../dataset/dataset.ts';
import { periodName } from '../../dataset/values/periods.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { CAUSE } from '../conversion/conversion-cohorts.ts';
import { periodsOfDays } from '../day-periods.ts';
import { type Rate, rateOf } from '../rate.ts';
import type { CreatedCohort } from './win-rate-cohort.ts';
import { keysByGroup } from './win-rate-keys.ts';

/** What became of the deals created in one period. */
export interface CreatedPeriod {
  /** `2026-Q2`, `2026-05`, `2026`, or the Monday of a week. */
  readonly period: string;
  readonly created: number;
  readonly won: number;
  readonly lost: number;
  readonly open: number;
  /** Won within the window; null while not all deals of the period are that old. */
  readonly matured: Rate | null;
  /** Keys, where details are asked for. */
  readonly dealKeys?: readonly string[];
}

/** The deals by the period they were created in, in order of time. */
export function createdPeriods(
  dataset: Dataset,
  cohort: CreatedCohort,
  options: { readonly period: Period; readonly windowDays: number | null; readonly details: boolean },
): CreatedPeriod[] {
  const { period, windowDays, details } = options;
  const { starts, indexOf } = periodsOfDays(cohort.createdDay, period);
  const byCause = new Int32Array(starts.length * 3);
  const inWindow = new Int32Array(starts.length);
  const immature = new Uint8Array(starts.length);
  const groupOf = new Int32Array(dataset.rowCount).fill(-1);
  for (let member = 0; member < cohort.deal.length; member += 1) {
    const at = indexOf[member]!;
    const cause = cohort.cause[member]!;
    byCause[at * 3 + cause]! += 1;
    groupOf[cohort.deal[member]!] = at;
    if (windowDays === null || cohort.followUpDays[member]! < windowDays) immature[at] = 1;
    else if (cause === CAUSE.advanced && cohort.eventDays[member]! <= windowDays) inWindow[at]! += 1;
  }
  const keys = details ? keysByGroup(dataset, groupOf, starts.length) : null;
  return starts.map((start, at) => {
    const won = byCause[at * 3 + CAUSE.advanced]!;
    const lost = byCause[at * 3 + CAUSE.lost]!;
    const open = byCause[at * 3 + CAUSE.pending]!;
    const created = won + lost + open;
    const matured = immature[at] === 1 ? null : rateOf(inWindow[at]!, created);
    const row = { period: periodName(start, period), created, won, lost, open, matured };
    return keys === null ? row : { ...row, dealKeys: keys[at]! };
  });
}
