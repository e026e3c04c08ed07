import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { overallTest } from '../../stats/against-rest.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { chiSquareOfProportions } from '../../stats/chi-square.ts';
import { fisherExact } from '../../stats/fisher-exact.ts';
import { countGroups, type GroupCounts, type Hits, type RowGroups } from '../../stats/grouped-hits.ts';
import { newcombe } from '../../stats/intervals.ts';
import { mean } from '../../stats/mean.ts';
import { quantile } from '../../stats/quantile.ts';
import { concordance, type OrderMeasure } from '../../stats/rank.ts';
import { currencyCode } from '../amounts.ts';
import type { Breakdown } from '../breakdown.ts';
import { type Rate, rateOf } from '../rate.ts';
import { unequalGroups, type WinBase, winBase } from './win-base.ts';
import { wonCycleDays } from './win-rate-cohort.ts';
import { keysByGroup } from './win-rate-keys.ts';
import { type AdjustedDifference, adjustedDifferences, mixFields, type TestedBreakdown } from './win-segments-mix.ts';
import { SEGMENT_LIMITS } from './win-segments-tests.ts';

/** Deals of the base that each of two groups needs. */
export const LEAST_CLOSED = 30;

/** One of two groups of deals. */
export interface ComparedGroup {
  readonly value: string;
  /** Won within the window, of the deals created at least that long ago; without dates of creation, of closed deals. */
  readonly rate: Rate;
  /** Won of won and lost, however long the deals had. */
  readonly closed: Rate;
  /** From creation to Won, of won deals. */
  readonly medianWonDays: number | null;
  /** Won deals with a cycle. */
  readonly wonWithDays: number;
  /** Mean amount of won deals, by currency. */
  readonly meanWonAmount: Readonly<Record<string, number>>;
  /** Keys of the deals of the rate, where details are asked for. */
  readonly dealKeys?: readonly string[];
}

/** Two groups side by side; differences are the first minus the second. */
export interface GroupComparison {
  readonly field: string;
  readonly groups: readonly [ComparedGroup, ComparedGroup];
  readonly difference: number;
  /** Newcombe's, 95 %. */
  readonly differenceInterval: readonly [number, number];
  /** The normal test of two proportions, signed; null where all were won, or none. */
  readonly z: number | null;
  readonly zProbability: number | null;
  /** Fisher's exact test of the same. */
  readonly probability: number;
  /** The same, adjusted for all fields compared (Benjamini and Hochberg). */
  readonly adjustedProbability: number;
  /** What is left of a difference beyond chance between like deals; null where it is not, or cannot be told. */
  readonly adjusted: AdjustedDifference | null;
  /** `mix`: only other deals are worked on. `unequalTime`: of closed deals alone, and other shares are open. */
  readonly verdict: 'beyondChance' | 'chance' | 'mix' | 'unequalTime';
  /** That a won deal of the first group took longer than one of the second, ties half; null without cycles. */
  readonly slower: OrderMeasure | null;
}

/** Why a field was not compared. */
export interface RefusedComparison {
  readonly field: string;
  readonly because: 'notTwoValues' | 'tooFewClosed';
  readonly values: number;
  /** Deals of the base of the two largest values, 0 where there is none. */
  readonly closed: readonly [number, number];
}

export interface GroupComparisonResult {
  /** What the rates are of: the deals created at least the window ago, or for want of these dates closed deals. */
  readonly basis: WinBase['basis'];
  readonly windowDays: number | null;
  readonly comparisons: readonly GroupComparison[];
  readonly refused: readonly RefusedComparison[];
  /** Deals of the base that each group needs. */
  readonly leastClosed: number;
}

type Pair = readonly [number, number];

