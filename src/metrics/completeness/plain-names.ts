import { type Column, PRESENT } from '../../dataset/dataset.ts';
import { visitBytes } from '../../dataset/text-bytes.ts';
import { numberOf, startTextNumbers } from '../../dataset/text-numbers.ts';

const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const NOT_PLAIN = -1;
/** Bytes that a UTF-16 unit takes at most in UTF-8. */
const BYTES_PER_UNIT = 3;

const DROPPED = 0;
const UNSURE = 0xff;
/** What becomes of a byte: letters are lower case, digits and the characters from U+4E00 to U+9FFF stay. */
const PLAIN_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x41 && byte <= 0x5a) return byte + 0x20;
  if ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a)) return byte;
  if (byte < 0x80) return DROPPED;
  return byte < 0xc0 || (byte >= 0xe4 && byte <= 0xe9) ? byte : UNSURE;
});

/** Number of each distinct text, width, case, spaces and punctuation aside; -1 where missing. */
export function plainNumbers({ texts, state }: Pick<Column, 'texts' | 'state'>): Int32Array {
  const known = startTextNumbers(texts.length);
  const numbers = new Int32Array(texts.length);
  const encoder = new TextEncoder();
  let plain = new Uint8Array(1024);
  visitBytes(texts, (code, bytes, start, end) => {
    if (state[code] !== PRESENT) {
      numbers[code] = -1;
      return;
    }
    if (end - start > plain.length) plain = new Uint8Array((end - start) * 2);
    let length = writePlain(bytes, start, end, plain);
    if (length === NOT_PLAIN) {
      // A company's name is told by more than that, but a million names of deals are not companies.
      const key = texts.at(code)!.normalize('NFKC').toLowerCase().replace(NO_WORD, '');
      if (key.length * BYTES_PER_UNIT > plain.length) plain = new Uint8Array(key.length * BYTES_PER_UNIT);
      length = encoder.encodeInto(key, plain).written;
    }
    numbers[code] = numberOf(known, plain, 0, length);
  });
  return numbers;
}

/** Writes what is left of the text from `start` to before `end`, and returns its length; `NOT_PLAIN` where unsure. */
function writePlain(bytes: Uint8Array, start: number, end: number, into: Uint8Array): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const plain = PLAIN_BYTES[byte]!;
    // Below U+4E00 are signs that are no letters.
    if (plain === UNSURE || (byte === 0xe4 && bytes[at + 1]! < 0xb8)) return NOT_PLAIN;
    if (plain !== DROPPED) into[length++] = plain;
  }
  return length;
}
