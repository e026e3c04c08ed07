import type { Alphabet } from './alphabets.ts';
import { decodeSample } from './decode.ts';

/** An alphabet laid out by byte. */
export interface ByteAlphabet {
  readonly label: string;
  readonly script: Alphabet['script'];
  /** Bits of each of the 256 bytes, 0 for ASCII. */
  readonly bits: Float64Array;
  /** What each of the 256 bytes is. */
  readonly kinds: Uint8Array;
  /** Bytes that are no character. */
  readonly undefinedBytes: readonly number[];
}

const OTHER = 0;
const SIGN = 1;
const APOSTROPHE = 2;
const LOWER = 3;
const UPPER = 4;

const COMMON_SIGNS = new Set('€–—‘’“”«»°§£·•…„©®™№\u00a0');
const COMMON_SIGN_BITS = 8;
const OTHER_SIGN_BITS = 13;
const CONTROL_BITS = 30;

/** Bits of the letters of an alphabet by rank, and of letters that it lacks. */
const LETTER_BITS = {
  latin: { first: 1, step: 0.6, other: 9, upper: 2 },
  own: { first: 3.2, step: 0.16, other: 13, upper: 0 },
} as const;

const UPPER_HALF = Buffer.from(Array.from({ length: 128 }, (_, at) => 0x80 + at));

/** Lays an alphabet out by byte. */
export function byteAlphabet({ label, letters, script }: Alphabet): ByteAlphabet {
  const bits = new Float64Array(256);
  const kinds = new Uint8Array(256);
  for (let byte = 0x41; byte <= 0x5a; byte++) {
    kinds[byte] = UPPER;
    kinds[byte + 0x20] = LOWER;
  }
  const undefinedBytes: number[] = [];
  for (const [at, character] of [...decodeSample(UPPER_HALF, { name: label, markBytes: 0, guessed: true })].entries()) {
    const kind = kindOf(character);
    if (character === '\ufffd') undefinedBytes.push(0x80 + at);
    kinds[0x80 + at] = kind;
    bits[0x80 + at] = kind >= LOWER ? letterBits(character, letters, script) : signBits(character);
  }
  return { label, script, bits, kinds, undefinedBytes };
}

function kindOf(character: string): number {
  if (character === '’') return APOSTROPHE;
  if (!/\p{L}/u.test(character)) return SIGN;
  return character === character.toLowerCase() ? LOWER : UPPER;
}

function letterBits(letter: string, letters: string, script: Alphabet['script']): number {
  const { first, step, other, upper } = LETTER_BITS[script];
  const exact = letters.indexOf(letter);
  const rank = exact === -1 ? letters.indexOf(letter.toLowerCase()) : exact;
  return (rank === -1 ? other : first + step * rank) + (exact === -1 ? upper : 0);
}

function signBits(sign: string): number {
  if (/[\p{Cc}\ufffd]/u.test(sign)) return CONTROL_BITS;
  return COMMON_SIGNS.has(sign) ? COMMON_SIGN_BITS : OTHER_SIGN_BITS;
}

/** Bits of the bytes beyond ASCII in a text, as letters and signs of an alphabet in their places. */
export function narrowCost(part: Buffer, alphabet: ByteAlphabet): number {
  const { bits, kinds, script } = alphabet;
  const inPlace = script === 'latin' ? latinPlaceBits : ownPlaceBits;
  let cost = 0;
  for (let at = 0; at < part.length; at++) {
    const byte = part[at] as number;
    if (byte < 0x80) continue;
    const kind = kinds[byte] as number;
    cost += bits[byte] as number;
    cost += kind < LOWER ? signPlaceBits(part, at, kinds) : inPlace(part, at, kinds);
  }
  return cost;
}

function kindAt(part: Buffer, at: number, kinds: Uint8Array): number {
  const byte = part[at];
  return byte === undefined ? OTHER : (kinds[byte] as number);
}

function signPlaceBits(part: Buffer, at: number, kinds: Uint8Array): number {
  const insideWord = kindAt(part, at - 1, kinds) >= LOWER && kindAt(part, at + 1, kinds) >= LOWER;
  return insideWord && kindAt(part, at, kinds) === SIGN ? 8 : 0;
}

/** Most words have no such letter, few have two in a row; a capital stands at the start or among capitals. */
function latinPlaceBits(part: Buffer, at: number, kinds: Uint8Array): number {
  const before = kindAt(part, at - 1, kinds);
  const alone = before < LOWER && kindAt(part, at + 1, kinds) < LOWER;
  const afterOne = before >= LOWER && (part[at - 1] as number) >= 0x80;
  const misplacedCapital = before === LOWER && kindAt(part, at, kinds) === UPPER;
  return (alone ? 6 : 4) + (afterOne ? 3 : 0) + (misplacedCapital ? 6 : 0);
}

/** Words are of such letters alone, all small, all capital, or with a capital at the start. */
function ownPlaceBits(part: Buffer, at: number, kinds: Uint8Array): number {
  const beside = (place: number): boolean => kindAt(part, place, kinds) >= LOWER && (part[place] as number) < 0x80;
  const before = kindAt(part, at - 1, kinds);
  const foreign = (beside(at - 1) ? 6 : 0) + (beside(at + 1) ? 6 : 0);
  if (before < LOWER) return 2 + foreign;
  const small = kindAt(part, at, kinds) === LOWER;
  if (before === LOWER) return foreign + (small ? 0 : 7);
  const capitalsBefore = kindAt(part, at - 2, kinds) === UPPER;
  return foreign + (small && capitalsBefore ? 6 : 1);
}
