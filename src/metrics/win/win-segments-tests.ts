import { differenceToRest, overallTest, type RestTest, testsAgainstRest } from '../../stats/against-rest.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { countGroups, type GroupCounts, type RowGroups } from '../../stats/grouped-hits.ts';
import type { AlikeTest } from '../../stats/proportions-alike.ts';
import type { Breakdown } from '../breakdown.ts';
import { unequalGroups, type WinBase } from './win-base.ts';

/** What makes a segment stand out. */
export const SEGMENT_LIMITS = { q: 0.1, minDifference: 0.1, minDeals: 10 } as const;
/** Segments told of, a field. */
const MOST_SEGMENTS = 200;

/** One field, counted and tested. */
export interface Prepared {
  readonly breakdown: Breakdown;
  readonly groups: RowGroups;
  /** Of the base that is compared. */
  readonly counts: GroupCounts;
  /** Won, of won and lost. */
  readonly closed: GroupCounts;
  /** All deals of each value, open ones too. */
  readonly deals: Int32Array;
  readonly allDeals: number;
  /** Values that are not tested, as other shares of their deals are open than of the rest. */
  readonly unequal: ReadonlySet<number>;
  readonly overall: AlikeTest | null;
  readonly tests: readonly RestTest[];
  /** Of two values each is the rest of the other, which is one test. */
  readonly isPair: boolean;
}

/** Counts the deals of a field and tests each value against the rest. */
export function prepare(breakdown: Breakdown, { basis, hits, outcomes }: WinBase): Prepared {
  const groups = { ofRow: breakdown.groupOf, size: breakdown.values.length };
  const counts = countGroups(groups, hits);
  const closed = countGroups(groups, outcomes);
  const deals = new Int32Array(groups.size);
  let allDeals = 0;
  for (let row = 0; row < hits.length; row += 1) {
    const group = breakdown.groupOf[row]!;
    if (group < 0) continue;
    deals[group]! += 1;
    allDeals += 1;
  }
  const unequal = unequalGroups(basis, closed, { of: deals, allOf: allDeals });
  const isUneven = [...unequal].some((group) => deals[group]! >= SEGMENT_LIMITS.minDeals);
  const tests = testsAgainstRest(counts);
  return {
    breakdown,
    groups,
    counts,
    closed,
    deals,
    allDeals,
    unequal,
    overall: isUneven ? null : overallTest(counts),
    tests: tests.filter(({ group }) => !unequal.has(group)),
    isPair: tests.length === 2,
  };
}

/** p of each value alone and adjusted. */
export interface Probabilities {
  readonly alone: ReadonlyMap<number, number>;
  readonly adjusted: ReadonlyMap<number, number>;
}

/** The probabilities of all fields, adjusted for all tests made (Benjamini and Hochberg). */
export function adjust(fields: readonly Prepared[]): { tests: number; probabilities: readonly Probabilities[] } {
  const made = fields.map(({ tests, isPair }) => (isPair ? tests.slice(0, 1) : tests));
  const adjusted = benjaminiHochberg(made.flat().map(({ probability }) => probability));
  let next = 0;
  const probabilities = fields.map(({ tests }, index) => {
    const own = adjusted.subarray(next, next + made[index]!.length);
    next += own.length;
    return {
      alone: new Map(tests.map(({ group, probability }) => [group, probability])),
      adjusted: new Map(tests.map(({ group }, at) => [group, own[Math.min(at, own.length - 1)]!])),
    };
  });
  return { tests: next, probabilities };
}

/** Whether a value stands out, as far as chance goes. */
export function isFlagged({ counts }: Prepared, { adjusted }: Probabilities, group: number): boolean {
  const { q, minDifference, minDeals } = SEGMENT_LIMITS;
  const probability = adjusted.get(group) ?? 1;
  if (probability >= q || counts.of[group]! < minDeals) return false;
  // A difference of exactly ten points is one, whatever rounding makes of it.
  return Math.abs(differenceToRest(counts, group)) >= minDifference - 1e-12;
}

/** The values told of: those that stand out, then the largest, of equal ones in order of their text. */
export function listed({ breakdown: { values }, counts, deals }: Prepared, flagged: ReadonlySet<number>): number[] {
  const rank = (group: number): number => Number(flagged.has(group));
  return [...values.keys()]
    .sort(
      (a, b) =>
        rank(b) - rank(a) ||
        counts.of[b]! - counts.of[a]! ||
        deals[b]! - deals[a]! ||
        (values[a]! < values[b]! ? -1 : 1),
    )
    .slice(0, MOST_SEGMENTS);
}
