import type { Fail, Part } from './archive.ts';
import { findPlainText, hasEscape, lengthOf, plainText, startPlainText } from './plain-texts.ts';
import { startTextCollector } from './text-collector.ts';
import { addText, addTextBytes, startTextStore, type TextStore } from './text-store.ts';
import { readXml } from './xml-reader.ts';
import type { XmlHandler } from './xml-token.ts';

/** More texts, or characters in them, do not fit the memory of a usual machine. */
const MOST_TEXTS = 10_000_000;
const MOST_CHARACTERS = 2 ** 28;

/** The texts that cells of type `s` name by number, each kept once; formats within a text are dropped. */
export async function readSharedStrings(part: Part): Promise<TextStore> {
  const texts = startTextStore();
  await readXml(part, startSharedStrings(part.fail, texts));
  return texts;
}

/** Puts the shared texts of a part into a store. */
export function startSharedStrings(fail: Fail, texts: TextStore): XmlHandler {
  let characters = 0;
  let depth = 0;
  const collector = startTextCollector(fail);
  const plain = startPlainText();
  const count = (length: number): void => {
    characters += length;
    if (texts.count >= MOST_TEXTS || characters > MOST_CHARACTERS) throw tooMany(fail);
  };
  const add = (text: string): void => {
    count(text.length);
    addText(texts, text);
  };
  const addPlain = (bytes: Buffer): void => {
    if (hasEscape(bytes, plain)) {
      add(plainText(bytes, plain));
      return;
    }
    count(lengthOf(bytes, plain));
    addTextBytes(texts, bytes, plain.start, plain.end);
  };
  return {
    open(token) {
      if (token.name === 'si') {
        collector.start();
        depth++;
      }
      collector.open(token);
    },
    text: (token) => collector.text(token),
    close(token) {
      collector.close(token);
      if (token.name !== 'si') return;
      depth--;
      add(collector.finish());
    },
    take(bytes, at) {
      let next = at;
      while (depth === 0) {
        const end = findPlainText(bytes, next, plain);
        if (end === -1) break;
        addPlain(bytes);
        next = end;
      }
      return next;
    },
  };
}

function tooMany(fail: Fail): Error {
  return fail({ en: 'it has more texts than fit the memory', zh: '文本过多，内存放不下' });
}

/** Number of a shared text, as a cell names it; -1 for what is no number. */
export function sharedIndex(value: string): number {
  let index = 0;
  for (let at = 0; at < value.length; at++) {
    const digit = value.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index;
}
