import { differenceToRest, distinctTests, overallTest } from '../stats/against-rest.ts';
import { benjaminiHochberg } from '../stats/benjamini-hochberg.ts';
import { type Hits, standardisedDifferences } from '../stats/grouped-hits.ts';
import { newcombe } from '../stats/intervals.ts';
import type { Strata, ValueCounts } from './segment-counts.ts';

/** What makes a value stand out. */
export interface SegmentLimits {
  /** Deals a value needs to be judged. */
  readonly minN: number;
  /** 0–1. */
  readonly minDifference: number;
  /** Share of the values told of that may be chance. */
  readonly q: number;
}

/** A value that differs from the rest beyond chance. */
export interface Outlier {
  readonly field: string;
  readonly value: string;
  readonly own: { readonly count: number; readonly of: number };
  readonly rest: { readonly count: number; readonly of: number };
  /** Own minus rest, −1–1. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Adjusted for all tests made. */
  readonly probability: number;
  /** That all values of the field have one rate. */
  readonly overall: number | null;
  /** The difference with an equal mix of another field, where that turns it round. */
  readonly mix: { readonly field: string; readonly difference: number } | null;
}

export interface SegmentTests {
  readonly outliers: readonly Outlier[];
  /** Values that have deals enough to be judged. */
  readonly judged: number;
  /** Values that were compared with the rest, the small ones too. */
  readonly tests: number;
}

interface Test {
  readonly counts: ValueCounts;
  readonly code: number;
  readonly probability: number;
}

/** A turn by less than this is no turn. */
const LEAST_TURN = 0.005;

/** The comparisons of one field, of which each is told of by one value. */
function testsOf(counts: ValueCounts, minN: number): Test[] {
  return distinctTests(counts, minN)
    .filter(({ group }) => !counts.unequal.has(group))
    .map(({ group, probability }) => ({ counts, code: group, probability }));
}

function sizeOf({ counts, code }: Test): number {
  return counts.of[code] as number;
}

function differenceOf({ counts, code }: Test): number {
  return differenceToRest(counts, code);
}

/** For each value the field whose mix turns its difference round. */
function mixesOf(
  counts: ValueCounts,
  flagged: readonly Test[],
  outcome: Hits,
  strata: readonly Strata[],
): ReadonlyMap<number, Outlier['mix']> {
  const mixes = new Map<number, Outlier['mix']>();
  const values = flagged.map(({ code }) => code);
  for (const each of strata) {
    if (each.field === counts.column.field) continue;
    const differences = standardisedDifferences(counts.groups, counts, values, outcome, each);
    for (const [index, test] of flagged.entries()) {
      const adjusted = differences[index] ?? null;
      if (adjusted === null || Math.abs(adjusted) < LEAST_TURN || mixes.has(test.code)) continue;
      if (adjusted * differenceOf(test) < 0) mixes.set(test.code, { field: each.field, difference: adjusted });
    }
  }
  return mixes;
}

/** 95 % interval of own − rest; of a group without a base nothing is known. */
function differenceOfShares(own: Outlier['own'], rest: Outlier['rest']): readonly [number, number] {
  const difference = newcombe(own, rest);
  return difference === null ? [-1, 1] : [difference.lower, difference.upper];
}

function outliersOf(
  counts: ValueCounts,
  flagged: readonly (Test & { readonly adjusted: number })[],
  outcome: Hits,
  strata: readonly Strata[],
): Outlier[] {
  if (flagged.length === 0) return [];
  const mixes = mixesOf(counts, flagged, outcome, strata);
  const overall = overallTest(counts)?.probability ?? null;
  return flagged.map((test) => {
    const own = { count: counts.hits[test.code] as number, of: counts.of[test.code] as number };
    const rest = { count: counts.allHits - own.count, of: counts.allOf - own.of };
    return {
      field: counts.column.field,
      value: counts.column.texts.at(test.code) as string,
      own,
      rest,
      difference: differenceOf(test),
      interval: differenceOfShares(own, rest),
      probability: test.adjusted,
      overall,
      mix: mixes.get(test.code) ?? null,
    };
  });
}

/**
 * Values of some fields that differ from the rest of their field: Fisher's exact test of each value against the rest,
 * adjusted for all of them (Benjamini and Hochberg); told of where the adjusted p is below q, the difference and the
 * number of deals large enough. Least likely first.
 */
export function testSegments(
  fields: readonly ValueCounts[],
  outcome: Hits,
  strata: readonly Strata[],
  { minN, minDifference, q }: SegmentLimits,
): SegmentTests {
  const tests = fields.flatMap((counts) => testsOf(counts, minN));
  const adjusted = benjaminiHochberg(tests.map(({ probability }) => probability));
  const large = (test: Test): boolean => sizeOf(test) >= minN;
  const flagged = tests
    .map((test, index) => ({ ...test, adjusted: adjusted[index] as number }))
    .filter((test) => test.adjusted < q && large(test) && Math.abs(differenceOf(test)) >= minDifference - 1e-12);
  const outliers = fields.flatMap((counts) =>
    outliersOf(
      counts,
      flagged.filter((test) => test.counts === counts),
      outcome,
      strata,
    ),
  );
  const byValue = (a: Outlier, b: Outlier): number => (a.value < b.value ? -1 : Number(a.value > b.value));
  outliers.sort((a, b) => a.probability - b.probability || byValue(a, b));
  return { outliers, judged: tests.filter(large).length, tests: tests.length };
}
