import { type ByteDictionary, codeOfBytes, findCode, startByteDictionary } from '../source/byte-dictionary.ts';
import { textHash } from '../source/byte-hash.ts';

/** Distinct texts by their bytes in UTF-8, numbered from 0 in the order in which they first appeared. */
export type TextNumbers = ByteDictionary;

/** Room for about as many distinct texts as given. */
export function startTextNumbers(expected: number): TextNumbers {
  // They stand in a column already, which is not too large.
  return { ...startByteDictionary(''), expected };
}

/** Number of the text that stands in `bytes` from `start` to before `end`, -1 where it has none. */
export function findNumber(numbers: TextNumbers, bytes: Uint8Array, start: number, end: number): number {
  return findCode(numbers, bytes, start, end, textHash(bytes, start, end));
}

/** Number of the text that stands in `bytes` from `start` to before `end`: the next one where it is new. */
export function numberOf(numbers: TextNumbers, bytes: Uint8Array, start: number, end: number): number {
  return codeOfBytes(numbers, bytes, start, end, textHash(bytes, start, end));
}
