import { type Dataset, EXIT, type Journeys } from '../../dataset/dataset.ts';
import type { JourneySummary } from '../../dataset/journeys/visits.ts';
import { type Rate, rateOf } from '../rate.ts';
import { countReached, type LadderStep, ladderOf } from './conversion-counts.ts';

/** A step of the ladder with what it may yet come to. */
export interface BoundedStep extends LadderStep {
  /** Deals that reached the first stage, not (yet) this step, and are not lost. */
  readonly pending: number;
  /** The cumulative rate as if all of them reached it. */
  readonly upperBound: Rate;
}

/** The ladder of all deals: to date, and at most. */
export function boundedLadder(dataset: Dataset, journeys: Journeys, summary: JourneySummary): BoundedStep[] {
  const ids = Array.from(summary.stageOfOpenIndex, (stage) => dataset.stages[stage]!.id);
  const reached = countReached(summary, null);
  const pending = pendingBefore(dataset, journeys, summary);
  return ladderOf(ids, reached).map((step, index) => ({
    ...step,
    pending: pending[index]!,
    upperBound: rateOf(step.reached + pending[index]!, reached[0]!),
  }));
}

/** By step of the ladder: deals that got to an earlier one and are not lost. */
function pendingBefore({ stages }: Dataset, { offsets, stage }: Journeys, summary: JourneySummary): Int32Array {
  const isLost = Uint8Array.from(stages, ({ kind }) => Number(kind === 'lost'));
  const pending = new Int32Array(summary.openStageCount + 1);
  for (let deal = 0; deal < summary.reach.length; deal += 1) {
    const reach = summary.reach[deal]!;
    if (reach < 0 || reach === summary.openStageCount) continue;
    if (isLost[stage[offsets[deal + 1]! - 1]!] === 0) pending[reach + 1]! += 1;
  }
  for (let step = 1; step < pending.length; step += 1) pending[step]! += pending[step - 1]!;
  return pending;
}

/** The two ways of having left out a stage; a deal can be in both. */
export interface SkipCounts {
  /** Moved over a stage, or was won from before the last one. */
  readonly skippedOnTheWay: number;
  /** Began in a stage beyond the first, or as won. */
  readonly enteredBeyondFirst: number;
}

export function countSkips({ stages }: Dataset, journeys: Journeys, summary: JourneySummary): SkipCounts {
  const isBeyond = Uint8Array.from(stages, ({ kind }, stage) =>
    Number(kind === 'won' || summary.openIndexOfStage[stage]! > 0),
  );
  let skippedOnTheWay = 0;
  let enteredBeyondFirst = 0;
  for (let deal = 0; deal < summary.reach.length; deal += 1) {
    const first = journeys.offsets[deal]!;
    if (first === journeys.offsets[deal + 1]!) continue;
    enteredBeyondFirst += isBeyond[journeys.stage[first]!]!;
    if (skipsOnTheWay(journeys, summary, deal)) skippedOnTheWay += 1;
  }
  return { skippedOnTheWay, enteredBeyondFirst };
}

function skipsOnTheWay({ offsets, stage, exit }: Journeys, summary: JourneySummary, deal: number): boolean {
  const last = summary.openStageCount - 1;
  for (let stay = offsets[deal]!; stay < offsets[deal + 1]!; stay += 1) {
    if (exit[stay] === EXIT.skipForward) return true;
    const open = summary.openIndexOfStage[stage[stay]!]!;
    if (exit[stay] === EXIT.won && open >= 0 && open < last) return true;
  }
  return false;
}
