/** Fewer values are sorted as quickly by comparing them. */
const BUCKETS_FROM = 512;
const VALUES_PER_BUCKET = 2;
/** Of more values in one bucket, sorting is quicker than putting each in its place. */
const MOST_INSERTED = 40;

function byComparing(order: Int32Array, values: Float64Array): Int32Array {
  return order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}

/** Puts each of a few indexes in its place among those before it; equal values stay in order. */
function insertFew(order: Int32Array, values: Float64Array): void {
  for (let index = 1; index < order.length; index++) {
    const moved = order[index] as number;
    const value = values[moved] as number;
    let place = index;
    while (place > 0 && (values[order[place - 1] as number] as number) > value) {
      order[place] = order[place - 1] as number;
      place--;
    }
    order[place] = moved;
  }
}

/** Indexes put together by buckets of one width, and where each bucket ends. */
function spreadIntoBuckets(values: Float64Array, low: number, high: number) {
  const buckets = Math.ceil(values.length / VALUES_PER_BUCKET);
  const scale = high > low ? (buckets - 1) / (high - low) : 0;
  const next = new Int32Array(buckets + 1);
  for (let index = 0; index < values.length; index++) {
    next[Math.trunc(((values[index] as number) - low) * scale) + 1]!++;
  }
  for (let bucket = 0; bucket < buckets; bucket++) next[bucket + 1]! += next[bucket] as number;
  const order = new Int32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    order[next[Math.trunc(((values[index] as number) - low) * scale)]!++] = index;
  }
  return { order, ends: next };
}

/** @throws RangeError on NaN and infinity. */
function rangeOf(values: Float64Array): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) throw new RangeError('values to be put in order must be finite');
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function sortBucket(bucket: Int32Array, values: Float64Array): void {
  if (bucket.length > MOST_INSERTED) byComparing(bucket, values);
  else insertFew(bucket, values);
}

/**
 * The indexes of values in ascending order of these; of equal values the first comes first.
 * @throws RangeError on NaN and infinity.
 */
export function orderOf(values: Float64Array): Int32Array {
  const [low, high] = rangeOf(values);
  const isWide = !Number.isFinite(high - low);
  if (values.length < BUCKETS_FROM || isWide) return byComparing(Int32Array.from(values.keys()), values);
  const { order, ends } = spreadIntoBuckets(values, low, high);
  let from = 0;
  for (const until of ends) {
    if (until - from > 1) sortBucket(order.subarray(from, until), values);
    from = until;
  }
  return order;
}
