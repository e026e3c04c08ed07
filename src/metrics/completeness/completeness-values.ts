import { numberAt } from '../../dataset/cells.ts';
import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import { currencyCode } from '../amounts.ts';
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

function add({ filled, all, deals }: Sums, slot: number, weight: number, share: number): void {
  filled[slot]! += weight * share;
  all[slot]! += weight;
  deals[slot]! += 1;
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
export function fieldValues(dataset: Dataset, { profileOf, profiles, fields }: RequiredFields): ValueShare[][] {
  const amount = dataset.columns.get(WEIGHT_FIELD);
  const width = dataset.currencies.length + 1;
  const columns = fields.map((field) => dataset.columns.get(field)!);
  const sums = sumsOf(fields.length * width);
  for (let deal = 0; amount !== undefined && deal < dataset.rowCount; deal += 1) {
    const profile = profileOf[deal]!;
    const weight = numberAt(amount, deal);
    if (profile < 0 || !(weight > 0)) continue;
    for (const field of profiles[profile]!) {
      const { state, codes } = columns[field]!;
      const share = state[codes[deal]!] === PRESENT ? 1 : 0;
      add(sums, field * width + dataset.currency[deal]! + 1, weight, share);
    }
  }
  return fields.map((field, index) => (field === WEIGHT_FIELD ? [] : sharesAt(dataset, sums, index)));
}

/**
 * The mean of the scores of the deals in all fields but the amount, weighted by amount, by group.
 * @param groupOf one a deal: number of its group below `groupCount`, -1 for none
 */
export function groupValues(
  dataset: Dataset,
  { profileOf, profiles, fields }: RequiredFields,
  groupOf: ArrayLike<number>,
  groupCount: number,
): ValueShare[][] {
  const amount = dataset.columns.get(WEIGHT_FIELD);
  const width = dataset.currencies.length + 1;
  const columns = fields.map((field) => dataset.columns.get(field)!);
  const own = fields.indexOf(WEIGHT_FIELD);
  const others = profiles.map((profile) => profile.filter((field) => field !== own));
  const sums = sumsOf(groupCount * width);
  for (let deal = 0; amount !== undefined && deal < dataset.rowCount; deal += 1) {
    const required = others[profileOf[deal]!];
    const group = groupOf[deal]!;
    const weight = numberAt(amount, deal);
    if (required === undefined || required.length === 0 || group < 0 || !(weight > 0)) continue;
    let filled = 0;
    for (const field of required) {
      const { state, codes } = columns[field]!;
      if (state[codes[deal]!] === PRESENT) filled += 1;
    }
    add(sums, group * width + dataset.currency[deal]! + 1, weight, filled / required.length);
  }
  return Array.from({ length: groupCount }, (_, group) => sharesAt(dataset, sums, group));
}
