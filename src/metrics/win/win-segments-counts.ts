import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { differenceToRest, overallTest, type RestTest, testsAgainstRest } from '../../stats/against-rest.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import type { ChiSquareTest } from '../../stats/chi-square.ts';
import { countGroups, type GroupCounts, type Hits, type RowGroups } from '../../stats/grouped-hits.ts';
import { newcombe } from '../../stats/intervals.ts';
import { quantile } from '../../stats/quantile.ts';
import { sumAmounts } from '../amounts.ts';
import type { Breakdown } from '../breakdown.ts';
import { type Rate, rateOf } from '../rate.ts';
import { wonCycleDays } from './win-rate-cohort.ts';
import { winHits } from './win-rate-counts.ts';
import { keysByGroup } from './win-rate-keys.ts';
import { type AdjustedDifference, adjustedDifferences, mixFields } from './win-segments-mix.ts';

/** What makes a segment stand out. */
export const SEGMENT_LIMITS = { q: 0.1, minDifference: 0.1, minDeals: 10 } as const;
/** Segments told of, a field. */
const MOST_SEGMENTS = 200;

/** The deals with one value of a field, against all others that have a value. */
export interface WinSegment {
  readonly value: string;
  readonly won: number;
  readonly lost: number;
  /** Neither won nor lost. */
  readonly open: number;
  readonly rate: Rate;
  readonly rest: Rate;
  /** Own rate minus that of the rest, −1–1, with Newcombe's interval; null where one of them has no base. */
  readonly difference: number | null;
  readonly differenceInterval: readonly [number, number] | null;
  /** Fisher's exact p, alone and adjusted for all tests of all fields (Benjamini and Hochberg). */
  readonly probability: number | null;
  readonly adjustedProbability: number | null;
  /** Beyond chance and large enough; `mix` where it is only that other deals are worked on. */
  readonly flag: 'above' | 'below' | 'mix' | null;
  /** Of a segment beyond chance: what is left of the difference between like deals. */
  readonly adjusted: AdjustedDifference | null;
  /** By currency. */
  readonly wonAmount: Readonly<Record<string, number>>;
  /** From creation to Won. */
  readonly medianWonDays: number | null;
  /** Keys, where details are asked for. */
  readonly dealKeys?: readonly string[];
}

/** The segments of one field. */
export interface WinSegmentField {
  readonly field: string;
  /** Deals that have a value. */
  readonly deals: number;
  /** That all values win alike: chi-square; null where there is nothing to compare. */
  readonly overall: ChiSquareTest | null;
  /** Those that stand out first, then the largest. */
  readonly segments: readonly WinSegment[];
  readonly omitted: number;
}

interface Prepared {
  readonly breakdown: Breakdown;
  readonly groups: RowGroups;
  readonly counts: GroupCounts;
  /** All deals of each value, open ones too. */
  readonly deals: Int32Array;
  readonly overall: ChiSquareTest | null;
  readonly tests: readonly RestTest[];
}

function prepare(breakdown: Breakdown, hits: Hits): Prepared {
  const groups = { ofRow: breakdown.groupOf, size: breakdown.values.length };
  const counts = countGroups(groups, hits);
  const deals = new Int32Array(groups.size);
  for (let row = 0; row < hits.length; row += 1) {
    const group = breakdown.groupOf[row]!;
    if (group >= 0) deals[group]! += 1;
  }
  return { breakdown, groups, counts, deals, overall: overallTest(counts), tests: testsAgainstRest(counts) };
}

/** p of each value alone and adjusted; of two values each is the rest of the other, which is one test. */
interface Probabilities {
  readonly alone: ReadonlyMap<number, number>;
  readonly adjusted: ReadonlyMap<number, number>;
}

