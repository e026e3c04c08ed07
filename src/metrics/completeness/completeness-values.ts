import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { currencyCode } from '../amounts.ts';
import { numbersOf } from '../row-facts.ts';
import { type CompletenessCounts, profilesAsking } from './completeness-counts.ts';
import type { RequiredFields } from './required-fields.ts';

/** A completeness in which each deal counts as much as its amount, of one currency. */
export interface ValueShare {
  readonly currency: string;
  /** 0–1. */
  readonly value: number;
  /** Deals with an amount above 0. */
  readonly deals: number;
}

/** The amount tells of itself nothing: where it is known it is filled. */
const WEIGHT_FIELD = 'amount';

interface Sums {
  readonly filled: Float64Array;
  readonly all: Float64Array;
  readonly deals: Int32Array;
}

function sumsOf(size: number): Sums {
  return { filled: new Float64Array(size), all: new Float64Array(size), deals: new Int32Array(size) };
}

/** The shares of one group, by currency code. */
function sharesAt(dataset: Dataset, { filled, all, deals }: Sums, group: number): ValueShare[] {
  const width = dataset.currencies.length + 1;
  const shares: ValueShare[] = [];
  for (let slot = group * width; slot < (group + 1) * width; slot += 1) {
    if (deals[slot] === 0) continue;
    const currency = currencyCode(dataset, slot - group * width - 1);
    shares.push({ currency, value: filled[slot]! / all[slot]!, deals: deals[slot]! });
  }
  return shares.toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Filled of the deals that must have a field, weighted by amount: by field, and none for the amount itself. */
export function fieldValues(dataset: Dataset, required: RequiredFields): ValueShare[][] {
  return required.fields.map((field, index) =>
    field === WEIGHT_FIELD ? [] : sharesAt(dataset, sumsOfField(dataset, required, index), 0),
  );
}

function sumsOfField(dataset: Dataset, required: RequiredFields, field: number): Sums {
  const amounts = numbersOf(dataset, WEIGHT_FIELD);
  const { codes, state } = dataset.columns.get(required.fields[field]!)!;
  const { currency } = dataset;
  const { profileOf } = required;
  const isAsked = profilesAsking(required, field);
  const sums = sumsOf(dataset.currencies.length + 1);
  const { filled, all, deals } = sums;
  for (let deal = 0; deal < amounts.length; deal += 1) {
    const profile = profileOf[deal]!;
    const weight = amounts[deal]!;
    if (profile < 0 || isAsked[profile] !== 1 || !(weight > 0)) continue;
    const slot = currency[deal]! + 1;
    if (state[codes[deal]!] === PRESENT) filled[slot]! += weight;
    all[slot]! += weight;
    deals[slot]! += 1;
  }
  return sums;
}

/**
 * The mean of the scores of the deals in all fields but the amount, weighted by amount, by group.
 * @param counts of all deals, each field counting once
 * @param groupOf one a deal: number of its group below `groupCount`, -1 for none
 */
export function groupValues(
  dataset: Dataset,
  required: RequiredFields,
  counts: CompletenessCounts,
  groupOf: ArrayLike<number>,
  groupCount: number,
): ValueShare[][] {
  const amounts = numbersOf(dataset, WEIGHT_FIELD);
  const { currency } = dataset;
  const width = dataset.currencies.length + 1;
  const own = required.fields.indexOf(WEIGHT_FIELD);
  const sums = sumsOf(groupCount * width);
  const { filled, all, deals } = sums;
  // Of the amount itself it is known that it is filled wherever it weighs.
  const ownOfProfile = own < 0 ? new Uint8Array(required.profiles.length) : profilesAsking(required, own);
  for (let deal = 0; deal < amounts.length; deal += 1) {
    const group = groupOf[deal]!;
    const weight = amounts[deal]!;
    const profile = required.profileOf[deal]!;
    if (group < 0 || profile < 0 || !(weight > 0)) continue;
    const asked = counts.requiredOfDeal[deal]! - ownOfProfile[profile]!;
    if (asked === 0) continue;
    const slot = group * width + currency[deal]! + 1;
    filled[slot]! += weight * ((counts.filledOfDeal[deal]! - ownOfProfile[profile]!) / asked);
    all[slot]! += weight;
    deals[slot]! += 1;
  }
  return Array.from({ length: groupCount }, (_, group) => sharesAt(dataset, sums, group));
}
