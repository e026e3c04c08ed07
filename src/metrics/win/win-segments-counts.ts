import type { Dataset } from '../../dataset/dataset.ts';
import type { GroupCounts } from '../../stats/grouped-hits.ts';
import { newcombe } from '../../stats/intervals.ts';
import type { AlikeTest } from '../../stats/proportions-alike.ts';
import { quantile } from '../../stats/quantile.ts';
import { sumAmounts } from '../amounts.ts';
import type { Breakdown } from '../breakdown.ts';
import { type Rate, rateOf } from '../rate.ts';
import { type WinBase, winBase } from './win-base.ts';
import { wonCycleDays } from './win-rate-cohort.ts';
import { keysByGroup } from './win-rate-keys.ts';
import { type AdjustedDifference, adjustedDifferences, mixFields } from './win-segments-mix.ts';
import { adjust, isFlagged, listed, type Prepared, type Probabilities, prepare } from './win-segments-tests.ts';

/** The deals with one value of a field, against all others that have a value. */
export interface WinSegment {
  readonly value: string;
  readonly won: number;
  readonly lost: number;
  /** Neither won nor lost. */
  readonly open: number;
  /** Won within the window, of the deals created at least that long ago; without dates of creation, of closed deals. */
  readonly rate: Rate;
  /** The same of all others. */
  readonly rest: Rate;
  /** Won of won and lost, however long the deals had. */
  readonly closed: Rate;
  /** Not tested: of closed deals alone, and another share of the deals is open than of the rest. */
  readonly hasUnequalTime: boolean;
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
  /** That all values win alike; null where there is nothing to compare, or the deals had unequal time. */
  readonly overall: AlikeTest | null;
  /** Those that stand out first, then the largest. */
  readonly segments: readonly WinSegment[];
  readonly omitted: number;
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
  readonly base: WinBase;
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
  { dataset, base }: Pick<FieldOptions, 'dataset' | 'base'>,
): ReadonlyMap<number, AdjustedDifference | null> {
  const mixes = wanted.length === 0 ? [] : mixFields(dataset, breakdown.field, fields);
  const differences = adjustedDifferences(groups, counts, wanted, base.hits, mixes);
  return new Map(differences.map((each, at) => [wanted[at]!, each]));
}

function fieldOf(
  field: Prepared,
  probabilities: Probabilities,
  fields: readonly Prepared[],
  { dataset, base, cycleDays, details }: FieldOptions,
): WinSegmentField {
  const { breakdown, counts, closed, deals, overall } = field;
  const flagged = [...breakdown.values.keys()].filter((group) => isFlagged(field, probabilities, group));
  const shown = listed(field, new Set(flagged));
  const wanted = shown.filter((group) => isFlagged(field, probabilities, group));
  const adjustments = adjustmentsOf(field, fields, wanted, { dataset, base });
  const slots = slotsOf(breakdown, shown);
  const amounts = sumAmounts(
    dataset,
    slots.map((slot, row) => (base.outcomes[row] === 1 ? slot : -1)),
    shown.length,
  );
  const medians = medianDays(slots, shown.length, cycleDays);
  const keys = details ? keysByGroup(dataset, slots, shown.length) : null;
  const segments = shown.map((group, slot): WinSegment => {
    const adjusted = adjustments.get(group) ?? null;
    const compared = againstRest(counts, group);
    return {
      value: breakdown.values[group]!,
      won: closed.hits[group]!,
      lost: closed.of[group]! - closed.hits[group]!,
      open: deals[group]! - closed.of[group]!,
      ...compared,
      closed: rateOf(closed.hits[group]!, closed.of[group]!),
      hasUnequalTime: field.unequal.has(group),
      probability: probabilities.alone.get(group) ?? null,
      adjustedProbability: probabilities.adjusted.get(group) ?? null,
      flag: adjustments.has(group) ? flagOf(compared.difference ?? 0, adjusted) : null,
      adjusted,
      wonAmount: amounts[slot]!.amounts,
      medianWonDays: medians[slot] ?? null,
      ...(keys === null ? {} : { dealKeys: keys[slot]! }),
    };
  });
  return { field: breakdown.field, deals: field.allDeals, overall, segments, omitted: deals.length - shown.length };
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
): { readonly fields: readonly WinSegmentField[]; readonly tests: number } & Pick<WinBase, 'basis' | 'windowDays'> {
  const base = winBase(dataset);
  const prepared = breakdowns.map((breakdown) => prepare(breakdown, base));
  const { tests, probabilities } = adjust(prepared);
  const options = { dataset, base, cycleDays: wonCycleDays(dataset), details };
  const fields = prepared.map((field, index) => fieldOf(field, probabilities[index]!, prepared, options));
  return { basis: base.basis, windowDays: base.windowDays, fields, tests };
}
