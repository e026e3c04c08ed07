import { numberAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';
import { DAY_MILLIS } from '../dataset/values/calendar.ts';
import { isFromFirstExport } from './first-export.ts';

// Datasets never change once they are built, and rules ask for these once a segment.
const closings = new WeakMap<Dataset, Float64Array>();

/**
 * By row: the day number a won or lost deal was closed on, NaN for other deals and where it is unknown. The actual day,
 * else the one its history has it closed on, else the planned one. A deal that the earlier exports never had open was
 * closed before the first of them that has it, nobody knows when: its planned day stands, unless it lies after that
 * export. Not to be written to.
 */
export function closedDays(dataset: Dataset): Float64Array {
  const known = closings.get(dataset);
  if (known !== undefined) return known;
  const days = readClosedDays(dataset);
  closings.set(dataset, days);
  return days;
}

function dateColumn({ columns }: Dataset, field: string): Column | undefined {
  const column = columns.get(field);
  return column?.type === 'date' ? column : undefined;
}

function readClosedDays(dataset: Dataset): Float64Array {
  const { outcome } = currentState(dataset);
  const closed = dateColumn(dataset, 'closed');
  const planned = dateColumn(dataset, 'close');
  const days = new Float64Array(dataset.rowCount).fill(Number.NaN);
  for (let row = 0; row < days.length; row += 1) {
    if (outcome[row] !== OUTCOME.won && outcome[row] !== OUTCOME.lost) continue;
    const day = numberAt(closed, row);
    days[row] = Math.floor(Number.isNaN(day) ? journeyDay(dataset, row, numberAt(planned, row)) : day);
  }
  return days;
}

/** The day the journey of a closed deal ends on; the planned one where it has none. */
function journeyDay(dataset: Dataset, row: number, planned: number): number {
  const { journeys, snapshots } = dataset;
  if (journeys === null) return planned;
  const last = journeys.offsets[row + 1]! - 1;
  const first = journeys.offsets[row]!;
  if (last < first) return planned;
  const day = Math.floor(journeys.start[last]! / DAY_MILLIS);
  if (journeys.from !== 'snapshots' || last > first) return day;
  // Never seen open: what it was closed on lies before the export it is first in.
  const seenDay = snapshots?.days.find((exported) => exported * DAY_MILLIS >= journeys.start[last]!);
  if (seenDay !== undefined && planned <= seenDay) return planned;
  return isFromFirstExport(dataset, last, row) ? Number.NaN : day;
}
