import type { Fail, Part } from './archive.ts';
import { findPlainText, type PlainText, plainText } from './plain-texts.ts';
import { startTextCollector } from './text-collector.ts';
import { readXml } from './xml-reader.ts';
import type { XmlHandler } from './xml-token.ts';

/** More texts, or characters in them, do not fit the memory of a usual machine. */
const MOST_TEXTS = 10_000_000;
const MOST_CHARACTERS = 2 ** 28;

/** The texts that cells of type `s` name by number, each kept once; formats within a text are dropped. */
export async function readSharedStrings(part: Part): Promise<readonly string[]> {
  const texts: string[] = [];
  await readXml(part, startSharedStrings(part.fail, texts));
  return texts;
}

/** Puts the shared texts of a part into a list. */
export function startSharedStrings(fail: Fail, texts: string[]): XmlHandler {
  let characters = 0;
  let depth = 0;
  const collector = startTextCollector(fail);
  const plain: PlainText = { start: 0, end: 0, ascii: true };
  const add = (text: string): void => {
    characters += text.length;
    if (texts.length >= MOST_TEXTS || characters > MOST_CHARACTERS) throw tooMany(fail);
    texts.push(text);
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
      if (depth > 0) return at;
      const end = findPlainText(bytes, at, plain);
      if (end === -1) return at;
      add(plainText(bytes, plain));
      return end;
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
