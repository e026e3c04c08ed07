import { type Column, type Dataset, type Journeys, PRESENT } from '../dataset/dataset.ts';
import { summarizeJourneys } from '../dataset/journeys/visits.ts';

/** An owner who never uses a stage that the others use. */
interface OddOwner {
  readonly owner: string;
  /** Index into the stages. */
  readonly stage: number;
  /** Deals that the owner has taken past the stage. */
  readonly deals: number;
  /** Share of the deals of all others past the stage that have been in it. */
  readonly othersShare: number;
  /** A deal of the owner that is past the stage. */
  readonly row: number;
}

/** For each owner (code of the column) and open stage, at `code * stages + stage`. */
interface PassCounts {
  readonly past: Int32Array;
  readonly used: Int32Array;
  readonly firstRow: Int32Array;
}

function countPasses(dataset: Dataset, journeys: Journeys, owners: Column, selected: Uint8Array): PassCounts {
  const { reach, firstEntry, openStageCount } = summarizeJourneys(journeys, dataset.stages);
  const size = owners.texts.length * openStageCount;
  const counts = { past: new Int32Array(size), used: new Int32Array(size), firstRow: new Int32Array(size).fill(-1) };
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    const code = owners.codes[deal] as number;
    if (selected[deal] === 0 || owners.state[code] !== PRESENT) continue;
    for (let stage = 0; stage < (reach[deal] as number); stage++) {
      const at = code * openStageCount + stage;
      counts.past[at]!++;
      if (firstEntry[deal * openStageCount + stage] !== -1) counts.used[at]!++;
      if (counts.firstRow[at] === -1) counts.firstRow[at] = deal;
    }
  }
  return counts;
}

function totals(counts: Int32Array, openStageCount: number): Float64Array {
  const sums = new Float64Array(openStageCount);
  for (let at = 0; at < counts.length; at++) sums[at % openStageCount]! += counts[at] as number;
  return sums;
}

/**
 * Owners who have taken at least `atLeast` deals past a stage and used it for none, where that is no chance: with the
 * share p of the others' deals that have been in it, (1 − p)^n is below `chance` divided by the number of owners and
 * stages compared (Bonferroni), so that among many owners nobody is named by accident.
 */
export function oddOwners(
  dataset: Dataset,
  journeys: Journeys,
  selected: Uint8Array,
  { atLeast, chance }: { readonly atLeast: number; readonly chance: number },
): { readonly compared: number; readonly odd: readonly OddOwner[] } {
  const owners = dataset.columns.get('owner');
  if (owners === undefined) return { compared: 0, odd: [] };
  const { openStageCount, stageOfOpenIndex } = summarizeJourneys(journeys, dataset.stages);
  const { past, used, firstRow } = countPasses(dataset, journeys, owners, selected);
  const allPast = totals(past, openStageCount);
  const allUsed = totals(used, openStageCount);
  const others = (at: number): number => (allPast[at % openStageCount] as number) - (past[at] as number);
  let compared = 0;
  for (let at = 0; at < past.length; at++) {
    if ((past[at] as number) >= atLeast && others(at) >= atLeast) compared++;
  }
  const odd: OddOwner[] = [];
  for (let at = 0; at < past.length; at++) {
    const deals = past[at] as number;
    if (used[at] !== 0 || deals < atLeast || others(at) < atLeast) continue;
    const othersShare = (allUsed[at % openStageCount] as number) / others(at);
    if (!((1 - othersShare) ** deals * compared < chance)) continue;
    const owner = owners.texts.at(Math.floor(at / openStageCount)) as string;
    const stage = stageOfOpenIndex[at % openStageCount] as number;
    odd.push({ owner, stage, deals, othersShare, row: firstRow[at] as number });
  }
  const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return { compared, odd: odd.sort((a, b) => a.stage - b.stage || order(a.owner, b.owner)) };
}
