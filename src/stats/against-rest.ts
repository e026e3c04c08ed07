import { fisherExact } from './fisher-exact.ts';
import type { GroupCounts } from './grouped-hits.ts';
import { type AlikeTest, proportionsAlike } from './proportions-alike.ts';

/** A group held against all others. */
export interface RestTest {
  readonly group: number;
  /** Two-sided p of Fisher's exact test. */
  readonly probability: number;
}

/** Each group that has rows against all others; equal tables are worked out once. */
export function testsAgainstRest(counts: GroupCounts): RestTest[] {
  const known = new Map<string, number>();
  const tests: RestTest[] = [];
  for (let group = 0; group < counts.of.length; group++) {
    const count = counts.hits[group] as number;
    const of = counts.of[group] as number;
    if (of === 0 || of === counts.allOf) continue;
    const key = `${count}/${of}`;
    const rest = { count: counts.allHits - count, of: counts.allOf - of };
    const probability = known.get(key) ?? fisherExact({ count, of }, rest);
    known.set(key, probability);
    tests.push({ group, probability });
  }
  return tests;
}

/**
 * Of two groups each is the rest of the other: that is one test, told of by the one that does worse, or where that one
 * has fewer than `minN` rows, or none is worse, by the larger one.
 */
export function distinctTests(counts: GroupCounts, minN: number): readonly RestTest[] {
  const tests = testsAgainstRest(counts);
  const [first, second] = tests;
  if (tests.length !== 2 || first === undefined || second === undefined) return tests;
  const difference = (test: RestTest): number => differenceToRest(counts, test.group);
  const [worse, better] = difference(first) <= difference(second) ? [first, second] : [second, first];
  const [ofWorse, ofBetter] = [counts.of[worse.group] as number, counts.of[better.group] as number];
  const isEven = difference(worse) === difference(better);
  return [(isEven || ofWorse < minN) && ofBetter > ofWorse ? better : worse];
}

/** Share of hits of a group minus that of all others, −1–1. */
export function differenceToRest({ hits, of, allHits, allOf }: GroupCounts, group: number): number {
  const count = hits[group] as number;
  const base = of[group] as number;
  return count / base - (allHits - count) / (allOf - base);
}

/** That all groups have one share of hits. */
export function overallTest({ hits, of }: GroupCounts): AlikeTest | null {
  return proportionsAlike(Array.from(hits, (count, group) => ({ count, of: of[group] as number })));
}
