/** Gives each distinct text a code, counting from 0 in order of first appearance. */
export interface TextDictionary {
  codeOf(text: string): number;
  /** The distinct texts by code. */
  readonly values: readonly string[];
}

const FIRST_SLOTS = 1024;
const FREE = -1;
/** Slots tried in a row before texts count as made to collide. */
const MOST_PROBES = 200;

interface Table {
  /** Codes by hash with linear probing; a power of two, at most half full. */
  slots: Int32Array;
  /** Hashes by code. */
  hashes: Int32Array;
  /** Takes over when a file is made to make the hashes collide. */
  fallback: Map<string, number> | null;
  readonly values: string[];
}

/**
 * Starts a dictionary. A `Map` would do, but fresh strings make it hash and store each one at about twice the cost,
 * and this is the inner loop of reading a file.
 */
export function startDictionary(): TextDictionary {
  const table: Table = {
    slots: new Int32Array(FIRST_SLOTS).fill(FREE),
    hashes: new Int32Array(FIRST_SLOTS),
    fallback: null,
    values: [],
  };
  return { codeOf: (text) => codeOf(table, text), values: table.values };
}

function codeOf(table: Table, text: string): number {
  if (table.fallback !== null) return fallbackCode(table, table.fallback, text);
  const hash = hashOf(text);
  const mask = table.slots.length - 1;
  let at = hash & mask;
  for (let probes = 0; ; probes++) {
    const code = table.slots[at]!;
    if (code === FREE) return add(table, text, hash, at);
    if (table.hashes[code] === hash && table.values[code] === text) return code;
    if (probes === MOST_PROBES) break;
    at = (at + 1) & mask;
  }
  table.fallback = new Map(table.values.map((value, code) => [value, code]));
  return fallbackCode(table, table.fallback, text);
}

function hashOf(text: string): number {
  let hash = text.length;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}

function add(table: Table, text: string, hash: number, at: number): number {
  const code = table.values.push(text) - 1;
  if (code === table.hashes.length) {
    const larger = new Int32Array(code * 2);
    larger.set(table.hashes);
    table.hashes = larger;
  }
  table.hashes[code] = hash;
  table.slots[at] = code;
  if ((code + 1) * 2 > table.slots.length) grow(table);
  return code;
}

function grow(table: Table): void {
  const slots = new Int32Array(table.slots.length * 2).fill(FREE);
  const mask = slots.length - 1;
  for (let code = 0; code < table.values.length; code++) {
    let at = table.hashes[code]! & mask;
    while (slots[at] !== FREE) at = (at + 1) & mask;
    slots[at] = code;
  }
  table.slots = slots;
}

function fallbackCode(table: Table, fallback: Map<string, number>, text: string): number {
  const known = fallback.get(text);
  if (known !== undefined) return known;
  const code = table.values.push(text) - 1;
  fallback.set(text, code);
  return code;
}
