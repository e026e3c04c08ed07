import type { Dataset } from '../dataset.ts';
import { DAY_MILLIS } from '../values/calendar.ts';
import { stayDays, staysByStage } from './visits.ts';

/** Visits to one stage: length in days, and 1 where the visit has ended. */
export interface StageVisits {
  readonly days: Float64Array;
  readonly ended: Uint8Array;
}

/** Visits of the change log by stage; none without a change log. Open visits have their age on the as-of day. */
export function visitsByStage({ journeys, stages, asOfDay }: Dataset): readonly StageVisits[] {
  if (journeys === null) return stages.map(() => ({ days: new Float64Array(0), ended: new Uint8Array(0) }));
  const { offsets, stays } = staysByStage(journeys, stages.length);
  return stages.map((_, stage) => {
    const own = stays.subarray(offsets[stage], offsets[stage + 1]);
    return {
      days: Float64Array.from(own, (stay) => stayDays(journeys, stay, asOfDay)),
      ended: Uint8Array.from(own, (stay) => (Number.isNaN(journeys.end[stay]) ? 0 : 1)),
    };
  });
}

/**
 * Days each deal has been in its current stage: since its last stay in the change log, else since the column “in stage
 * since”; NaN where neither says so.
 */
export function openAgeDays({ rowCount, journeys, columns, asOfDay }: Dataset): Float64Array {
  const ages = new Float64Array(rowCount).fill(Number.NaN);
  const since = columns.get('stage_entered');
  for (let row = 0; row < rowCount; row++) {
    const after = journeys === null ? 0 : (journeys.offsets[row + 1] as number);
    if (journeys !== null && after > (journeys.offsets[row] as number)) {
      ages[row] = stayDays(journeys, after - 1, asOfDay);
    } else if (since !== undefined) {
      ages[row] = Math.max(0, asOfDay - (since.numbers[since.codes[row] as number] as number));
    }
  }
  return ages;
}

/**
 * Day on which each deal came to its current stage: that of its last stay in the change log, else the column “in stage
 * since”; NaN where neither says so.
 */
export function openSinceDays({ rowCount, journeys, columns }: Dataset): Float64Array {
  const days = new Float64Array(rowCount).fill(Number.NaN);
  const since = columns.get('stage_entered');
  for (let row = 0; row < rowCount; row++) {
    const after = journeys === null ? 0 : (journeys.offsets[row + 1] as number);
    if (journeys !== null && after > (journeys.offsets[row] as number)) {
      days[row] = Math.floor((journeys.start[after - 1] as number) / DAY_MILLIS);
    } else if (since !== undefined) {
      days[row] = since.numbers[since.codes[row] as number] as number;
    }
  }
  return days;
}
