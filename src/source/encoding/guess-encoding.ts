import { ALPHABETS } from './alphabets.ts';
import { type ByteAlphabet, byteAlphabet, narrowCost } from './narrow-character-costs.ts';
import { WIDE_ENCODINGS, type WideEncoding } from './wide-character-costs.ts';

/** An encoding that the bytes can be read in. */
export interface EncodingGuess {
  /** A label of the WHATWG Encoding Standard. */
  readonly label: string;
  /** 1 where the text reads like one of the languages the encoding is used for, 0 where it reads like noise. */
  readonly score: number;
}

/** How much rarer than the others of its kind an encoding is; it decides where a few letters are read alike by two. */
const RARITY_BITS: Readonly<Record<string, number>> = {
  'windows-1250': 6,
  'windows-1253': 6,
  'windows-1254': 10,
  'iso-8859-2': 10,
  'koi8-r': 3,
  'euc-jp': 3,
};

/** Enough to tell encodings apart: what comes behind changes nothing. */
const SCORED_HIGH_BYTES = 1500;

/**
 * The encodings of single and of several bytes that a text can be in, the likeliest first: those without a byte order
 * mark that a spreadsheet saves as, other than UTF-8. The likelihood is that of the characters under what is known of
 * the languages of each. windows-1252, in which any bytes are a text, is always among them.
 * @param sample the start of a text that is not UTF-8; a character cut at its end does not count
 */
export function guessEncodings(sample: Buffer): readonly EncodingGuess[] {
  const { part, highBytes } = scoredPart(sample);
  const bits = new Map<string, number>();
  for (const encoding of WIDE_ENCODINGS) {
    if (isDecodable(sample, encoding.label)) bits.set(encoding.label, wideCost(part, encoding));
  }
  const seen = seenBytes(sample);
  for (const [label, languages] of byteAlphabets()) {
    if (languages[0]?.undefinedBytes.some((byte) => seen[byte] === 1)) continue;
    bits.set(label, Math.min(...languages.map((language) => narrowCost(part, language))));
  }
  return [...bits]
    .map(([label, cost]) => ({ label, cost }))
    .sort((one, other) => one.cost + (RARITY_BITS[one.label] ?? 0) - other.cost - (RARITY_BITS[other.label] ?? 0))
    .map(({ label, cost }) => ({ label, score: plausibility(cost / Math.max(1, highBytes)) }));
}

/** True for an encoding in which a character may take several bytes. */
export function isWide(label: string): boolean {
  return WIDE_ENCODINGS.some((encoding) => encoding.label === label);
}

/** Bits a byte beyond ASCII takes in a text of names and words, and in noise. */
const TEXT_BITS = 6;
const NOISE_BITS = 11;

function plausibility(bitsPerByte: number): number {
  return Math.min(1, Math.max(0, (NOISE_BITS - bitsPerByte) / (NOISE_BITS - TEXT_BITS)));
}

/** Lines from the start that hold enough bytes beyond ASCII, the last one cut if it is long, and how many they are. */
function scoredPart(sample: Buffer): { part: Buffer; highBytes: number } {
  let highBytes = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] as number;
    if (byte >= 0x80) highBytes++;
    const enough = byte === 0x0a ? SCORED_HIGH_BYTES : 2 * SCORED_HIGH_BYTES;
    if (highBytes >= enough) return { part: sample.subarray(0, at), highBytes };
  }
  return { part: sample, highBytes };
}

/** 1 for each of the 256 bytes that the sample holds. */
function seenBytes(sample: Buffer): Uint8Array {
  const seen = new Uint8Array(256);
  for (let at = 0; at < sample.length; at++) seen[sample[at] as number] = 1;
  return seen;
}

function isDecodable(sample: Buffer, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

let alphabets: ReadonlyMap<string, readonly ByteAlphabet[]> | null = null;

/** The alphabets of each encoding of single bytes. */
function byteAlphabets(): ReadonlyMap<string, readonly ByteAlphabet[]> {
  if (alphabets !== null) return alphabets;
  const byLabel = new Map<string, ByteAlphabet[]>();
  for (const alphabet of ALPHABETS) {
    byLabel.set(alphabet.label, [...(byLabel.get(alphabet.label) ?? []), byteAlphabet(alphabet)]);
  }
  alphabets = byLabel;
  return byLabel;
}

/** A run of such characters begins, and one stands right beside an ASCII letter. */
const RUN_BITS = 3;
const BESIDE_LETTER_BITS = 5;
/** What an ASCII character costs where it is one, and no second byte of another. */
const ASCII_BITS = 4;

/** Bits of the characters beyond ASCII in a text, less those of the ASCII bytes that they take up. */
function wideCost(part: Buffer, { label, costs }: WideEncoding): number {
  const bits = costs();
  const text = new TextDecoder(label).decode(part, { stream: true });
  let cost = 0;
  let asciiCharacters = 0;
  let previous = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const wide = unit > 0x7f;
    if (!wide) asciiCharacters++;
    else cost += (bits[unit] as number) + (previous > 0x7f ? 0 : RUN_BITS);
    if (wide !== previous > 0x7f && isAsciiLetter(wide ? previous : unit)) cost += BESIDE_LETTER_BITS;
    previous = unit;
  }
  return cost - ASCII_BITS * (asciiBytes(part) - asciiCharacters);
}

function isAsciiLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function asciiBytes(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) < 0x80) count++;
  return count;
}
