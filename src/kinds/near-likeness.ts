/** A normalised name, taken apart for comparing. */
export interface NameShape {
  readonly words: readonly string[];
  /** Written without spaces, as Chinese is: compared by pairs of characters, not by words. */
  readonly isIdeographic: boolean;
  /** Distinct pairs of characters, of a name in words their beginnings and ends instead; as numbers, ascending. */
  readonly grams: readonly number[];
  /** Everything that numbers things: digits, 一 to 十, roman numerals, single letters. Names that differ here differ. */
  readonly numbers: string;
}

/** From this likeness on two names are worth a look: pairs of characters have it lower than words. */
const LIKE_IDEOGRAPHIC = 0.7;
const LIKE_WORDS = 0.9;
/** Words less alike than this are different words. */
const LIKE_WORD = 0.88;
const MOST_WORDS = 12;
/** Names with less in common, by the ends of their words, are not compared word for word. */
const LEAST_COMMON = 0.5;
/** Longer texts are no names; what lies beyond is not compared. */
const MOST_CHARACTERS = 120;

const UNIT = 0x10000;

function pairsOf(text: string): ReadonlySet<number> {
  const pairs = new Set<number>();
  for (let at = 0; at + 2 <= text.length; at++) pairs.add(text.charCodeAt(at) * UNIT + text.charCodeAt(at + 1));
  return pairs;
}

/** A slip of the pen leaves a word its first three letters or its last three. */
function endsOf(words: readonly string[]): ReadonlySet<number> {
  const ends = new Set<number>();
  for (const word of words) {
    ends.add(packed(word, 0));
    // Odd where beginnings are even.
    ends.add(packed(word, Math.max(0, word.length - 3)) + 1);
  }
  return ends;
}

function packed(word: string, at: number): number {
  let letters = 0;
  for (let place = at; place < at + 3; place++) letters = letters * UNIT + (word.charCodeAt(place) || 0);
  return letters * 2;
}

/** Takes a name apart that `companyName` has normalised. */
export function nameShape(normalised: string): NameShape {
  const name = normalised.slice(0, MOST_CHARACTERS);
  const isIdeographic = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]/u.test(name);
  const words = name.split(' ');
  const grams = [...(isIdeographic ? pairsOf(words.join('')) : endsOf(words))].sort((a, b) => a - b);
  return { words, isIdeographic, grams, numbers: nameNumbers(name) };
}

/** Everything that numbers things in a name that `companyName` has normalised. */
export function nameNumbers(normalised: string): string {
  const numbers =
    /\p{Nd}+|[〇零一二三四五六七八九十百千两]+|(?<![\p{L}\p{N}])(?:[ivx]+|\p{Script=Latin})(?![\p{L}\p{N}])/gu;
  return (normalised.slice(0, MOST_CHARACTERS).match(numbers) ?? []).join(',');
}

/** Dice's coefficient of two ascending lists of distinct grams, 0–1; 0 where one has none. */
function dice(one: readonly number[], other: readonly number[]): number {
  let common = 0;
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const difference = (one[a] as number) - (other[b] as number);
    if (difference === 0) common++;
    if (difference <= 0) a++;
    if (difference >= 0) b++;
  }
  return common === 0 ? 0 : (2 * common) / (one.length + other.length);
}

/** Characters of two words that meet: equal and no further apart than half the longer word, each one once. */
function matchedCharacters(one: string, other: string): readonly [string, string] {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Uint8Array(other.length);
  let ofOne = '';
  for (let at = 0; at < one.length; at++) {
    const end = Math.min(other.length, at + reach + 1);
    for (let place = Math.max(0, at - reach); place < end; place++) {
      if (taken[place] === 1 || one[at] !== other[place]) continue;
      taken[place] = 1;
      ofOne += one[at];
      break;
    }
  }
  let ofOther = '';
  for (let place = 0; place < other.length; place++) if (taken[place] === 1) ofOther += other[place];
  return [ofOne, ofOther];
}

/** Jaro–Winkler similarity of two words, 0–1 (Winkler 1990: up to four characters in front count a tenth each). */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const [ofOne, ofOther] = matchedCharacters(one, other);
  const matched = ofOne.length;
  if (matched === 0) return 0;
  let moved = 0;
  for (let at = 0; at < matched; at++) if (ofOne[at] !== ofOther[at]) moved++;
  const jaro = (matched / one.length + matched / other.length + (matched - moved / 2) / matched) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < one.length && one[prefix] === other[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function lettersIn(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}

/** Index of the word that is most like one of the others, at the least `LIKE_WORD`, and how much; -1 for none. */
function nearestWord(word: string, others: readonly string[]): readonly [number, number] {
  let nearest = -1;
  let best = LIKE_WORD;
  for (let at = 0; at < others.length; at++) {
    const value = jaroWinkler(word, others[at] as string);
    if (value < best || (value === best && nearest >= 0)) continue;
    nearest = at;
    best = value;
  }
  return [nearest, best];
}

/** Share of the letters that stand in words both names have, in any order; words need only be nearly the same. */
function wordLikeness(one: readonly string[], other: readonly string[]): number {
  const ofOne = one.filter((word) => !other.includes(word));
  const ofOther = other.filter((word) => !one.includes(word));
  const all = lettersIn(one) + lettersIn(other);
  let alike = all - lettersIn(ofOne) - lettersIn(ofOther);
  for (const word of ofOne) {
    const [at, value] = nearestWord(word, ofOther);
    if (at < 0) continue;
    const [found = ''] = ofOther.splice(at, 1);
    alike += value * (word.length + found.length);
  }
  return alike / all;
}

/**
 * How alike two names are, 0–1: Dice's coefficient of character pairs for names in ideographs, else a set of words that
 * are compared by Jaro–Winkler. 0 where numbers differ: “Renewal 2023” and “Renewal 2024” are two things.
 */
export function likeness(one: NameShape, other: NameShape): number {
  if (one.numbers !== other.numbers || one.isIdeographic !== other.isIdeographic) return 0;
  const common = dice(one.grams, other.grams);
  const byGrams = one.isIdeographic || one.words.length > MOST_WORDS || other.words.length > MOST_WORDS;
  if (byGrams || common < LEAST_COMMON) return common;
  return wordLikeness(one.words, other.words);
}

/** Whether names of that likeness are worth a look. */
export function isAlike(value: number, { isIdeographic }: NameShape): boolean {
  return value >= (isIdeographic ? LIKE_IDEOGRAPHIC : LIKE_WORDS);
}
