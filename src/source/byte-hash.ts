/** Factor by which each byte is mixed in. */
export const HASH_FACTOR = 0x01000193;

/** FNV-1a of some bytes, as the scanner makes it on its way; `finishedHash` makes it fit for a table. */
export function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_FACTOR);
  return hash;
}

/** What a text is found by in a table: `finishedHash` of its bytes. */
export function textHash(bytes: Uint8Array, start: number, end: number): number {
  return finishedHash(hashOfBytes(bytes, start, end), end - start);
}

/** Spreads what differs over all bits, and the length with it: the finalizer of MurmurHash3. */
export function finishedHash(hash: number, length: number): number {
  let mixed = hash ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
