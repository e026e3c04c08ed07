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

/** The last stay of a deal in the log, -1 where it has none, or was then in another stage than the table has it in. */
function currentStay({ journeys, stage }: Pick<Dataset, 'journeys' | 'stage'>, row: number): number | null {
  if (journeys === null) return null;
  const last = (journeys.offsets[row + 1] as number) - 1;
  if (last < (journeys.offsets[row] as number)) return null;
  return stage[row] === -1 || journeys.stage[last] === stage[row] ? last : -1;
}

/** Days from the day on which a deal came to its stage to the as-of day; a day still to come has no age. */
export function ageSince(since: number, asOfDay: number): number {
  return Math.max(0, asOfDay - since);
}

/**
 * Days each deal has been in its current stage: since its last stay in the change log, which must be in that stage, else since the column “in stage
 * since”; NaN where neither says so.
 */
export function openAgeDays(dataset: Dataset): Float64Array {
  const { rowCount, journeys, columns, asOfDay } = dataset;
  const ages = new Float64Array(rowCount).fill(Number.NaN);
  const since = columns.get('stage_entered');
  for (let row = 0; row < rowCount; row++) {
    const stay = currentStay(dataset, row);
    if (journeys !== null && stay !== null) {
      if (stay >= 0) ages[row] = stayDays(journeys, stay, asOfDay);
    } else if (since !== undefined) {
      ages[row] = ageSince(since.numbers[since.codes[row] as number] as number, asOfDay);
    }
  }
  return ages;
}

/**
 * Day on which each deal came to its current stage: that of its last stay in the change log, else the column “in stage
 * since”; NaN where neither says so.
 */
export function openSinceDays(dataset: Dataset): Float64Array {
  const { rowCount, journeys, columns } = dataset;
  const days = new Float64Array(rowCount).fill(Number.NaN);
  const since = columns.get('stage_entered');
  for (let row = 0; row < rowCount; row++) {
    const stay = currentStay(dataset, row);
    if (journeys !== null && stay !== null) {
      if (stay >= 0) days[row] = Math.floor((journeys.start[stay] as number) / DAY_MILLIS);
    } else if (since !== undefined) {
      days[row] = since.numbers[since.codes[row] as number] as number;
    }
  }
  return days;
}