/** The two values with most deals of the base, of equal ones the first by its text; the count of values with any. */
function largestTwo({ values }: Breakdown, { of }: GroupCounts): { readonly pair: number[]; readonly used: number } {
  const used = [...values.keys()].filter((group) => of[group]! > 0);
  used.sort((a, b) => of[b]! - of[a]! || (values[a]! < values[b]! ? -1 : 1));
  return { pair: used.slice(0, 2), used: used.length };
}

/** Values of the rows of two groups, the unknown ones left out. */
function valuesOfPair(groupOf: Int32Array, pair: Pair, values: Float64Array): readonly [Float64Array, Float64Array] {
  const lists = pair.map((group) => values.filter((value, row) => groupOf[row] === group && !Number.isNaN(value)));
  return [lists[0]!, lists[1]!];
}

/** Mean amount of the won deals of a group, by currency. */
function meanAmounts(dataset: Dataset, groupOf: Int32Array, group: number, hits: Hits): Record<string, number> {
  const column = dataset.columns.get('amount');
  const byCurrency = new Map<number, number[]>();
  for (let row = 0; row < groupOf.length; row += 1) {
    if (groupOf[row] !== group || hits[row] !== 1) continue;
    const amount = numberAt(column, row);
    if (Number.isNaN(amount)) continue;
    const currency = dataset.currency[row]!;
    const known = byCurrency.get(currency);
    if (known === undefined) byCurrency.set(currency, [amount]);
    else known.push(amount);
  }
  const means = [...byCurrency].map(([currency, amounts]) => {
    // Sorted, so that the order of the rows does not show in the last digit.
    return [currencyCode(dataset, currency), mean(Float64Array.from(amounts).sort()) ?? 0] as const;
  });
  return Object.fromEntries(means.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The values in code-unit order, so that “first” does not hang on which is larger this month. */
function orderedPair({ values }: Breakdown, [a, b]: Pair): Pair {
  return values[a]! < values[b]! ? [a, b] : [b, a];
}

interface CompareOptions {
  readonly dataset: Dataset;
  readonly base: WinBase;
  readonly cycleDays: Float64Array;
  readonly details: boolean;
}

/** A field with its two values, before chance and mix are told apart. */
interface Candidate {
  readonly breakdown: Breakdown;
  readonly pair: Pair;
  /** The first value is group 0, the second group 1. */
  readonly two: RowGroups;
  readonly counts: GroupCounts;
  readonly probability: number;
}

function candidateOf(breakdown: Breakdown, pair: Pair, { hits }: WinBase): Candidate {
  const two = { ofRow: breakdown.groupOf.map((group) => pair.indexOf(group)), size: 2 };
  const counts = countGroups(two, hits);
  const [first, second] = [rateOf(counts.hits[0]!, counts.of[0]!), rateOf(counts.hits[1]!, counts.of[1]!)];
  return { breakdown, pair, two, counts, probability: fisherExact(first, second) };
}

function hasUnequalTime({ two }: Candidate, { basis, outcomes }: WinBase): boolean {
  const deals = countGroups(two, new Int8Array(outcomes.length));
  return unequalGroups(basis, countGroups(two, outcomes), deals).size > 0;
}

type Verdict = Pick<GroupComparison, 'adjusted' | 'verdict'>;

/** As the segments are judged: beyond chance with all fields counted, and then between like deals. */
function verdictOf(
  candidate: Candidate,
  isReal: boolean,
  tested: readonly TestedBreakdown[],
  { dataset, base }: CompareOptions,
): Verdict {
  if (hasUnequalTime(candidate, base)) return { adjusted: null, verdict: 'unequalTime' };
  if (!isReal) return { adjusted: null, verdict: 'chance' };
  const fields = mixFields(dataset, candidate.breakdown.field, tested);
  const [adjusted = null] = adjustedDifferences(candidate.two, candidate.counts, [0], base.hits, fields);
  return { adjusted, verdict: adjusted?.isMix === true ? 'mix' : 'beyondChance' };
}

function groupsOf(candidate: Candidate, days: readonly [Float64Array, Float64Array], options: CompareOptions) {
  const { dataset, base, details } = options;
  const { breakdown, pair, two, counts } = candidate;
  const closed = countGroups(two, base.outcomes);
  const slots = details ? two.ofRow.map((group, row) => (base.hits[row] === -1 ? -1 : group)) : null;
  const keys = slots === null ? null : keysByGroup(dataset, slots, 2);
  const groupAt = (slot: 0 | 1): ComparedGroup => ({
    value: breakdown.values[pair[slot]]!,
    rate: rateOf(counts.hits[slot]!, counts.of[slot]!),
    closed: rateOf(closed.hits[slot]!, closed.of[slot]!),
    medianWonDays: quantile(days[slot], 0.5),
    wonWithDays: days[slot].length,
    meanWonAmount: meanAmounts(dataset, two.ofRow, slot, base.outcomes),
    ...(keys === null ? {} : { dealKeys: keys[slot]! }),
  });
  return [groupAt(0), groupAt(1)] as const;
}

function comparisonOf(
  candidate: Candidate,
  adjustedProbability: number,
  tested: readonly TestedBreakdown[],
  options: CompareOptions,
): GroupComparison {
  const days = valuesOfPair(candidate.two.ofRow, [0, 1], options.cycleDays);
  const groups = groupsOf(candidate, days, options);
  const [first, second] = groups;
  const { difference, lower, upper } = newcombe(first.rate, second.rate) ?? { difference: 0, lower: -1, upper: 1 };
  const test = chiSquareOfProportions([first.rate, second.rate]);
  const isReal = adjustedProbability < SEGMENT_LIMITS.q && (lower > 0 || upper < 0);
  return {
    field: candidate.breakdown.field,
    groups,
    difference,
    differenceInterval: [lower, upper],
    z: test === null ? null : Math.sign(difference) * Math.sqrt(test.statistic),
    zProbability: test?.probability ?? null,
    probability: candidate.probability,
    adjustedProbability,
    ...verdictOf(candidate, isReal, tested, options),
    slower: concordance(days[0], days[1]),
  };
}

/**
 * The two values of each field, where both have deals enough.
 * @param isNamed the fields were asked for: of more than two values the two largest are compared.
 */
export function compareGroups(
  dataset: Dataset,
  breakdowns: readonly Breakdown[],
  { isNamed, details }: { readonly isNamed: boolean; readonly details: boolean },
): GroupComparisonResult {
  const base = winBase(dataset);
  const candidates: Candidate[] = [];
  const refused: RefusedComparison[] = [];
  const tested: TestedBreakdown[] = [];
  for (const breakdown of breakdowns) {
    const counts = countGroups({ ofRow: breakdown.groupOf, size: breakdown.values.length }, base.hits);
    tested.push({ breakdown, overall: overallTest(counts) });
    const { pair, used } = largestTwo(breakdown, counts);
    const [first, second] = pair;
    const closed = [counts.of[first ?? -1] ?? 0, counts.of[second ?? -1] ?? 0] as const;
    const isPair = first !== undefined && second !== undefined && (isNamed || used === 2);
    if (!isPair) refused.push({ field: breakdown.field, because: 'notTwoValues', values: used, closed });
    else if (closed[1] < LEAST_CLOSED) {
      refused.push({ field: breakdown.field, because: 'tooFewClosed', values: used, closed });
    } else candidates.push(candidateOf(breakdown, orderedPair(breakdown, [first, second]), base));
  }
  const adjusted = benjaminiHochberg(candidates.map(({ probability }) => probability));
  const options = { dataset, base, cycleDays: wonCycleDays(dataset), details };
  const comparisons = candidates.map((candidate, at) => comparisonOf(candidate, adjusted[at]!, tested, options));
  return { basis: base.basis, windowDays: base.windowDays, comparisons, refused, leastClosed: LEAST_CLOSED };
}
