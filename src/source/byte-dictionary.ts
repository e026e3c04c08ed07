import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { textHash } from './byte-hash.ts';
import { type Texts, textOfBytes, textsOfBytes, type Utf8Texts } from './texts.ts';

/** Distinct texts as their bytes, with codes that count from 0 in order of first appearance. */
export interface ByteDictionary {
  /** Path for messages. */
  readonly file: string;
  /** Texts one behind another: that of a code from `starts[code]` to before `starts[code + 1]`. */
  bytes: Buffer;
  starts: Uint32Array;
  /** `finishedHash` by code. */
  hashes: Int32Array;
  /**
   * Found by hash with linear probing; a power of two of them, at most half full. Each holds 1 + its code, and above that
   * the bits of the hash that do not tell the place, so that texts of another hash are hardly ever looked at.
   */
  slots: Int32Array;
  /** Texts that are in the slots. */
  count: number;
  /** Texts that were put down unseen, behind those in the slots. */
  unsettled: number;
  /** Takes over when a file is made to make the hashes collide. */
  fallback: Map<string, number> | null;
  /** Texts that there may be in the end, 0 as long as nobody knows: room for them takes no memory until it is used. */
  expected: number;
  /** Texts that there will be in the slots in the end, 0 as long as nobody knows: slots take memory at once. */
  expectedInSlots: number;
  /** Of no meaning: what is read ahead must go somewhere. */
  fetched: number;
}

const FIRST_SLOTS = 256;
const FIRST_TEXTS = 128;
const FIRST_BYTES = 2048;
const FREE = 0;
const NO_CODE = -1;
/** Slots tried in a row before texts count as made to collide. */
const MOST_PROBES = 200;
const MOST_BYTES = 2 ** 32 - 1;
/** The texts to come may be somewhat longer than those that came. */
const LONGER_TEXTS = 1.05;
const FEWEST_MEASURED = 1000;
/** Texts looked up together, so that the memory is waited for once. */
const FETCHED_TOGETHER = 1024;

const TOO_MUCH: Text = { en: 'more than 4 GB of different texts in one column', zh: '一列中不同文本超过 4 GB' };

export function startByteDictionary(file: string): ByteDictionary {
  return {
    file,
    bytes: Buffer.allocUnsafeSlow(FIRST_BYTES),
    starts: new Uint32Array(FIRST_TEXTS),
    hashes: new Int32Array(FIRST_TEXTS),
    slots: new Int32Array(FIRST_SLOTS),
    count: 0,
    unsettled: 0,
    fallback: null,
    expected: 0,
    expectedInSlots: 0,
    fetched: 0,
  };
}

/** Code of the text that stands in `bytes`, whose `finishedHash` is given; -1 where it has none. */
export function findCode(
  dictionary: ByteDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
  hash: number,
): number {
  const { fallback, slots } = dictionary;
  if (fallback !== null) return fallback.get(textOfBytes(bytes, start, end)) ?? NO_CODE;
  const slot = slotOf(dictionary, bytes, start, end, hash);
  return slot === NO_SLOT ? NO_CODE : codeIn(slots, slot);
}

/** The same, with a code of its own for a text that is new. */
export function codeOfBytes(
  dictionary: ByteDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
  hash: number,
): number {
  const slot = dictionary.fallback === null ? slotOf(dictionary, bytes, start, end, hash) : NO_SLOT;
  if (slot === NO_SLOT) return fallbackCode(dictionary, bytes, start, end, hash);
  const code = codeIn(dictionary.slots, slot);
  return code === NO_CODE ? add(dictionary, bytes, start, end, hash, slot) : code;
}

/** Code in a slot; `NO_CODE` where it is free. */
function codeIn(slots: Int32Array, slot: number): number {
  return (slots[slot]! & (slots.length - 1)) - 1;
}

const NO_SLOT = -1;

/** Place of the slot that holds the text, or of the free one where it belongs, or `NO_SLOT` after too many others. */
function slotOf(dictionary: ByteDictionary, bytes: Uint8Array, start: number, end: number, hash: number): number {
  const { slots, starts, bytes: known } = dictionary;
  const last = slots.length - 1;
  const length = end - start;
  let slot = hash & last;
  for (let probes = 0; probes <= MOST_PROBES; probes++, slot = (slot + 1) & last) {
    const entry = slots[slot]!;
    if (entry === FREE) return slot;
    if (((entry ^ hash) & ~last) !== 0) continue;
    const code = (entry & last) - 1;
    const from = starts[code]!;
    if (starts[code + 1]! - from !== length) continue;
    let at = 0;
    while (at < length && known[from + at] === bytes[start + at]) at++;
    if (at === length) return slot;
  }
  return NO_SLOT;
}

function add(
  dictionary: ByteDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
  hash: number,
  slot: number,
): number {
  const code = dictionary.count;
  putDown(dictionary, bytes, start, end, hash);
  const { slots } = dictionary;
  slots[slot] = (hash & ~(slots.length - 1)) | (code + 1);
  dictionary.count++;
  makeSlotRoom(dictionary, dictionary.count);
  return code;
}

/** Writes a text behind the last one. */
function putDown(dictionary: ByteDictionary, bytes: Uint8Array, start: number, end: number, hash: number): void {
  const index = dictionary.count + dictionary.unsettled;
  const length = end - start;
  if (index + 2 > dictionary.starts.length) makeTextRoom(dictionary, index + 2);
  const from = dictionary.starts[index]!;
  if (from + length > dictionary.bytes.length) makeByteRoom(dictionary, from + length);
  const { bytes: known } = dictionary;
  // What `settle` finds to be new stands in its place already, unless others before it were not.
  if (from !== start || known !== bytes) for (let at = 0; at < length; at++) known[from + at] = bytes[start + at]!;
  dictionary.starts[index + 1] = from + length;
  dictionary.hashes[index] = hash;
}

