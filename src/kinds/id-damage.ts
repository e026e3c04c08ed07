import { type Column, PRESENT } from '../dataset/dataset.ts';
import { visitBytes } from '../dataset/text-bytes.ts';

/** What a spreadsheet has done to an id. */
export type Damage =
  | { readonly by: 'rounding' }
  | { readonly by: 'zeros'; readonly digits: number }
  | { readonly by: 'case'; readonly other: string };

/** `1.2E+17`: the digits are gone. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d+$/i;
/** Digits of a number that spreadsheets keep; the others become zeros. */
const KEPT_DIGITS = 15;
/** Ids of Salesforce reports, in which upper and lower case are told apart. */
const CASE_SENSITIVE = /^[A-Za-z0-9]{15}$/;
const SMALL = /\p{Ll}/u;
const CAPITAL = /\p{Lu}/u;

// What bytes a text has, as bits.
const HAS_DIGIT = 1;
const HAS_SMALL = 2;
const HAS_CAPITAL = 4;
const HAS_PLUS = 8;
const HAS_WIDE = 16;
const HAS_OTHER = 32;

function bitOf(byte: number): number {
  if (byte > 0x7f) return HAS_WIDE;
  const character = String.fromCharCode(byte);
  if (/\d/.test(character)) return HAS_DIGIT;
  if (SMALL.test(character)) return HAS_SMALL;
  if (CAPITAL.test(character)) return HAS_CAPITAL;
  return character === '+' ? HAS_PLUS : HAS_OTHER;
}

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => bitOf(byte));
const ZERO = 0x30;

/** What one look at each id of a column tells. */
interface IdFacts {
  /** One a code: length of an id of digits, 0 for any other. */
  readonly digits: Uint32Array;
  /** One a code: 1 for a number that was shortened to its first digits and a power of ten. */
  readonly isShortened: Uint8Array;
  /** Ids of more digits than spreadsheets keep, and those of them that end in zeros where others are lost. */
  long: number;
  longInZeros: number;
  /** Lengths of the ids of digits with a zero in front. */
  readonly padded: Set<number>;
  hasSmall: boolean;
  hasCapital: boolean;
}

function areZeros(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== ZERO) return false;
  return true;
}

function noteDigits(facts: IdFacts, code: number, bytes: Uint8Array, start: number, end: number): void {
  const count = end - start;
  facts.digits[code] = count;
  if (bytes[start] === ZERO && count > 1) facts.padded.add(count);
  if (count <= KEPT_DIGITS) return;
  facts.long++;
  if (areZeros(bytes, start + KEPT_DIGITS, end)) facts.longInZeros++;
}

function noteOther(facts: IdFacts, code: number, text: string): void {
  facts.hasSmall ||= SMALL.test(text);
  facts.hasCapital ||= CAPITAL.test(text);
  if (SHORTENED.test(text)) facts.isShortened[code] = 1;
}

function factsOf({ texts, state }: Column): IdFacts {
  const digits = new Uint32Array(texts.length);
  const isShortened = new Uint8Array(texts.length);
  const counts = { long: 0, longInZeros: 0, hasSmall: false, hasCapital: false };
  const facts: IdFacts = { digits, isShortened, padded: new Set(), ...counts };
  let seen = 0;
  visitBytes(texts, (code, bytes, start, end) => {
    if (state[code] !== PRESENT) return;
    let bits = 0;
    for (let at = start; at < end; at++) bits |= BITS[bytes[at]!]!;
    seen |= bits;
    if (bits === HAS_DIGIT) noteDigits(facts, code, bytes, start, end);
    else if ((bits & (HAS_PLUS | HAS_WIDE)) !== 0) noteOther(facts, code, texts.at(code)!);
  });
  facts.hasSmall ||= (seen & HAS_SMALL) !== 0;
  facts.hasCapital ||= (seen & HAS_CAPITAL) !== 0;
  return facts;
}

/** For each id that another one equals but for case, the code of that other one. */
function caseTwins({ texts, state }: Column, { hasSmall, hasCapital }: IdFacts): ReadonlyMap<number, number> {
  const twins = new Map<number, number>();
  // Where no id has small letters, or none has capitals, no two can differ in case alone.
  if (!(hasSmall && hasCapital)) return twins;
  const firstOf = new Map<string, number>();
  for (let code = 0; code < texts.length; code++) {
    const text = state[code] === PRESENT ? texts.at(code)! : '';
    if (text === '' || CASE_SENSITIVE.test(text)) continue;
    const folded = text.toLowerCase();
    const first = firstOf.get(folded);
    if (first === undefined) {
      firstOf.set(folded, code);
      continue;
    }
    twins.set(code, first);
    if (!twins.has(first)) twins.set(first, code);
  }
  return twins;
}

/** What is wrong with each distinct text of a column that holds ids, by its code; null for a sound one. */
export function idDamages(column: Column): (code: number) => Damage | null {
  const facts = factsOf(column);
  const { digits, isShortened, long, longInZeros, padded } = facts;
  // Long ids whose last digits are zeros in every case are numbers that were rounded; one alone may be so by chance.
  const areRounded = long > 1 && long === longInZeros;
  // Ids that keep a zero in front tell how long all are; where those differ in length, others may be of any.
  const [length = 0] = padded.size === 1 ? padded : [];
  const twins = caseTwins(column, facts);
  return (code) => {
    const count = digits[code] ?? 0;
    if (isShortened[code] === 1 || (areRounded && count > KEPT_DIGITS)) return { by: 'rounding' };
    if (count > 0 && count < length) return { by: 'zeros', digits: length };
    const twin = twins.size === 0 ? undefined : twins.get(code);
    return twin === undefined ? null : { by: 'case', other: column.texts.at(twin)! };
  };
}
