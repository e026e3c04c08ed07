/** Distinct texts by their bytes in UTF-8, numbered from 0 in the order in which they first appeared. */
export interface TextNumbers {
  /** Texts one behind another: that of a number from `starts[number]` to before `starts[number + 1]`. */
  bytes: Uint8Array;
  readonly starts: Uint32Array;
  count: number;
  /** Slots of two, number + 1 and hash, found by hash with linear probing; at most half full, 0 where free. */
  readonly slots: Int32Array;
  /** Texts made to have the hash of many others, each byte as one character. */
  readonly collided: Map<string, number>;
}

const FIRST_BYTES = 1024;
/** Slots tried in a row before texts count as made to collide. */
const MOST_PROBES = 200;
const NO_SLOT = -1;

/** Room for as many distinct texts as given, and no more. */
export function startTextNumbers(most: number): TextNumbers {
  let slots = 4;
  while (slots < most * 4) slots *= 2;
  return {
    bytes: new Uint8Array(FIRST_BYTES),
    starts: new Uint32Array(most + 1),
    count: 0,
    slots: new Int32Array(slots),
    collided: new Map(),
  };
}

/** FNV-1a and the finalizer of MurmurHash3. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The slot that holds a text, or the free one where it belongs, or `NO_SLOT` after too many others. */
function slotOf(numbers: TextNumbers, bytes: Uint8Array, start: number, end: number, hash: number): number {
  const { slots, starts, bytes: known } = numbers;
  const last = slots.length - 1;
  const length = end - start;
  let slot = (hash << 1) & last;
  for (let probes = 0; probes < MOST_PROBES; probes++, slot = (slot + 2) & last) {
    const number = slots[slot]! - 1;
    if (number < 0) return slot;
    if (slots[slot + 1] !== hash) continue;
    const from = starts[number]!;
    if (starts[number + 1]! - from !== length) continue;
    let at = 0;
    while (at < length && known[from + at] === bytes[start + at]) at++;
    if (at === length) return slot;
  }
  return NO_SLOT;
}

function keyOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** Number of the text that stands in `bytes` from `start` to before `end`, -1 where it has none. */
export function findNumber(numbers: TextNumbers, bytes: Uint8Array, start: number, end: number): number {
  const slot = slotOf(numbers, bytes, start, end, hashOf(bytes, start, end));
  return slot === NO_SLOT ? (numbers.collided.get(keyOf(bytes, start, end)) ?? -1) : numbers.slots[slot]! - 1;
}

/** Number of the text that stands in `bytes` from `start` to before `end`: the next one where it is new. */
export function numberOf(numbers: TextNumbers, bytes: Uint8Array, start: number, end: number): number {
  const hash = hashOf(bytes, start, end);
  const slot = slotOf(numbers, bytes, start, end, hash);
  const known = slot === NO_SLOT ? numbers.collided.get(keyOf(bytes, start, end)) : numbers.slots[slot]! - 1;
  if (known !== undefined && known >= 0) return known;
  const number = numbers.count++;
  putDown(numbers, number, bytes, start, end);
  if (slot === NO_SLOT) numbers.collided.set(keyOf(bytes, start, end), number);
  else {
    numbers.slots[slot] = number + 1;
    numbers.slots[slot + 1] = hash;
  }
  return number;
}

function putDown(numbers: TextNumbers, number: number, bytes: Uint8Array, start: number, end: number): void {
  const from = numbers.starts[number]!;
  const to = from + end - start;
  if (to > numbers.bytes.length) numbers.bytes = longer(numbers.bytes, to);
  const { bytes: known } = numbers;
  for (let at = start; at < end; at++) known[from + at - start] = bytes[at]!;
  numbers.starts[number + 1] = to;
}

function longer(bytes: Uint8Array, least: number): Uint8Array {
  let { length } = bytes;
  while (length < least) length *= 2;
  const copy = new Uint8Array(length);
  copy.set(bytes);
  return copy;
}
