import type { Dataset } from '../dataset/dataset.ts';
import { openStageIndexes } from '../dataset/journeys/journeys.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';

/** What a table without history says of one open stage: bounds, because nobody knows where lost deals had got to. */
export interface SnapshotStage {
  readonly stage: string;
  /** Won deals, and open deals in this stage or beyond; at the first stage all deals. */
  readonly reachedLow: number;
  /** The same with all lost and dormant deals. */
  readonly reachedHigh: number;
  /** Share of the deals that reached this stage and went on to the next one (at the last, to won); null for 0 deals. */
  readonly stepLow: number | null;
  readonly stepHigh: number | null;
}

/** Deals of a table by how far they are known to have got. */
export interface SnapshotCounts {
  /** Deals known to have got to each open stage, and at the end those that are won. */
  readonly known: Int32Array;
  /** Lost and dormant deals: they may have left from any open stage. */
  readonly unplaced: number;
}

/** Bounds of a share; null for an empty base. */
export type Bounds = readonly [low: number, high: number] | null;

export function countSnapshot(dataset: Dataset, select: Uint8Array | null): SnapshotCounts {
  const { stage, outcome } = currentState(dataset);
  const openIndex = openStageIndexes(dataset.stages);
  const openStageCount = dataset.stages.filter((definition) => definition.kind === 'open').length;
  const known = new Int32Array(openStageCount + 1);
  let unplaced = 0;
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (select !== null && select[deal] !== 1) continue;
    if (outcome[deal] === OUTCOME.won) known[openStageCount]! += 1;
    else if (outcome[deal] === OUTCOME.open) known[openIndex[stage[deal]!]!]! += 1;
    else if (outcome[deal] !== OUTCOME.unknown) unplaced += 1;
  }
  for (let step = openStageCount - 1; step >= 0; step -= 1) known[step]! += known[step + 1]!;
  return { known, unplaced };
}

/**
 * Bounds of the share of the deals that reached step `from` and got to step `to` as well; the step after the last open
 * stage is won. Lowest when the unplaced deals all reached `from` and none `to`, highest when all reached both.
 */
export function snapshotBounds({ known, unplaced }: SnapshotCounts, from: number, to: number): Bounds {
  const isWon = to === known.length - 1;
  const base = known[from]! + unplaced;
  if (base === 0) return null;
  const low = known[to]! / base;
  if (!isWon) return [low, (known[to]! + unplaced) / base];
  // Lost deals count against winning from the first stage on; further on they may have left before.
  const smallestBase = from === 0 ? base : known[from]!;
  return [low, smallestBase === 0 ? low : known[to]! / smallestBase];
}

/** Counts between which a share lies in the end. */
export interface FinalBounds {
  readonly low: { readonly count: number; readonly of: number };
  readonly high: { readonly count: number; readonly of: number };
}

/**
 * What the share of `snapshotBounds` may become once the open deals are decided: they have not failed, so at most all of
 * them get to step `to`. A base of 0 stays one.
 */
export function finalBounds({ known, unplaced }: SnapshotCounts, from: number, to: number): FinalBounds {
  const of = known[from]! + unplaced;
  const low = { count: known[to]!, of };
  // Lost deals count against winning from the first stage on; further on they may have left before.
  const isWonFromFirst = to === known.length - 1 && from === 0;
  const high = isWonFromFirst ? { count: known[from]!, of } : { count: of, of };
  return { low, high };
}

export function snapshotStages(dataset: Dataset): SnapshotStage[] {
  const counts = countSnapshot(dataset, null);
  const openStages = dataset.stages.filter((stage) => stage.kind === 'open');
  return openStages.map(({ id }, step) => {
    const bounds = snapshotBounds(counts, step, step + 1);
    const high = counts.known[step]! + counts.unplaced;
    return {
      stage: id,
      reachedLow: step === 0 ? high : counts.known[step]!,
      reachedHigh: high,
      stepLow: bounds?.[0] ?? null,
      stepHigh: bounds?.[1] ?? null,
    };
  });
}
