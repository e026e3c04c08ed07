import { areUnitsOf, type CodeUnits, hashOfUnits, writeText } from '../text/code-units.ts';

/** Gives each distinct text a code, counting from 0 in order of first appearance. */
export interface TextDictionary {
  codeOf(text: string): number;
  /** The distinct texts by code. */
  readonly values: readonly string[];
}

const FIRST_SLOTS = 1024;
const FIRST_UNITS = 256;
const SLOT_SIZE = 2;
/** A power of two. */
const RECENT_SLOTS = 1024;
const FREE = -1;
/** Slots tried in a row before texts count as made to collide. */
const MOST_PROBES = 200;
const NO_SLOT = -1;

interface Table {
  /** Slots of two, code and hash, found by hash with linear probing; a power of two of them, at most half full. */
  slots: Int32Array;
  /** Takes over when a file is made to make the hashes collide. */
  fallback: Map<string, number> | null;
  readonly values: string[];
  /** Room for the text in question. */
  units: Uint16Array;
  /** Texts asked for last, each where its ending puts it. */
  readonly recentTexts: (string | null)[];
  readonly recentCodes: Int32Array;
}

/**
 * Starts a dictionary. A `Map` would do, but fresh strings make it hash and store each one at about twice the cost,
 * and this is the inner loop of reading a file.
 */
export function startDictionary(): TextDictionary {
  const table: Table = {
    slots: new Int32Array(FIRST_SLOTS * SLOT_SIZE).fill(FREE),
    fallback: null,
    values: [],
    units: new Uint16Array(FIRST_UNITS),
    recentTexts: new Array<string | null>(RECENT_SLOTS).fill(null),
    recentCodes: new Int32Array(RECENT_SLOTS),
  };
  return {
    codeOf: (text) => recentCode(table, text),
    values: table.values,
  };
}

/** The texts of a workbook are few and shared, so that one which comes again is the very same string. */
function recentCode(table: Table, text: string): number {
  const slot = recentSlot(text);
  if (table.recentTexts[slot] === text) return table.recentCodes[slot]!;
  const code = codeOf(table, text);
  table.recentTexts[slot] = text;
  table.recentCodes[slot] = code;
  return code;
}

/** The end of a text, where numbers and dates differ. */
function recentSlot(text: string): number {
  const { length } = text;
  let key = length;
  for (let at = Math.max(0, length - 5); at < length; at++) key = key * 11 + text.charCodeAt(at);
  return key & (RECENT_SLOTS - 1);
}

function codeOf(table: Table, text: string): number {
  if (table.fallback !== null) return fallbackCode(table.values, table.fallback, text);
  const units = roomFor(table, text.length);
  writeText(text, units);
  const hash = hashOfUnits(units, 0, text.length);
  const slot = slotOf(table, hash, units, 0, text.length);
  const code = table.slots[slot];
  return code === undefined || code === FREE ? add(table, text, hash, slot) : code;
}

function roomFor(table: Table, length: number): Uint16Array {
  if (length > table.units.length) table.units = new Uint16Array(length * 2);
  return table.units;
}

/** Index of the slot that holds the text, or of the free one where it belongs, or `NO_SLOT` after too many others. */
function slotOf(table: Table, hash: number, units: CodeUnits, start: number, end: number): number {
  const { slots, values } = table;
  const mask = slots.length - 1;
  let at = (hash * SLOT_SIZE) & mask;
  for (let probes = 0; probes <= MOST_PROBES; probes++) {
    const code = slots[at]!;
    if (code === FREE || (slots[at + 1] === hash && areUnitsOf(values[code]!, units, start, end))) return at;
    at = (at + SLOT_SIZE) & mask;
  }
  return NO_SLOT;
}

function add(table: Table, text: string, hash: number, slot: number): number {
  if (slot === NO_SLOT) {
    table.fallback = new Map(table.values.map((value, code) => [value, code]));
    return fallbackCode(table.values, table.fallback, text);
  }
  const code = table.values.push(text) - 1;
  table.slots[slot] = code;
  table.slots[slot + 1] = hash;
  if ((code + 1) * SLOT_SIZE * 2 > table.slots.length) grow(table);
  return code;
}

function grow(table: Table): void {
  const { slots } = table;
  const larger = new Int32Array(slots.length * 2).fill(FREE);
  const mask = larger.length - 1;
  for (let slot = 0; slot < slots.length; slot += SLOT_SIZE) {
    if (slots[slot] === FREE) continue;
    const hash = slots[slot + 1]!;
    let at = (hash * SLOT_SIZE) & mask;
    while (larger[at] !== FREE) at = (at + SLOT_SIZE) & mask;
    larger[at] = slots[slot]!;
    larger[at + 1] = hash;
  }
  table.slots = larger;
}

function fallbackCode(values: string[], fallback: Map<string, number>, text: string): number {
  const known = fallback.get(text);
  if (known !== undefined) return known;
  const code = values.push(text) - 1;
  fallback.set(text, code);
  return code;
}
