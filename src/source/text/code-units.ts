/** UTF-16 code units; a text of ASCII has its bytes for units. */
export type CodeUnits = Uint8Array | Uint16Array;

/** Answer of `hashOfAscii` when the bytes are not all ASCII; no hash is negative. */
export const NOT_ASCII = -1;

const FACTOR = 0x01000193;

/** FNV-1a with the length in front, folded to 31 bits. */
export function hashOfUnits(units: CodeUnits, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ units[at]!, FACTOR);
  return (hash ^ (hash >>> 15)) & 0x7fffffff;
}

/** `hashOfUnits` for bytes that must turn out as ASCII, else `NOT_ASCII`. */
export function hashOfAscii(bytes: Buffer, start: number, end: number): number {
  let hash = end - start;
  let bits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    bits |= byte;
    hash = Math.imul(hash ^ byte, FACTOR);
  }
  return bits < 0x80 ? (hash ^ (hash >>> 15)) & 0x7fffffff : NOT_ASCII;
}

/** True when the units are those of a text. */
export function areUnitsOf(text: string, units: CodeUnits, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) !== units[start + index]) return false;
  }
  return true;
}

/** Writes a text as units, for which there must be room. */
export function writeText(text: string, units: Uint16Array): void {
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
}
