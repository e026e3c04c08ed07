import type { Fail } from './archive.ts';
import { resolveEscapes } from './xml-text.ts';
import { textOf, type XmlHandler } from './xml-token.ts';

/** Far more than the 32,767 characters that a cell may have, and less than what stops a program. */
const MOST_CHARACTERS = 2 ** 24;

/** Puts the text of a shared or inline string together: all `t` elements, without those that tell how to read it. */
export interface TextCollector extends XmlHandler {
  start(): void;
  finish(): string;
}

export function startTextCollector(fail: Fail): TextCollector {
  let collected = '';
  let phonetic = 0;
  let inText = false;
  return {
    start() {
      collected = '';
      phonetic = 0;
      inText = false;
    },
    open({ name }) {
      if (name === 't') inText = true;
      else if (name === 'rPh') phonetic++;
    },
    text(token) {
      if (!inText || phonetic > 0) return;
      collected += textOf(token);
      if (collected.length > MOST_CHARACTERS) throw tooLong(fail);
    },
    close({ name }) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic--;
    },
    finish: () => resolveEscapes(collected),
  };
}

function tooLong(fail: Fail): Error {
  return fail({ en: 'a text in it has more than 16 million characters', zh: '其中有超过 1600 万字的文本' });
}
