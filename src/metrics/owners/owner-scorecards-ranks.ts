import { type AlikeTest, proportionsAlike } from '../../stats/proportions-alike.ts';
import { type Rate, rateOf } from '../rate.ts';
import { unequalGroups, type WinBase } from '../win/win-base.ts';

/** Deals of the base below which nobody is ranked. */
export const RANKED_FROM = 20;
/** With fewer to rank, places say little, and the top third is a single owner. */
const RANKED_NEEDED = 6;
/** Places are told only where rates that are all the same would be this unlike by chance less often. */
const ALIKE_BELOW = 0.05;

/** What win rates are compared on, and whether they differ at all. */
export interface Ranking extends Pick<WinBase, 'basis' | 'windowDays'> {
  /** Values with enough deals that had as much time as those of the others. */
  readonly rankable: number;
  readonly neededRankable: number;
  /** That all rankable values have one win rate; null where this cannot be tested. */
  readonly overall: AlikeTest | null;
  /** Whether places are given. */
  readonly isRanked: boolean;
}

/** Rates and places of the groups, in their order. */
interface RankedGroups {
  readonly ranking: Ranking;
  readonly rates: readonly Rate[];
  readonly ranks: readonly (number | null)[];
}

interface Tally {
  readonly hits: Int32Array;
  readonly of: Int32Array;
  allHits: number;
  allOf: number;
}

function tallyOf(slotOf: Int32Array, groups: number, outcome: Int8Array | null): Tally {
  const tally = { hits: new Int32Array(groups), of: new Int32Array(groups), allHits: 0, allOf: 0 };
  for (let row = 0; row < slotOf.length; row += 1) {
    const slot = slotOf[row]!;
    const hit = outcome === null ? 0 : outcome[row]!;
    if (slot < 0 || hit < 0) continue;
    tally.of[slot]! += 1;
    tally.hits[slot]! += hit;
    tally.allOf += 1;
    tally.allHits += hit;
  }
  return tally;
}

/** Slots from the best rate down; ties by the number of deals, then by name. */
function bestFirst(slots: readonly number[], rates: readonly Rate[], values: readonly string[]): number[] {
  return slots.toSorted(
    (a, b) =>
      (rates[b]!.value ?? 0) - (rates[a]!.value ?? 0) ||
      rates[b]!.of - rates[a]!.of ||
      (values[a]! < values[b]! ? -1 : 1),
  );
}

/**
 * Groups by their win rate on a base that gives all the same time: no places for few groups, nor where the rates of all
 * of them are no more unlike than chance makes them.
 */
export function rankGroups(values: readonly string[], slotOf: Int32Array, base: WinBase): RankedGroups {
  const tally = tallyOf(slotOf, values.length, base.hits);
  const rates = values.map((_, slot) => rateOf(tally.hits[slot]!, tally.of[slot]!));
  const closed = tallyOf(slotOf, values.length, base.outcomes);
  const unequal = unequalGroups(base.basis, closed, tallyOf(slotOf, values.length, null));
  const rankable = [...rates.keys()].filter((slot) => rates[slot]!.of >= RANKED_FROM && !unequal.has(slot));
  const overall = proportionsAlike(rankable.map((slot) => rates[slot]!));
  const isRanked = rankable.length >= RANKED_NEEDED && overall !== null && overall.probability < ALIKE_BELOW;
  const ranks: (number | null)[] = values.map(() => null);
  const order = isRanked ? bestFirst(rankable, rates, values) : [];
  for (const [place, slot] of order.entries()) ranks[slot] = place + 1;
  const { basis, windowDays } = base;
  const counts = { rankable: rankable.length, neededRankable: RANKED_NEEDED };
  return { ranking: { basis, windowDays, ...counts, overall, isRanked }, rates, ranks };
}
