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
  const width = columns.length;
  const filledOfDeal = new Float64Array(profileOf.length);
  const requiredOfDeal = new Float64Array(profileOf.length);
  const filledDeals = new Int32Array(profiles.length * width);
  const dealsOfProfile = new Int32Array(profiles.length);
  for (let deal = 0; deal < profileOf.length; deal += 1) {
    const profile = profileOf[deal]!;
    if (profile < 0 || (select !== null && select[deal] !== 1)) continue;
    const fields = profiles[profile]!;
    dealsOfProfile[profile]! += 1;
    for (let at = 0; at < fields.length; at += 1) {
      const field = fields[at]!;
      const column = columns[field]!;
      requiredOfDeal[deal]! += weights[field]!;
      if (column.state[column.codes[deal]!] !== PRESENT) continue;
      filledOfDeal[deal]! += weights[field]!;
      filledDeals[profile * width + field]! += 1;
    }
  }
  return { filledOfDeal, requiredOfDeal, filledDeals, dealsOfProfile };
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
  { profileOf, profiles }: RequiredFields,
  columns: readonly Column[],
  select: Uint8Array,
  only: number,
): { readonly filled: number; readonly required: number } {
  let filled = 0;
  let required = 0;
  for (let deal = 0; deal < select.length; deal += 1) {
    const profile = profileOf[deal]!;
    if (select[deal] !== 1 || profile < 0) continue;
    for (const field of profiles[profile]!) {
      if (only >= 0 && field !== only) continue;
      required += 1;
      const column = columns[field]!;
      if (column.state[column.codes[deal]!] === PRESENT) filled += 1;
    }
  }
  return { filled, required };
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

/**
 * Mean of the scores of the deals that must have something, weighted by `valueOfDeal` where given (deals with an unknown
 * value, or one of 0 and less, are left out).
 */
export function meanScore(
  counts: CompletenessCounts,
  valueOfDeal: Float64Array | null = null,
): { readonly value: number | null; readonly deals: number } {
  let weighted = 0;
  let weights = 0;
  let deals = 0;
  for (let deal = 0; deal < counts.requiredOfDeal.length; deal += 1) {
    const required = counts.requiredOfDeal[deal]!;
    const weight = valueOfDeal === null ? 1 : valueOfDeal[deal]!;
    if (required === 0 || !(weight > 0)) continue;
    weighted += (weight * counts.filledOfDeal[deal]!) / required;
    weights += weight;
    deals += 1;
  }
  return { value: deals > 0 ? weighted / weights : null, deals };
}
