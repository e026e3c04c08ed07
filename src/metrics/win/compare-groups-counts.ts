import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { chiSquareOfProportions } from '../../stats/chi-square.ts';
import { fisherExact } from '../../stats/fisher-exact.ts';
import { countGroups, type GroupCounts, type Hits } from '../../stats/grouped-hits.ts';
import { newcombe } from '../../stats/intervals.ts';
import { mean } from '../../stats/mean.ts';
import { quantile } from '../../stats/quantile.ts';
import { concordance, type OrderMeasure } from '../../stats/rank.ts';
import { currencyCode } from '../amounts.ts';
import type { Breakdown } from '../breakdown.ts';
import { type Rate, rateOf } from '../rate.ts';
import { wonCycleDays } from './win-rate-cohort.ts';
import { winHits } from './win-rate-counts.ts';
import { keysByGroup } from './win-rate-keys.ts';

/** Closed deals that each of two groups needs. */
export const LEAST_CLOSED = 30;

/** One of two groups of deals. */
export interface ComparedGroup {
  readonly value: string;
  /** Won of closed. */
  readonly rate: Rate;
  /** From creation to Won, of won deals. */
  readonly medianWonDays: number | null;
  /** Won deals with a cycle. */
  readonly wonWithDays: number;
  /** Mean amount of won deals, by currency. */
  readonly meanWonAmount: Readonly<Record<string, number>>;
  /** Keys of the closed deals, where details are asked for. */
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
  /** That a won deal of the first group took longer than one of the second, ties half; null without cycles. */
  readonly slower: OrderMeasure | null;
}

/** Why a field was not compared. */
export interface RefusedComparison {
  readonly field: string;
  readonly because: 'notTwoValues' | 'tooFewClosed';
  readonly values: number;
  /** Closed deals of the two largest values, 0 where there is none. */
  readonly closed: readonly [number, number];
}

export interface GroupComparisonResult {
  readonly comparisons: readonly GroupComparison[];
  readonly refused: readonly RefusedComparison[];
  /** Closed deals that each group needs. */
  readonly leastClosed: number;
}

type Pair = readonly [number, number];

/** The two values with most closed deals, of equal ones the first by its text; the count of values with any. */
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
  readonly hits: Hits;
  readonly cycleDays: Float64Array;
  readonly details: boolean;
}

function comparisonOf(breakdown: Breakdown, counts: GroupCounts, pair: Pair, options: CompareOptions): GroupComparison {
  const { dataset, hits, cycleDays, details } = options;
  const { groupOf } = breakdown;
  const days = valuesOfPair(groupOf, pair, cycleDays);
  const slots = details ? groupOf.map((group, row) => (hits[row] === -1 ? -1 : pair.indexOf(group))) : null;
  const keys = slots === null ? null : keysByGroup(dataset, slots, 2);
  const groupAt = (slot: 0 | 1): ComparedGroup => ({
    value: breakdown.values[pair[slot]]!,
    rate: rateOf(counts.hits[pair[slot]]!, counts.of[pair[slot]]!),
    medianWonDays: quantile(days[slot], 0.5),
    wonWithDays: days[slot].length,
    meanWonAmount: meanAmounts(dataset, groupOf, pair[slot], hits),
    ...(keys === null ? {} : { dealKeys: keys[slot]! }),
  });
  const groups = [groupAt(0), groupAt(1)] as const;
  const [first, second] = groups;
  const { difference, lower, upper } = newcombe(first.rate, second.rate) ?? { difference: 0, lower: -1, upper: 1 };
  const test = chiSquareOfProportions([first.rate, second.rate]);
  return {
    field: breakdown.field,
    groups,
    difference,
    differenceInterval: [lower, upper],
    z: test === null ? null : Math.sign(difference) * Math.sqrt(test.statistic),
    zProbability: test?.probability ?? null,
    probability: fisherExact(first.rate, second.rate),
    slower: concordance(days[0], days[1]),
  };
}

/**
 * The two values of each field, where both have closed deals enough.
 * @param isNamed the fields were asked for: of more than two values the two largest are compared.
 */
export function compareGroups(
  dataset: Dataset,
  breakdowns: readonly Breakdown[],
  { isNamed, details }: { readonly isNamed: boolean; readonly details: boolean },
): GroupComparisonResult {
  const hits = winHits(currentState(dataset).outcome);
  const options = { dataset, hits, cycleDays: wonCycleDays(dataset), details };
  const comparisons: GroupComparison[] = [];
  const refused: RefusedComparison[] = [];
  for (const breakdown of breakdowns) {
    const counts = countGroups({ ofRow: breakdown.groupOf, size: breakdown.values.length }, hits);
    const { pair, used } = largestTwo(breakdown, counts);
    const [first, second] = pair;
    const closed = [counts.of[first ?? -1] ?? 0, counts.of[second ?? -1] ?? 0] as const;
    const isPair = first !== undefined && second !== undefined && (isNamed || used === 2);
    if (!isPair) refused.push({ field: breakdown.field, because: 'notTwoValues', values: used, closed });
    else if (closed[1] < LEAST_CLOSED) {
      refused.push({ field: breakdown.field, because: 'tooFewClosed', values: used, closed });
    } else comparisons.push(comparisonOf(breakdown, counts, orderedPair(breakdown, [first, second]), options));
  }
  return { comparisons, refused, leastClosed: LEAST_CLOSED };
}