function makeTextRoom(dictionary: ByteDictionary, most: number): void {
  const length = Math.max(most, dictionary.starts.length * 2, dictionary.expected + 2);
  const starts = new Uint32Array(length);
  starts.set(dictionary.starts);
  const hashes = new Int32Array(length);
  hashes.set(dictionary.hashes);
  dictionary.starts = starts;
  dictionary.hashes = hashes;
}

/** @throws FunnelintError `file/too-large` */
function makeByteRoom(dictionary: ByteDictionary, most: number): void {
  if (most > MOST_BYTES)
    throw new FunnelintError('file/too-large', { file: dictionary.file, reason: { text: TOO_MUCH } });
  const { expected, count, unsettled } = dictionary;
  const texts = count + unsettled + 1;
  // A few texts say little of how long others are.
  const likely = texts < FEWEST_MEASURED ? 0 : Math.ceil((most / texts) * expected * LONGER_TEXTS);
  const bytes = Buffer.allocUnsafeSlow(Math.min(MOST_BYTES, Math.max(most, likely, dictionary.bytes.length * 2)));
  dictionary.bytes.copy(bytes);
  dictionary.bytes = bytes;
}

/** Makes twice as many slots as texts. */
function makeSlotRoom(dictionary: ByteDictionary, texts: number): void {
  let { length } = dictionary.slots;
  if (texts * 2 <= length) return;
  while (Math.max(texts, dictionary.expectedInSlots) * 2 > length) length *= 2;
  // Pages that are read before they are written would be fetched twice.
  const slots = new Int32Array(length).fill(FREE);
  const last = length - 1;
  const { hashes, count } = dictionary;
  for (let code = 0; code < count; code++) {
    const hash = hashes[code]!;
    let slot = hash & last;
    while (slots[slot] !== FREE) slot = (slot + 1) & last;
    slots[slot] = (hash & ~last) | (code + 1);
  }
  dictionary.slots = slots;
}

function fallbackCode(dictionary: ByteDictionary, bytes: Uint8Array, start: number, end: number, hash: number): number {
  dictionary.fallback ??= new Map(textsOf(dictionary).map((text, code) => [text, code]));
  const text = textOfBytes(bytes, start, end);
  const known = dictionary.fallback.get(text);
  if (known !== undefined) return known;
  putDown(dictionary, bytes, start, end, hash);
  dictionary.fallback.set(text, dictionary.count);
  return dictionary.count++;
}

/** Code of a text. */
export function codeOfText(dictionary: ByteDictionary, text: string): number {
  const bytes = Buffer.from(text);
  return codeOfBytes(dictionary, bytes, 0, bytes.length, textHash(bytes, 0, bytes.length));
}

/** Puts a text down unseen: whether it is a new one is for `settle` to tell, for many at a time. */
export function putDownUnseen(
  dictionary: ByteDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
  hash: number,
): void {
  putDown(dictionary, bytes, start, end, hash);
  dictionary.unsettled++;
}

/** Puts the texts of another dictionary down unseen. */
export function putDownAll(dictionary: ByteDictionary, other: HashedTexts): void {
  const { count, unsettled } = dictionary;
  const index = count + unsettled;
  const from = dictionary.starts[index]!;
  const added = other.starts.length - 1;
  if (index + added + 1 > dictionary.starts.length) makeTextRoom(dictionary, index + added + 1);
  if (from + other.bytes.length > dictionary.bytes.length) makeByteRoom(dictionary, from + other.bytes.length);
  dictionary.bytes.set(other.bytes, from);
  dictionary.hashes.set(other.hashes, index);
  for (let text = 0; text < added; text++) dictionary.starts[index + text + 1] = from + other.starts[text + 1]!;
  dictionary.unsettled += added;
}

/** The texts of a dictionary with the hashes that it found them by. */
export interface HashedTexts extends Utf8Texts {
  readonly hashes: Int32Array;
}

/** Tells the new texts from the known ones among those put down unseen. The code of each goes into `codes` from `to` on. */
export function settle(dictionary: ByteDictionary, codes: Int32Array, to: number): void {
  const { count: first, unsettled } = dictionary;
  if (unsettled === 0) return;
  makeSlotRoom(dictionary, first + unsettled);
  dictionary.unsettled = 0;
  const { bytes, starts, hashes } = dictionary;
  for (let text = 0; text < unsettled; text++) {
    const index = first + text;
    if (text % FETCHED_TOGETHER === 0)
      fetchSlots(dictionary, hashes, index, Math.min(index + FETCHED_TOGETHER, first + unsettled));
    // Texts move towards the front only, over those that turned out as known.
    codes[to + text] = codeOfBytes(dictionary, bytes, starts[index]!, starts[index + 1]!, hashes[index]!);
  }
}

/** Reads the slots of some hashes ahead: the memory is waited for once, not once a text. */
export function fetchSlots(dictionary: ByteDictionary, hashes: Int32Array, from: number, to: number): void {
  const { slots } = dictionary;
  const last = slots.length - 1;
  let fetched = 0;
  for (let at = from; at < to; at++) fetched ^= slots[hashes[at]! & last]!;
  dictionary.fetched = fetched;
}

function textsOf({ bytes, starts, count }: ByteDictionary): Texts {
  return textsOfBytes(bytes, starts.subarray(0, count + 1));
}

/** The texts, last those that were put down unseen. */
export function finishedTexts({ bytes, starts, hashes, count, unsettled }: ByteDictionary): HashedTexts {
  const texts = count + unsettled;
  const end = starts[texts]!;
  return { bytes: bytes.subarray(0, end), starts: starts.subarray(0, texts + 1), hashes: hashes.subarray(0, texts) };
}
