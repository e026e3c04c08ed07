import type { Dataset } from '../../dataset/dataset.ts';
import { currencyCode } from '../amounts.ts';
import { numbersOf } from '../row-facts.ts';
import type { CompletenessCounts } from './completeness-counts.ts';
import { profilesAsking } from './filled-patterns.ts';
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
export function fieldValues(dataset: Dataset, required: RequiredFields, counts: CompletenessCounts): ValueShare[][] {
  return required.fields.map((field, index) =>
    field === WEIGHT_FIELD ? [] : sharesAt(dataset, sumsOfField(dataset, required, counts, index), 0),
  );
}

const LACKING = 1;
const FILLED = 2;

function sumsOfField(
  dataset: Dataset,
  required: RequiredFields,
  { patterns }: CompletenessCounts,
  field: number,
): Sums {
  const amounts = numbersOf(dataset, WEIGHT_FIELD);
  const { currency } = dataset;
  const { patternOf, profiles, filled: filledFields } = patterns;
  const isAsked = profilesAsking(required, field);
  const ofPattern = Uint8Array.from(profiles, (profile, pattern) => {
    if (isAsked[profile] !== 1) return 0;
    return filledFields[pattern]!.includes(field) ? FILLED : LACKING;
  });
  const sums = sumsOf(dataset.currencies.length + 1);
  const { filled, all, deals } = sums;
  for (let deal = 0; deal < amounts.length; deal += 1) {
    const pattern = patternOf[deal]!;
    const weight = amounts[deal]!;
    if (pattern < 0 || ofPattern[pattern] === 0 || !(weight > 0)) continue;
    const slot = currency[deal]! + 1;
    if (ofPattern[pattern] === FILLED) filled[slot]! += weight;
    all[slot]! += weight;
    deals[slot]! += 1;
  }
  return sums;
}

/**
 * The mean of the scores of the deals in all fields but the amount, weighted by amount, by group.
 * @param counts each field counting once
 * @param groupOf one a deal: number of its group below `groupCount`, -1 for none
 */
export function groupValues(
  dataset: Dataset,
  required: RequiredFields,
  counts: CompletenessCounts,
  groupOf: Int32Array,
  groupCount: number,
): ValueShare[][] {
  const amounts = numbersOf(dataset, WEIGHT_FIELD);
  const { currency } = dataset;
  const { patternOf } = counts.patterns;
  const width = dataset.currencies.length + 1;
  const scores = scoresBesideAmount(required, counts);
  const sums = sumsOf(groupCount * width);
  const { filled, all, deals } = sums;
  for (let deal = 0; deal < amounts.length; deal += 1) {
    const group = groupOf[deal]!;
    const weight = amounts[deal]!;
    const pattern = patternOf[deal]!;
    if (group < 0 || pattern < 0 || !(weight > 0)) continue;
    const score = scores[pattern]!;
    if (Number.isNaN(score)) continue;
    const slot = group * width + currency[deal]! + 1;
    filled[slot]! += weight * score;
    all[slot]! += weight;
    deals[slot]! += 1;
  }
  return Array.from({ length: groupCount }, (_, group) => sharesAt(dataset, sums, group));
}

/** By pattern: the share of all fields but the amount that are filled; NaN where no other is required. */
function scoresBesideAmount(required: RequiredFields, counts: CompletenessCounts): Float64Array {
  const { patterns, filledWeight, requiredWeight } = counts;
  const amount = required.fields.indexOf(WEIGHT_FIELD);
  // Of the amount itself it is known that it is filled wherever it weighs.
  const isAsked = amount < 0 ? new Uint8Array(required.profiles.length) : profilesAsking(required, amount);
  return Float64Array.from(patterns.profiles, (profile, pattern) => {
    const asked = requiredWeight[pattern]! - isAsked[profile]!;
    return asked === 0 ? Number.NaN : (filledWeight[pattern]! - isAsked[profile]!) / asked;
  });
}
