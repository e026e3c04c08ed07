/** Characters at the end of a text that the quick hash looks at: most texts that are many differ there. */
const QUICK_LENGTH = 5;

function start(length: number): number {
  return 0x811c9dc5 ^ length;
}

function mixed(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

function finished(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (spread ^ (spread >>> 13)) >>> 0;
}

/** A hash from 0 to 2^32 - 1 of the length of a text and its last characters, or all of them. */
export function hashOfText(text: string, reach: 'quick' | 'whole'): number {
  const { length } = text;
  const from = reach === 'quick' ? Math.max(0, length - QUICK_LENGTH) : 0;
  let hash = start(length);
  for (let at = length - 1; at >= from; at--) hash = mixed(hash, text.charCodeAt(at));
  return finished(hash);
}

/** The quick hash of the UTF-8 text from `from` to before `end`; -1 where its last characters are not ASCII. */
export function quickHashOfBytes(bytes: Uint8Array, from: number, end: number): number {
  let length = 0;
  for (let at = from; at < end; at++) length += codeUnitsFrom(bytes[at]!);
  let hash = start(length);
  for (let at = end - 1; at >= from && at >= end - QUICK_LENGTH; at--) {
    if (bytes[at]! >= 0x80) return -1;
    hash = mixed(hash, bytes[at]!);
  }
  return finished(hash);
}

/** UTF-16 code units of the character that begins with a byte, none for a byte inside one. */
function codeUnitsFrom(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}
