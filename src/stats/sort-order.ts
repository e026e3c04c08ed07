/** Fewer values are sorted as quickly by comparing them. */
const BUCKETS_FROM = 512;
const VALUES_PER_BUCKET = 2;
/** More values in one bucket are spread once more, or sorted: that is quicker than putting each in its place. */
const MOST_INSERTED = 40;
/** Where a few values are far from all others, these are crowded in few buckets, and are spread once more. */
const MOST_SPREADS = 2;

function byComparing(order: Int32Array, values: Float64Array): void {
  order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}

/** Puts each of a few indexes in its place among those before it; equal values stay in order. */
function insertFew(order: Int32Array, values: Float64Array, from: number, until: number): void {
  for (let index = from + 1; index < until; index++) {
    const moved = order[index] as number;
    const value = values[moved] as number;
    let place = index;
    while (place > from && (values[order[place - 1] as number] as number) > value) {
      order[place] = order[place - 1] as number;
      place--;
    }
    order[place] = moved;
  }
}

/** Puts indexes together by buckets of one width, in order within each, and returns where each bucket ends. */
function spreadIntoBuckets(order: Int32Array, values: Float64Array, low: number, scale: number): Int32Array {
  const from = order.slice();
  const next = new Int32Array(Math.ceil(order.length / VALUES_PER_BUCKET) + 1);
  for (let index = 0; index < from.length; index++) {
    next[Math.trunc(((values[from[index] as number] as number) - low) * scale) + 1]!++;
  }
  for (let bucket = 1; bucket < next.length; bucket++) next[bucket]! += next[bucket - 1] as number;
  for (let index = 0; index < from.length; index++) {
    const moved = from[index] as number;
    order[next[Math.trunc(((values[moved] as number) - low) * scale)]!++] = moved;
  }
  return next;
}

/** @throws RangeError on NaN and infinity. */
function rangeOf(order: Int32Array, values: Float64Array): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < order.length; index++) {
    const value = values[order[index] as number] as number;
    if (!Number.isFinite(value)) throw new RangeError('values to be put in order must be finite');
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Sorts ascending indexes by their values, with as many spreads into buckets, one within the other, as are left. */
function sortBySpreading(order: Int32Array, values: Float64Array, spreads: number): void {
  const [low, high] = rangeOf(order, values);
  if (high === low) return;
  const scale = (Math.ceil(order.length / VALUES_PER_BUCKET) - 1) / (high - low);
  // Values further apart than a number can tell, or closer together.
  const isTold = scale > 0 && scale < Number.POSITIVE_INFINITY;
  if (spreads === 0 || !isTold) {
    byComparing(order, values);
    return;
  }
  const ends = spreadIntoBuckets(order, values, low, scale);
  let from = 0;
  for (let bucket = 0; bucket < ends.length; bucket++) {
    const until = ends[bucket] as number;
    if (until - from > MOST_INSERTED) sortBySpreading(order.subarray(from, until), values, spreads - 1);
    else insertFew(order, values, from, until);
    from = until;
  }
}

/**
 * The indexes of values in ascending order of these; of equal values the first comes first.
 * @throws RangeError on NaN and infinity.
 */
export function orderOf(values: Float64Array): Int32Array {
  const order = new Int32Array(values.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  sortBySpreading(order, values, values.length < BUCKETS_FROM ? 0 : MOST_SPREADS);
  return order;
}
