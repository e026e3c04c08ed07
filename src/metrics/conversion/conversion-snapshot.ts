import type { Dataset } from '../../dataset/dataset.ts';
import { openStageIndexes } from '../../dataset/journeys/journeys.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { stageIndexes } from '../../dataset/typed-columns.ts';

/** Field that holds the open stage at which a deal was lost. */
export const LOST_STAGE = 'lost_stage';

/** A share before it is divided. */
export interface Part {
  readonly count: number;
  readonly of: number;
}

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
  /** The counts behind the two; null for 0 deals. */
  readonly step: { readonly low: Part; readonly high: Part } | null;
  /** Open deals in this stage: they may yet go on, and count as not having done so. */
  readonly stillHere: number;
}

/** Deals of a table by how far they are known to have got. */
export interface SnapshotCounts {
  /** Deals known to have got to each open stage, and at the end those that are won. */
  readonly known: Int32Array;
  /** By open stage: lost and dormant deals that are known to have left from it; `known` has them too. */
  readonly stopped: Int32Array;
  /** Lost and dormant deals that may have left from any open stage. */
  readonly unplaced: number;
}

/** Counts between which a share lies. */
export interface Bounds {
  readonly low: Part;
  readonly high: Part;
}

// A rule judged for a hundred owners asks for this a hundred times; datasets never change once they are built.
const leftFrom = new WeakMap<Dataset, Int16Array>();

/** One a deal: the open stage it is said to have been lost at, -1 where nothing is said; null without such a column. */
function lostStages(dataset: Dataset): Int16Array | null {
  const column = dataset.columns.get(LOST_STAGE);
  if (column === undefined) return null;
  const known = leftFrom.get(dataset);
  if (known !== undefined) return known;
  const openIndex = openStageIndexes(dataset.stages);
  const found = stageIndexes(column, dataset.rowCount, dataset.stages).map((stage) =>
    stage < 0 ? -1 : openIndex[stage]!,
  );
  leftFrom.set(dataset, found);
  return found;
}

export function countSnapshot(dataset: Dataset, select: Uint8Array | null): SnapshotCounts {
  const { stage, outcome } = currentState(dataset);
  const openIndex = openStageIndexes(dataset.stages);
  const openStageCount = dataset.stages.filter((definition) => definition.kind === 'open').length;
  const known = new Int32Array(openStageCount + 1);
  const stopped = new Int32Array(openStageCount);
  const lostAt = lostStages(dataset);
  let unplaced = 0;
  for (let deal = 0; deal < dataset.rowCount; deal += 1) {
    if (select !== null && select[deal] !== 1) continue;
    const left = lostAt?.[deal] ?? -1;
    if (outcome[deal] === OUTCOME.won) known[openStageCount]! += 1;
    else if (outcome[deal] === OUTCOME.open) known[openIndex[stage[deal]!]!]! += 1;
    else if (outcome[deal] === OUTCOME.unknown) continue;
    else if (left < 0) unplaced += 1;
    else stopped[left]! += 1;
  }
  for (let step = openStageCount - 1; step >= 0; step -= 1) known[step]! += known[step + 1]! + stopped[step]!;
  return { known, stopped, unplaced };
}

/**
 * Bounds to date of the share of the deals that reached step `from` and got to step `to` as well; the step after the
 * last open stage is won. Lowest when the unplaced deals all reached `from` and none `to`, highest when all reached both.
 * Null for an empty base.
 */
export function snapshotBounds({ known, unplaced }: SnapshotCounts, from: number, to: number): Bounds | null {
  const isWon = to === known.length - 1;
  const of = known[from]! + unplaced;
  if (of === 0) return null;
  const low = { count: known[to]!, of };
  if (!isWon) return { low, high: { count: known[to]! + unplaced, of } };
  // Lost deals count against winning from the first stage on; further on they may have left before.
  const smallestBase = from === 0 ? of : known[from]!;
  return { low, high: smallestBase === 0 ? low : { count: known[to]!, of: smallestBase } };
}

/**
 * What the share of `snapshotBounds` may become once the open deals are decided: they have not failed, so at most all of
 * them get to step `to`; those that left before are known to have failed. A base of 0 stays one.
 */
export function finalBounds({ known, stopped, unplaced }: SnapshotCounts, from: number, to: number): Bounds {
  const of = known[from]! + unplaced;
  const low = { count: known[to]!, of };
  let failed = 0;
  for (let step = from; step < to; step += 1) failed += stopped[step]!;
  // Lost deals count against winning from the first stage on; further on they may have left before.
  const isWonFromFirst = to === known.length - 1 && from === 0;
  const high = isWonFromFirst ? { count: known[from]! - failed, of } : { count: of - failed, of };
  return { low, high };
}

function shareOfPart({ count, of }: Part): number {
  return count / of;
}

export function snapshotStages(dataset: Dataset): SnapshotStage[] {
  const counts = countSnapshot(dataset, null);
  const { known, stopped, unplaced } = counts;
  const openStages = dataset.stages.filter((stage) => stage.kind === 'open');
  return openStages.map(({ id }, step) => {
    const bounds = snapshotBounds(counts, step, step + 1);
    const high = known[step]! + unplaced;
    return {
      stage: id,
      reachedLow: step === 0 ? high : known[step]!,
      reachedHigh: high,
      stepLow: bounds === null ? null : shareOfPart(bounds.low),
      stepHigh: bounds === null ? null : shareOfPart(bounds.high),
      step: bounds,
      stillHere: known[step]! - known[step + 1]! - stopped[step]!,
    };
  });
}

/** What the column with the lost stage says. */
export interface LostStageFacts {
  readonly header: string;
  /** Lost and dormant deals of which it names an open stage, and all of them. */
  readonly placed: number;
  readonly of: number;
}

/** Null without such a column. */
export function lostStageFacts(dataset: Dataset): LostStageFacts | null {
  const column = dataset.columns.get(LOST_STAGE);
  if (column === undefined) return null;
  const { stopped, unplaced } = countSnapshot(dataset, null);
  const placed = stopped.reduce((total, deals) => total + deals, 0);
  return { header: column.header, placed, of: placed + unplaced };
}
