import { type Column, type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { type Rate, rateOf } from '../rate.ts';
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
  /** Only deals with a 1; null for all. */
  readonly select: Uint8Array | null;
}

/** Filled and required weights of each deal, and counts of deals by field and profile. */
export interface CompletenessCounts {
  readonly filledOfDeal: Float64Array;
  readonly requiredOfDeal: Float64Array;
  /** At `profile * fields + field`: deals of the profile that have the field filled. */
  readonly filledDeals: Int32Array;
  /** Selected deals of each profile. */
  readonly dealsOfProfile: Int32Array;
}

export function filledOf(filled: number, required: number): Filled {
  return { value: required > 0 ? filled / required : null, filled, required };
}

/** A field is filled where its cell can be read; blanks, placeholders and unreadable cells are not. */
export function countFilled(input: CompletenessInput): CompletenessCounts {
  const { required, columns, weights, select } = input;
  const { profileOf, profiles } = required;
  const dealsOfProfile = new Int32Array(profiles.length);
  for (let deal = 0; deal < profileOf.length; deal += 1) {
    const profile = profileOf[deal]!;
    if (profile >= 0 && (select === null || select[deal] === 1)) dealsOfProfile[profile]! += 1;
  }
  const counts: CompletenessCounts = {
    filledOfDeal: new Float64Array(profileOf.length),
    requiredOfDeal: new Float64Array(profileOf.length),
    filledDeals: new Int32Array(profiles.length * columns.length),
    dealsOfProfile,
  };
  for (let field = 0; field < columns.length; field += 1) countField(input, field, weights[field]!, counts);
  return counts;
}

/** Adds one field to the counts of all deals that must have it. */
function countField(input: CompletenessInput, field: number, weight: number, counts: CompletenessCounts): void {
  const { required, columns, select } = input;
  const { profileOf, profiles } = required;
  const { codes, state } = columns[field]!;
  const { filledOfDeal, requiredOfDeal, filledDeals } = counts;
  const isAsked = profilesAsking(required, field);
  const filled = new Int32Array(profiles.length);
  for (let deal = 0; deal < profileOf.length; deal += 1) {
    const profile = profileOf[deal]!;
    if (profile < 0 || isAsked[profile] !== 1 || (select !== null && select[deal] !== 1)) continue;
    requiredOfDeal[deal]! += weight;
    if (state[codes[deal]!] !== PRESENT) continue;
    filledOfDeal[deal]! += weight;
    filled[profile]! += 1;
  }
  for (const [profile, count] of filled.entries()) filledDeals[profile * columns.length + field] = count;
}

/** One a profile: 1 where a field is required. */
export function profilesAsking({ profiles }: RequiredFields, field: number): Uint8Array {
  return Uint8Array.from(profiles, (fields) => Number(fields.includes(field)));
}

/** Filled of required fields of the selected deals, each field counting once. */
export function countRequired(
  dataset: Dataset,
  required: RequiredFields,
  select: Uint8Array | null,
): CompletenessCounts {
  const columns = required.fields.map((field) => dataset.columns.get(field)!);
  return countFilled({ required, columns, weights: new Float64Array(columns.length).fill(1), select });
}

/** Filled of required deals of one field, in the profiles from one up to another. */
export function fieldRate(
  required: RequiredFields,
  counts: CompletenessCounts,
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

/** Filled and required fields of the selected deals: of one field, or of all where `only` is -1. */
export function countFields(
  required: RequiredFields,
  columns: readonly Column[],
  select: Uint8Array,
  only: number,
): { readonly filled: number; readonly required: number } {
  const { profileOf } = required;
  const counts = { filled: 0, required: 0 };
  for (const [field, { codes, state }] of columns.entries()) {
    if (only >= 0 && field !== only) continue;
    const isAsked = profilesAsking(required, field);
    for (let deal = 0; deal < select.length; deal += 1) {
      const profile = profileOf[deal]!;
      if (select[deal] !== 1 || profile < 0 || isAsked[profile] !== 1) continue;
      counts.required += 1;
      if (state[codes[deal]!] === PRESENT) counts.filled += 1;
    }
  }
  return counts;
}

/** Pooled weights over all deals: not the mean of the scores of the deals. */
export function pooled(counts: CompletenessCounts): Filled {
  let filled = 0;
  let required = 0;
  for (let deal = 0; deal < counts.requiredOfDeal.length; deal += 1) {
    filled += counts.filledOfDeal[deal]!;
    required += counts.requiredOfDeal[deal]!;
  }
  return filledOf(filled, required);
}

/** Mean of the scores of some deals, and how many these are. */
export interface MeanScore {
  readonly value: number | null;
  readonly deals: number;
}

/**
 * Mean of the scores of the deals that must have something, weighted by `valueOfDeal` where given (deals with an unknown
 * value, or one of 0 and less, are left out).
 */
export function meanScore(counts: CompletenessCounts, valueOfDeal: Float64Array | null = null): MeanScore {
  const [all] = meanScores(counts, valueOfDeal, null, 0);
  return all!;
}

/**
 * The same by group.
 * @param groupOf one a deal: -1 for those of the first mean, 0 for those of the next; null for all in the first
 */
export function meanScores(
  counts: CompletenessCounts,
  valueOfDeal: Float64Array | null,
  groupOf: Int16Array | null,
  groups: number,
): MeanScore[] {
  const { filledOfDeal, requiredOfDeal } = counts;
  const weighted = new Float64Array(groups + 1);
  const weights = new Float64Array(groups + 1);
  const deals = new Int32Array(groups + 1);
  for (let deal = 0; deal < requiredOfDeal.length; deal += 1) {
    const required = requiredOfDeal[deal]!;
    const weight = valueOfDeal === null ? 1 : valueOfDeal[deal]!;
    if (required === 0 || !(weight > 0)) continue;
    const slot = groupOf === null ? 0 : groupOf[deal]! + 1;
    weighted[slot]! += (weight * filledOfDeal[deal]!) / required;
    weights[slot]! += weight;
    deals[slot]! += 1;
  }
  return Array.from(deals, (count, slot) => ({
    value: count > 0 ? weighted[slot]! / weights[slot]! : null,
    deals: count,
  }));
}
