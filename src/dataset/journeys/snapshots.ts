import { DAY_MILLIS } from '../values/calendar.ts';
import type { ChangeLog } from './journeys.ts';

/** An export of the same list on one day. */
export interface Snapshot {
  /** Day number of the export. */
  readonly day: number;
  /** One a row of the export: row of the deal in the audited table, -1 where it is not there any more. */
  readonly dealOfRow: Int32Array;
  /** One a row of the export: index into the stages, -1 where unknown. */
  readonly stageOfRow: Int16Array;
}

/** What earlier exports tell of the deals of the latest one. */
export interface SnapshotHistory {
  readonly log: ChangeLog;
  /** Moves over a stage between: that stage may have been visited unobserved. */
  readonly possiblyUnobserved: number;
}

const NOT_SEEN = -2;

/**
 * Rebuilds changes from dated exports, oldest first, the audited one last. Each change lies between two exports; its
 * middle is taken. A deal is first seen on the day of the first export it is in (or on the day it was created, where
 * that lies after the export before): what came earlier is not known.
 */
export function logOfSnapshots(
  snapshots: readonly Snapshot[],
  rowCount: number,
  createdDays: Float64Array | null,
): SnapshotHistory {
  const known = new Int16Array(rowCount).fill(NOT_SEEN);
  const deals: number[] = [];
  const stages: number[] = [];
  const millis: number[] = [];
  let possiblyUnobserved = 0;
  for (const [index, { day, dealOfRow, stageOfRow }] of snapshots.entries()) {
    const before = snapshots[index - 1]?.day ?? null;
    for (let row = 0; row < dealOfRow.length; row++) {
      const deal = dealOfRow[row] as number;
      const stage = stageOfRow[row] as number;
      if (deal < 0 || stage < 0 || known[deal] === stage) continue;
      const wasAt = known[deal] as number;
      known[deal] = stage;
      if (wasAt >= 0 && Math.abs(stage - wasAt) > 1) possiblyUnobserved++;
      deals.push(deal);
      stages.push(stage);
      millis.push(changeMillis(wasAt, day, before, createdDays?.[deal] ?? Number.NaN));
    }
  }
  const log = {
    dealOfRow: Int32Array.from(deals),
    stageOfRow: Int16Array.from(stages),
    millisOfRow: Float64Array.from(millis),
    hasTime: true,
  };
  return { log, possiblyUnobserved };
}

function changeMillis(wasAt: number, day: number, before: number | null, createdDay: number): number {
  if (before === null) return day * DAY_MILLIS;
  if (wasAt === NOT_SEEN && createdDay > before && createdDay <= day) return createdDay * DAY_MILLIS;
  return ((before + day) / 2) * DAY_MILLIS;
}
