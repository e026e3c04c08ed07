import { type Dataset, EXIT, type Journeys } from '../dataset/dataset.ts';
import { stayDays } from '../dataset/journeys/visits.ts';

/** Visits of the picked deals to one stage. */
export interface Visits {
  readonly days: Float64Array;
  /** 1 where the visit has ended. */
  readonly ended: Uint8Array;
  /** Visits that ended in a later open stage or a win. */
  readonly wentOn: number;
  readonly endedCount: number;
}

function goesOn(exit: number): boolean {
  return exit === EXIT.forward || exit === EXIT.skipForward || exit === EXIT.won;
}

function countVisits({ offsets, stage }: Journeys, selected: Uint8Array, stages: number): Int32Array {
  const counts = new Int32Array(stages);
  for (let deal = 0; deal < selected.length; deal++) {
    if (selected[deal] === 0) continue;
    for (let stay = offsets[deal] as number; stay < (offsets[deal + 1] as number); stay++) {
      counts[stage[stay] as number]!++;
    }
  }
  return counts;
}

/** The visits to each stage, by its index, of the deals that are picked. */
export function visitsOfDeals(dataset: Dataset, journeys: Journeys, selected: Uint8Array): readonly Visits[] {
  const { stages, asOfDay } = dataset;
  const counts = countVisits(journeys, selected, stages.length);
  const days = stages.map((_, index) => new Float64Array(counts[index] as number));
  const ended = stages.map((_, index) => new Uint8Array(counts[index] as number));
  const wentOn = new Int32Array(stages.length);
  const endedCount = new Int32Array(stages.length);
  const next = new Int32Array(stages.length);
  const { offsets, stage, exit } = journeys;
  for (let deal = 0; deal < selected.length; deal++) {
    if (selected[deal] === 0) continue;
    for (let stay = offsets[deal] as number; stay < (offsets[deal + 1] as number); stay++) {
      const index = stage[stay] as number;
      const at = next[index]!++;
      (days[index] as Float64Array)[at] = stayDays(journeys, stay, asOfDay);
      if (exit[stay] === EXIT.open) continue;
      (ended[index] as Uint8Array)[at] = 1;
      endedCount[index]!++;
      if (goesOn(exit[stay] as number)) wentOn[index]!++;
    }
  }
  return stages.map((_, index) => ({
    days: days[index] as Float64Array,
    ended: ended[index] as Uint8Array,
    wentOn: wentOn[index] as number,
    endedCount: endedCount[index] as number,
  }));
}
