import type { Dataset } from './dataset.ts';
import { stayDays } from './visits.ts';

/** Visits to one stage: length in days, and 1 where the visit has ended. */
export interface StageVisits {
  readonly days: Float64Array;
  readonly ended: Uint8Array;
}

/** All visits of the change log to a stage; empty without a change log. Open visits have their age on the as-of day. */
export function stageVisits({ journeys, asOfDay }: Dataset, stageIndex: number): StageVisits {
  const days: number[] = [];
  const ended: number[] = [];
  if (journeys !== null) {
    for (let stay = 0; stay < journeys.stage.length; stay++) {
      if (journeys.stage[stay] !== stageIndex) continue;
      days.push(stayDays(journeys, stay, asOfDay));
      ended.push(Number.isNaN(journeys.end[stay]) ? 0 : 1);
    }
  }
  return { days: Float64Array.from(days), ended: Uint8Array.from(ended) };
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