function adjust(fields: readonly Prepared[]): { tests: number; probabilities: readonly Probabilities[] } {
  const made = fields.map(({ tests }) => (tests.length === 2 ? tests.slice(0, 1) : tests));
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

function isFlagged({ counts }: Prepared, { adjusted }: Probabilities, group: number): boolean {
  const { q, minDifference, minDeals } = SEGMENT_LIMITS;
  const probability = adjusted.get(group) ?? 1;
  if (probability >= q || counts.of[group]! < minDeals) return false;
  // A difference of exactly ten points is one, whatever rounding makes of it.
  return Math.abs(differenceToRest(counts, group)) >= minDifference - 1e-12;
}

/** The values told of: those that stand out, then the largest, of equal ones in order of their text. */
function listed({ breakdown: { values }, counts, deals }: Prepared, flagged: ReadonlySet<number>): number[] {
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

/** Index of each row among the values listed, -1 for the others. */
function slotsOf({ groupOf, values }: Breakdown, groups: readonly number[]): Int32Array {
  const slotOf = new Int32Array(values.length).fill(-1);
  for (const [slot, group] of groups.entries()) slotOf[group] = slot;
  return groupOf.map((group) => (group < 0 ? -1 : slotOf[group]!));
}

/** Median days to Won of the values listed. */
function medianDays(slots: Int32Array, size: number, cycleDays: Float64Array): (number | null)[] {
  const days: number[][] = Array.from({ length: size }, () => []);
  for (let row = 0; row < slots.length; row += 1) {
    const slot = slots[row]!;
    if (slot >= 0 && !Number.isNaN(cycleDays[row])) days[slot]!.push(cycleDays[row]!);
  }
  return days.map((each) => quantile(each, 0.5));
}

interface FieldOptions {
  readonly dataset: Dataset;
  readonly hits: Hits;
  readonly cycleDays: Float64Array;
  readonly details: boolean;
}

/** The rates of one value and of the rest, and by how much they differ. */
function againstRest(
  { hits, of, allHits, allOf }: GroupCounts,
  group: number,
): Pick<WinSegment, 'rate' | 'rest' | 'difference' | 'differenceInterval'> {
  const rate = rateOf(hits[group]!, of[group]!);
  const rest = rateOf(allHits - rate.count, allOf - rate.of);
  const difference = newcombe(rate, rest);
  return {
    rate,
    rest,
    difference: difference?.difference ?? null,
    differenceInterval: difference === null ? null : [difference.lower, difference.upper],
  };
}

/** What is left between like deals of the values that stand out. */
function adjustmentsOf(
  { breakdown, groups, counts }: Prepared,
  fields: readonly Prepared[],
  wanted: readonly number[],
  { dataset, hits }: Pick<FieldOptions, 'dataset' | 'hits'>,
): ReadonlyMap<number, AdjustedDifference | null> {
  const mixes = wanted.length === 0 ? [] : mixFields(dataset, breakdown.field, fields);
  const differences = adjustedDifferences(groups, counts, wanted, hits, mixes);
  return new Map(differences.map((each, at) => [wanted[at]!, each]));
}

function fieldOf(
  field: Prepared,
  probabilities: Probabilities,
  fields: readonly Prepared[],
  { dataset, hits, cycleDays, details }: FieldOptions,
): WinSegmentField {
  const { breakdown, counts, deals, overall } = field;
  const flagged = [...breakdown.values.keys()].filter((group) => isFlagged(field, probabilities, group));
  const shown = listed(field, new Set(flagged));
  const wanted = shown.filter((group) => isFlagged(field, probabilities, group));
  const adjustments = adjustmentsOf(field, fields, wanted, { dataset, hits });
  const slots = slotsOf(breakdown, shown);
  const amounts = sumAmounts(
    dataset,
    slots.map((slot, row) => (hits[row] === 1 ? slot : -1)),
    shown.length,
  );
  const medians = medianDays(slots, shown.length, cycleDays);
  const keys = details ? keysByGroup(dataset, slots, shown.length) : null;
  const segments = shown.map((group, slot): WinSegment => {
    const adjusted = adjustments.get(group) ?? null;
    const compared = againstRest(counts, group);
    return {
      value: breakdown.values[group]!,
      won: counts.hits[group]!,
      lost: counts.of[group]! - counts.hits[group]!,
      open: deals[group]! - counts.of[group]!,
      ...compared,
      probability: probabilities.alone.get(group) ?? null,
      adjustedProbability: probabilities.adjusted.get(group) ?? null,
      flag: adjustments.has(group) ? flagOf(compared.difference ?? 0, adjusted) : null,
      adjusted,
      wonAmount: amounts[slot]!.amounts,
      medianWonDays: medians[slot] ?? null,
      ...(keys === null ? {} : { dealKeys: keys[slot]! }),
    };
  });
  const total = deals.reduce((sum, each) => sum + each, 0);
  return { field: breakdown.field, deals: total, overall, segments, omitted: deals.length - shown.length };
}

function flagOf(difference: number, adjusted: AdjustedDifference | null): WinSegment['flag'] {
  if (adjusted?.isMix) return 'mix';
  return difference > 0 ? 'above' : 'below';
}

/** The segments of each field, and how many were tested. */
export function winSegments(
  dataset: Dataset,
  breakdowns: readonly Breakdown[],
  details: boolean,
): { readonly fields: readonly WinSegmentField[]; readonly tests: number } {
  const hits = winHits(currentState(dataset).outcome);
  const prepared = breakdowns.map((breakdown) => prepare(breakdown, hits));
  const { tests, probabilities } = adjust(prepared);
  const options = { dataset, hits, cycleDays: wonCycleDays(dataset), details };
  const fields = prepared.map((field, index) => fieldOf(field, probabilities[index]!, prepared, options));
  return { fields, tests };
}
