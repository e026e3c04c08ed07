import type { GroupCounts } from './grouped-hits.ts';

/** Shares of undecided rows that are further apart say that one group had less time: those decided mislead then. */
export const MOST_UNDECIDED_DIFFERENCE = 0.1;

/**
 * The groups whose share of undecided rows is further from that of the rest than this: what is lost is mostly lost soon
 * and what is won is won late, so that of a group that had less time those decided look worse.
 * @param decided rows that are decided, by group.
 * @param all all rows, by group.
 */
export function groupsOfUnequalTime(
  decided: Pick<GroupCounts, 'of' | 'allOf'>,
  all: Pick<GroupCounts, 'of' | 'allOf'>,
): ReadonlySet<number> {
  const unequal = new Set<number>();
  for (let group = 0; group < all.of.length; group++) {
    const own = all.of[group] as number;
    const rest = all.allOf - own;
    if (own === 0 || rest === 0) continue;
    const ownDecided = decided.of[group] as number;
    const difference = ownDecided / own - (decided.allOf - ownDecided) / rest;
    if (Math.abs(difference) > MOST_UNDECIDED_DIFFERENCE) unequal.add(group);
  }
  return unequal;
}
