import type { Column, Dataset } from '../../dataset/dataset.ts';
import { type Rate, rateOf } from '../rate.ts';
import { dealsByPattern, type FilledPatterns, filledPatterns } from './filled-patterns.ts';
import type { RequiredFields } from './required-fields.ts';

/** Filled of required, in weights. */
export interface Filled {
  readonly value: number | null;
  readonly filled: number;
  readonly required: number;
}

export interface CompletenessInput {
  readonly required: RequiredFields;
  /** Column of each of `required.fields`. */
  readonly columns: readonly Column[];
  /** Weight of each of `required.fields`. */
  readonly weights: ArrayLike<number>;
}

/** Counts of deals by field and profile. */
interface FieldCounts {
  /** At `profile * fields + field`: deals of the profile that have the field filled. */
  readonly filledDeals: Int32Array;
  readonly dealsOfProfile: Int32Array;
}

/** Filled and required weights of all deals, by what they must have filled and have. */
export interface CompletenessCounts extends FieldCounts {
  readonly patterns: FilledPatterns;
  /** By pattern. */
  readonly filledWeight: Float64Array;
  readonly requiredWeight: Float64Array;
  readonly deals: Int32Array;
}

export function filledOf(filled: number, required: number): Filled {
  return { value: required > 0 ? filled / required : null, filled, required };
}

/** Filled of required fields of all deals, by weight. */
export function countFilled({ required, columns, weights }: CompletenessInput): CompletenessCounts {
  const patterns = filledPatterns(required, columns);
  const weightOf = (fields: ArrayLike<number>): number =>
    Array.from(fields).reduce((sum, field) => sum + weights[field]!, 0);
  const requiredOfProfile = required.profiles.map(weightOf);
  const deals = dealsByPattern(patterns, null);
  return {
    patterns,
    filledWeight: Float64Array.from(patterns.filled, weightOf),
    requiredWeight: Float64Array.from(patterns.profiles, (profile) => requiredOfProfile[profile]!),
    deals,
    ...fieldCounts(required, patterns, deals),
  };
}

function fieldCounts(required: RequiredFields, { profiles, filled }: FilledPatterns, deals: Int32Array): FieldCounts {
  const width = required.fields.length;
  const filledDeals = new Int32Array(required.profiles.length * width);
  const dealsOfProfile = new Int32Array(required.profiles.length);
  for (const [pattern, profile] of profiles.entries()) {
    dealsOfProfile[profile]! += deals[pattern]!;
    for (const field of filled[pattern]!) filledDeals[profile * width + field]! += deals[pattern]!;
  }
  return { filledDeals, dealsOfProfile };
}

// A rule judged for a thousand owners asks for these a thousand times; datasets never change once they are built.
const known = new WeakMap<RequiredFields, CompletenessCounts>();

/** Filled of required fields of all deals, each field counting once. Further calls are free. */
export function countRequired(dataset: Dataset, required: RequiredFields): CompletenessCounts {
  const columns = required.fields.map((field) => dataset.columns.get(field)!);
  const weights = new Float64Array(columns.length).fill(1);
  const counts = known.get(required) ?? countFilled({ required, columns, weights });
  known.set(required, counts);
  return counts;
}

/** The same of some of the deals, by field alone. */
export function countSelected(
  required: RequiredFields,
  { patterns }: CompletenessCounts,
  select: Uint8Array,
): FieldCounts {
  return fieldCounts(required, patterns, dealsByPattern(patterns, select));
}

/** Filled of required deals of one field, in the profiles from one up to another. */
export function fieldRate(
  required: RequiredFields,
  counts: FieldCounts,
  field: number,
  from = 0,
  until: number = required.profiles.length,
): Rate {
  let filled = 0;
  let of = 0;
  for (let profile = from; profile < until; profile += 1) {
    if (!required.profiles[profile]!.includes(field)) continue;
    filled += counts.filledDeals[profile * required.fields.length + field]!;
    of += counts.dealsOfProfile[profile]!;
  }
  return rateOf(filled, of);
}

/** Filled and required fields: of one field, or of all where `only` is -1. */
export function countFields(
  required: RequiredFields,
  counts: FieldCounts,
  only: number,
): { readonly filled: number; readonly required: number } {
  const fields = only >= 0 ? [only] : Array.from(required.fields.keys());
  const rates = fields.map((field) => fieldRate(required, counts, field));
  return {
    filled: rates.reduce((sum, { count }) => sum + count, 0),
    required: rates.reduce((sum, { of }) => sum + of, 0),
  };
}

/** Pooled weights over all deals: not the mean of the scores of the deals. */
export function pooled({ deals, filledWeight, requiredWeight }: CompletenessCounts): Filled {
  let filled = 0;
  let required = 0;
  for (let pattern = 0; pattern < deals.length; pattern += 1) {
    filled += deals[pattern]! * filledWeight[pattern]!;
    required += deals[pattern]! * requiredWeight[pattern]!;
  }
  return filledOf(filled, required);
}

/** Mean of the scores of some deals, and how many these are. */
export interface MeanScore {
  readonly value: number | null;
  readonly deals: number;
}

/** Mean of the scores of the deals that must have something. */
export function meanScore({ patterns, filledWeight, requiredWeight }: CompletenessCounts): MeanScore {
  const { patternOf } = patterns;
  const scores = filledWeight.map((filled, pattern) => filled / requiredWeight[pattern]!);
  let sum = 0;
  let deals = 0;
  for (let deal = 0; deal < patternOf.length; deal += 1) {
    const pattern = patternOf[deal]!;
    if (pattern < 0 || requiredWeight[pattern] === 0) continue;
    sum += scores[pattern]!;
    deals += 1;
  }
  return { value: deals > 0 ? sum / deals : null, deals };
}

/**
 * The same weighted by `valueOfDeal`, by group; deals with an unknown value, or one of 0 and less, are left out.
 * @param groupOf one a deal: -1 for those of the first mean, 0 for those of the next
 */
export function weightedScores(
  { patterns, filledWeight, requiredWeight }: CompletenessCounts,
  valueOfDeal: Float64Array,
  groupOf: Int16Array,
  groups: number,
): MeanScore[] {
  const { patternOf } = patterns;
  const weighted = new Float64Array(groups + 1);
  const weights = new Float64Array(groups + 1);
  const deals = new Int32Array(groups + 1);
  for (let deal = 0; deal < patternOf.length; deal += 1) {
    const pattern = patternOf[deal]!;
    const weight = valueOfDeal[deal]!;
    if (pattern < 0 || requiredWeight[pattern] === 0 || !(weight > 0)) continue;
    const slot = groupOf[deal]! + 1;
    weighted[slot]! += (weight * filledWeight[pattern]!) / requiredWeight[pattern]!;
    weights[slot]! += weight;
    deals[slot]! += 1;
  }
  return Array.from(deals, (count, slot) => ({
    value: count > 0 ? weighted[slot]! / weights[slot]! : null,
    deals: count,
  }));
}
