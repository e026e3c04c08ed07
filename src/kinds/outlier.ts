import { numberAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';

/** Modified z-score beyond which a value is an outlier (Iglewicz and Hoaglin 1993). */
const OUTLIER_SCORE = 3.5;
const MAD_TO_SIGMA = 0.6745;
/** With fewer values none can be called far from the rest. */
const LEAST_VALUES = 8;

/** Lowest and highest value that is no outlier; open ends where half of the values are one. */
type Bounds = readonly [number, number];
const OPEN: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function boundsOf(values: Float64Array): Bounds | null {
  const median = quantileOfSorted(sortedCopy(values), 0.5);
  if (median === null || values.length < LEAST_VALUES) return null;
  const spread = quantileOfSorted(sortedCopy(values.map((value) => Math.abs(value - median))), 0.5) ?? 0;
  if (spread === 0) return OPEN;
  const reach = (OUTLIER_SCORE * spread) / MAD_TO_SIGMA;
  return [median - reach, median + reach];
}

/**
 * For each row the value that is judged: amounts by their logarithm, for they are spread by factors, other values as
 * they are. NaN where unknown, and for amounts of zero or less.
 */
function judgedValues(column: Column, selected: Uint8Array): Float64Array {
  const values = new Float64Array(selected.length).fill(Number.NaN);
  const isMoney = column.type === 'money';
  for (let row = 0; row < values.length; row++) {
    if (selected[row] === 0) continue;
    const value = numberAt(column, row);
    if (!isMoney) values[row] = value;
    else if (value > 0) values[row] = Math.log(value);
  }
  return values;
}

/** Bounds of the known values of each group, by its number. */
function boundsOfGroups(values: Float64Array, groups: Int16Array): ReadonlyMap<number, Bounds | null> {
  const sizes = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) sizes.set(groups[row] as number, (sizes.get(groups[row] as number) ?? 0) + 1);
  }
  return new Map([...sizes].map(([group, size]) => [group, boundsOf(valuesOfGroup(values, groups, group, size))]));
}

function valuesOfGroup(values: Float64Array, groups: Int16Array, group: number, size: number): Float64Array {
  const own = new Float64Array(size);
  for (let row = 0, next = 0; next < size; row++) {
    if (groups[row] === group && !Number.isNaN(values[row])) own[next++] = values[row] as number;
  }
  return own;
}

/**
 * Marks rows whose value has a modified z-score over 3.5: distance from the median over the median distance. Amounts are
 * compared within their currency. 1 for an outlier, 0 for a value like the others, -1 where unknown or too few to tell.
 */
export function findOutliers(column: Column, { currency }: Dataset, selected: Uint8Array): Int8Array {
  const values = judgedValues(column, selected);
  const groups = column.type === 'money' ? currency : new Int16Array(values.length);
  const bounds = boundsOfGroups(values, groups);
  const outlier = new Int8Array(values.length).fill(-1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const own = Number.isNaN(value) ? null : (bounds.get(groups[row] as number) ?? null);
    if (own !== null) outlier[row] = value < own[0] || value > own[1] ? 1 : 0;
  }
  return outlier;
}
