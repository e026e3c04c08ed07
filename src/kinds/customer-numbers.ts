import { type Column, PRESENT } from '../dataset/dataset.ts';
import { visitBytes } from '../dataset/text-bytes.ts';
import { findNumber, numberOf, startTextNumbers, type TextNumbers } from '../dataset/text-numbers.ts';
import { LATIN_FORMS } from '../i18n/company-name.ts';
import { customerKey } from './customer-name.ts';

/** Longer texts are no names that there are many of. */
const LONGEST = 256;
const SPACE = 0x20;
const NINE = 0x39;
const NO_FORM = -1;
/** Number of the word that is no legal form but goes with the one behind it. */
const AND = 0;

/** ASCII letters as small ones, digits, space, 0 for the rest: of names of these only legal forms are still to go. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9 ]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** A name without spaces; word `n` begins at `starts[n]`. */
interface Words {
  readonly bytes: Uint8Array;
  readonly starts: Uint16Array;
  length: number;
  count: number;
}

/** Takes a name apart; false where that is not all there is to its key. */
function takeApart(words: Words, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > LONGEST) return false;
  const { bytes: joined, starts } = words;
  let length = 0;
  let count = 0;
  let before = SPACE;
  let hasDigit = false;
  for (let at = start; at < end; at++) {
    const byte = PLAIN[bytes[at]!]!;
    if (byte === 0) return false;
    if (byte !== SPACE) {
      if (before === SPACE) starts[count++] = length;
      if (byte <= NINE) hasDigit = true;
      joined[length++] = byte;
    }
    before = byte;
  }
  words.length = length;
  words.count = count;
  // One word with digits may be the id of a record.
  return count > 1 || !hasDigit;
}

/** Length of the name without the legal forms at its end. */
function lengthWithoutForms({ bytes, starts, length, count }: Words, forms: TextNumbers): number {
  let end = length;
  for (let last = count - 1; last > 0; last--) {
    const form = findNumber(forms, bytes, starts[last]!, end);
    if (form === NO_FORM || (form === AND && end === length)) return end;
    end = starts[last]!;
  }
  return end;
}

/**
 * Numbers the customers that the wanted texts of a column name, one a text, -1 for the others: texts with one
 * `customerKey` have one number. Hardly any text is made for it: most keys can be told from the bytes.
 */
export function customerNumbers({ texts, state }: Column, isWanted: (code: number) => boolean): Int32Array {
  const forms = startTextNumbers(LATIN_FORMS.size + 1);
  for (const word of ['and', ...LATIN_FORMS]) numberOf(forms, Buffer.from(word), 0, word.length);
  const words: Words = { bytes: new Uint8Array(LONGEST), starts: new Uint16Array(LONGEST), length: 0, count: 0 };
  const numbers = startTextNumbers(texts.length);
  const ofCode = new Int32Array(texts.length).fill(-1);
  visitBytes(texts, (code, bytes, start, end) => {
    if (state[code] !== PRESENT || !isWanted(code)) return;
    if (takeApart(words, bytes, start, end)) {
      ofCode[code] = numberOf(numbers, words.bytes, 0, lengthWithoutForms(words, forms));
      return;
    }
    const key = Buffer.from(customerKey(texts.at(code)!));
    ofCode[code] = numberOf(numbers, key, 0, key.length);
  });
  return ofCode;
}
