/** Values put together by group. */
export interface ValuesByGroup {
  /** Those of the first group, then those of the next; each in their order. */
  readonly values: Float64Array;
  /** The values of a group, a part of `values`: not to be sorted in place. */
  readonly ofGroup: (group: number) => Float64Array;
}

/**
 * Puts values together by group, in one pass however many groups there are. Unknown values (NaN) are left out, and those
 * of no group (-1).
 */
export function valuesByGroup(values: Float64Array, groupOf: ArrayLike<number>, groups: number): ValuesByGroup {
  const offsets = new Int32Array(groups + 1);
  for (let index = 0; index < values.length; index++) {
    const group = groupOf[index] as number;
    if (group >= 0 && !Number.isNaN(values[index] as number)) offsets[group + 1]!++;
  }
  for (let group = 0; group < groups; group++) offsets[group + 1]! += offsets[group] as number;
  const next = offsets.slice();
  const together = new Float64Array(offsets[groups] as number);
  for (let index = 0; index < values.length; index++) {
    const group = groupOf[index] as number;
    const value = values[index] as number;
    if (group >= 0 && !Number.isNaN(value)) together[next[group]!++] = value;
  }
  return { values: together, ofGroup: (group) => together.subarray(offsets[group], offsets[group + 1]) };
}
