import type { Dataset } from '../../dataset/dataset.ts';
import { dealKeys } from '../../dataset/deal-keys.ts';
import { CAUSE, type StageCohort } from './conversion-cohorts.ts';

/** Keys of the deals that entered a stage, by what became of them, in order of their text; deals without a key left out. */
export interface CohortDeals {
  readonly advanced: readonly string[];
  readonly lostHere: readonly string[];
  readonly pending: readonly string[];
}

export function cohortDeals(dataset: Dataset, { deal, cause }: StageCohort): CohortDeals {
  const keyOf = dealKeys(dataset);
  const keys: string[][] = [[], [], []];
  for (let member = 0; member < deal.length; member += 1) {
    const key = keyOf(deal[member]!);
    if (key !== null) keys[cause[member]!]!.push(key);
  }
  const sortedKeys = (of: number) => keys[of]!.sort();
  return {
    advanced: sortedKeys(CAUSE.advanced),
    lostHere: sortedKeys(CAUSE.lost),
    pending: sortedKeys(CAUSE.pending),
  };
}
