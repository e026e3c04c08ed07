import { millisOfRows } from '../cells.ts';
import type { Dataset, Journeys } from '../dataset.ts';
import { stageIndexes } from '../typed-columns.ts';
import type { FieldChanges } from './changes.ts';
import { changesBetweenExports } from './export-changes.ts';
import { type FollowedField, fieldChangesOf } from './field-changes.ts';

/** When a field of each deal changed last. */
export interface LastChange {
  /** One a deal: epoch milliseconds by which it had last changed, NaN where nothing tells. */
  readonly latest: Float64Array;
  /** No earlier than this; the same as `latest` but between two exports. */
  readonly earliest: Float64Array;
  /** A deal of which nothing is told has not changed since it was created: the log would say so. */
  readonly isComplete: boolean;
}

function lastOfChanges({ from, offsets, latest, earliest, seen }: FieldChanges): LastChange {
  const deals = seen.length;
  const last = Float64Array.from(seen);
  // In the first export that shows a deal its value may be of any age.
  const first = from === 'history' ? Float64Array.from(seen) : new Float64Array(deals).fill(Number.NEGATIVE_INFINITY);
  for (let deal = 0; deal < deals; deal++) {
    const after = offsets[deal + 1] as number;
    if (after === offsets[deal]) continue;
    last[deal] = latest[after - 1] as number;
    first[deal] = earliest[after - 1] as number;
  }
  return { latest: last, earliest: first, isComplete: from === 'history' };
}

function lastMoves({ offsets, start, from }: Journeys, since: Float64Array | null): LastChange {
  const latest = new Float64Array(offsets.length - 1);
  for (let deal = 0; deal < latest.length; deal++) {
    const after = offsets[deal + 1] as number;
    latest[deal] = after === offsets[deal] ? (since?.[deal] ?? Number.NaN) : (start[after - 1] as number);
  }
  return { latest, earliest: latest, isComplete: from === 'history' };
}

function lastStageChange(dataset: Dataset): LastChange | null {
  const { journeys, columns, stages } = dataset;
  const entered = columns.get('stage_entered');
  const since = entered === undefined ? null : millisOfRows(entered);
  if (journeys !== null && journeys.from !== 'snapshots') return lastMoves(journeys, since);
  if (since !== null) return { latest: since, earliest: since, isComplete: false };
  const changes = changesBetweenExports(dataset, (exported, rowCount) => {
    const column = exported.get('stage');
    if (column === undefined) return null;
    return Float64Array.from(stageIndexes(column, rowCount, stages), (stage) => (stage < 0 ? Number.NaN : stage));
  });
  return changes === null ? null : lastOfChanges(changes);
}

/**
 * When the stage, the amount or the close date of each deal changed last: by the change log, by dates of the stages, by
 * the column “in stage since”, or by earlier exports; null where nothing tells of the field.
 */
export function lastChangeOf(dataset: Dataset, field: 'stage' | FollowedField): LastChange | null {
  if (field === 'stage') return lastStageChange(dataset);
  const changes = fieldChangesOf(dataset, field);
  return changes === null ? null : lastOfChanges(changes);
}
