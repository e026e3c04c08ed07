import type { Dataset } from '../dataset/dataset.ts';
import { NOT_CHECKED } from './define.ts';

/** An outcome for each deal, all not checked. */
export function blankOutcome(dataset: Dataset): Uint8Array {
  return new Uint8Array(dataset.rowCount).fill(NOT_CHECKED);
}

/** Position of a stage in the funnel, -1 when the list has no such stage. */
export function stageIndexOf(dataset: Dataset, stageId: string): number {
  return dataset.stages.findIndex((stage) => stage.id === stageId);
}

/**
 * Whether a deal in stage `index` counts as having come to stage `from`: an open deal at or beyond it, and a won deal.
 * A lost or dormant deal does so only for its own stage, since where it was lost is not in its current stage.
 */
export function hasComeTo(dataset: Dataset, index: number, from: number): boolean {
  if (index === from) return true;
  const kind = dataset.stages[index]?.kind;
  const fromKind = dataset.stages[from]?.kind;
  if (fromKind !== 'open') return false;
  return kind === 'won' || (kind === 'open' && index > from);
}
