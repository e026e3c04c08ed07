/** Bits of the filter: a position of a text is looked at closely only where a secret may begin. */
const FILTER_BITS = 2 ** 22;
/** Secrets are told apart by their first characters, by as many of them as they have. */
const LONGEST_START = 4;
/** Shorter than this a word says too little to be looked for inside others; a Chinese name has two characters. */
const SHORTEST_WORD = 3;
const SHORTEST_HAN = 2;
const FIRST_HAN = 0x2e80;

/** Letters and digits of scripts that part words by blanks. */
function isWordCharacter(code: number): boolean {
  if (code < 0x80) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7;
}

/** Whether a text is long enough to be looked for inside others. */
function canBePart(text: string): boolean {
  if (text.length >= SHORTEST_WORD) return true;
  return text.length >= SHORTEST_HAN && text.charCodeAt(0) >= FIRST_HAN;
}

function startHash(text: string, at: number, length: number): number {
  let hash = length;
  for (let index = at; index < at + length; index++) hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(index);
  return hash;
}

/** A secret in the middle of a word is none: `Ann` in `Annual`. */
function isWhole(text: string, from: number, to: number): boolean {
  const startsInside = from > 0 && isWordCharacter(text.charCodeAt(from - 1)) && isWordCharacter(text.charCodeAt(from));
  const endsInside =
    to < text.length && isWordCharacter(text.charCodeAt(to)) && isWordCharacter(text.charCodeAt(to - 1));
  return !startsInside && !endsInside;
}

interface Starts {
  readonly filter: Uint8Array;
  /** How many characters secrets are told apart by here, the most first. */
  readonly sizes: readonly number[];
  /** Hash of the first characters → lengths of the secrets that begin so, the longest first. */
  readonly lengths: ReadonlyMap<number, readonly number[]>;
}

function startsOf(secrets: Iterable<string>): Starts {
  const filter = new Uint8Array(FILTER_BITS / 8);
  const lengths = new Map<number, number[]>();
  const sizes = new Set<number>();
  for (const secret of secrets) {
    if (!canBePart(secret)) continue;
    const size = Math.min(secret.length, LONGEST_START);
    sizes.add(size);
    const hash = startHash(secret, 0, size);
    const bit = hash & (FILTER_BITS - 1);
    filter[bit >> 3] = (filter[bit >> 3] as number) | (1 << (bit & 7));
    const known = lengths.get(hash);
    if (known === undefined) lengths.set(hash, [secret.length]);
    else if (!known.includes(secret.length)) known.push(secret.length);
  }
  for (const each of lengths.values()) each.sort((a, b) => b - a);
  return { filter, sizes: [...sizes].sort((a, b) => b - a), lengths };
}

/** Where the longest secret that begins at a position ends, -1 where none does. */
function endOfSecret(text: string, at: number, secrets: ReadonlySet<string>, starts: Starts): number {
  const { filter, sizes, lengths } = starts;
  for (const size of sizes) {
    if (at + size > text.length) continue;
    const hash = startHash(text, at, size);
    const bit = hash & (FILTER_BITS - 1);
    if (((filter[bit >> 3] as number) & (1 << (bit & 7))) === 0) continue;
    for (const length of lengths.get(hash) ?? []) {
      const end = at + length;
      if (end <= text.length && isWhole(text, at, end) && secrets.has(text.slice(at, end))) return end;
    }
  }
  return -1;
}

/**
 * Replaces every secret that stands in a text as a word of its own, the longest first. The time grows with the length of
 * the text and the number of different lengths of secrets that begin alike, not with the number of secrets.
 */
export function createPartReplacer(
  secrets: ReadonlySet<string>,
  replacement: (secret: string) => string,
): (text: string) => string {
  const starts = startsOf(secrets);
  return (text) => {
    let result = '';
    let taken = 0;
    for (let at = 0; at < text.length - 1; at++) {
      const end = endOfSecret(text, at, secrets, starts);
      if (end < 0) continue;
      result += text.slice(taken, at) + replacement(text.slice(at, end));
      taken = end;
      at = end - 1;
    }
    return taken === 0 ? text : result + text.slice(taken);
  };
}
