import { millisOfRows } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { type LastChange, lastChangeOf } from '../dataset/journeys/last-change.ts';
import { DAY_MILLIS } from '../dataset/values/calendar.ts';
import { HOLDS, UNKNOWN, VIOLATES } from './define.ts';

type ChangingField = 'stage' | 'amount' | 'close';

/** Since when nothing has happened to a deal. */
interface Standstill {
  /** Fields and date columns that something is known of. */
  readonly told: readonly string[];
  /** One a deal: epoch milliseconds by which the last of it happened, NaN where nothing tells. */
  readonly since: Float64Array;
  /** One a deal: whether that is no longer ago than the limit. */
  readonly judge: (row: number) => number;
}

/** Raises each bound to the later one of the two; what is not known changes nothing. */
function raise(bounds: Float64Array, others: Float64Array): void {
  for (let row = 0; row < bounds.length; row++) {
    const other = others[row] as number;
    if (!(other <= (bounds[row] as number)) && !Number.isNaN(other)) bounds[row] = other;
  }
}

/**
 * The last change of any of the fields, or the date in one of the columns, of each deal, held against a limit in days;
 * null where nothing tells of any of the fields. A deal counts from its creation at the latest.
 */
export function standstillOf(
  dataset: Dataset,
  fields: readonly ChangingField[],
  dateFields: readonly string[],
  limitDays: number,
): Standstill | null {
  const { rowCount, columns, asOfDay } = dataset;
  const changes = fields.flatMap((field): { field: string; change: LastChange }[] => {
    const change = lastChangeOf(dataset, field);
    return change === null ? [] : [{ field, change }];
  });
  if (changes.length === 0) return null;
  const latest = new Float64Array(rowCount).fill(Number.NaN);
  const earliest = new Float64Array(rowCount).fill(Number.NaN);
  for (const { change } of changes) {
    raise(latest, change.latest);
    raise(earliest, change.earliest);
  }
  const isComplete = changes.some(({ change }) => change.isComplete);
  const isTold = Uint8Array.from(latest, (millis) => Number(isComplete || !Number.isNaN(millis)));
  const dated = dateFields.filter((field) => columns.get(field)?.type === 'date');
  for (const field of ['created', ...dated]) {
    const column = columns.get(field);
    if (column?.type !== 'date') continue;
    const dates = millisOfRows(column);
    raise(latest, dates);
    raise(earliest, dates);
  }
  const ageDays = (millis: number): number => asOfDay - Math.floor(millis / DAY_MILLIS);
  return {
    told: [...changes.map(({ field }) => field), ...dated],
    since: latest,
    judge: (row) => {
      if (isTold[row] === 0 || Number.isNaN(latest[row])) return UNKNOWN;
      if (ageDays(latest[row] as number) > limitDays) return VIOLATES;
      return ageDays(earliest[row] as number) <= limitDays ? HOLDS : UNKNOWN;
    },
  };
}
