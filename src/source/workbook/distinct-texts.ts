import { type ByteDictionary, putDownAll, settle, startByteDictionary } from '../byte-dictionary.ts';
import { textHash } from '../byte-hash.ts';
import type { TextStore } from './text-store.ts';

const known = new WeakMap<TextStore, ByteDictionary | null>();

/**
 * The texts of a finished store by what they say, with their numbers for codes; null where two of them are the same,
 * as no program has reason to write them. Looked up once for the sheets of a workbook.
 * @param file path for messages
 */
export function distinctTexts(file: string, texts: TextStore): ByteDictionary | null {
  const found = known.get(texts);
  if (found !== undefined) return found;
  const dictionary = dictionaryOf(file, texts);
  const distinct = dictionary.count === texts.count ? dictionary : null;
  known.set(texts, distinct);
  return distinct;
}

function dictionaryOf(file: string, { bytes, starts, count }: TextStore): ByteDictionary {
  const hashes = new Int32Array(count);
  for (let number = 0; number < count; number++) {
    hashes[number] = textHash(bytes, starts[number]!, starts[number + 1]!);
  }
  const dictionary = startByteDictionary(file);
  const all = { bytes: bytes.subarray(0, starts[count]), starts: starts.subarray(0, count + 1), hashes };
  putDownAll(dictionary, all);
  settle(dictionary, new Int32Array(count), 0);
  return dictionary;
}
