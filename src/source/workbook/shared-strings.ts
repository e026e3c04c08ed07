import type { Part } from './archive.ts';
import { startTextCollector } from './text-collector.ts';
import { readXml } from './xml-reader.ts';

/** More texts, or characters in them, do not fit the memory of a usual machine. */
const MOST_TEXTS = 10_000_000;
const MOST_CHARACTERS = 2 ** 28;

/** The texts that cells of type `s` name by number, each kept once; formats within a text are dropped. */
export async function readSharedStrings(part: Part): Promise<readonly string[]> {
  const texts: string[] = [];
  let characters = 0;
  const collector = startTextCollector(part.fail);
  await readXml(part, {
    open(token) {
      if (token.name === 'si') collector.start();
      collector.open(token);
    },
    text: (token) => collector.text(token),
    close(token) {
      collector.close(token);
      if (token.name !== 'si') return;
      const text = collector.finish();
      characters += text.length;
      if (texts.length >= MOST_TEXTS || characters > MOST_CHARACTERS) throw tooMany(part);
      texts.push(text);
    },
  });
  return texts;
}

function tooMany({ fail }: Part): Error {
  return fail({ en: 'it has more texts than fit the memory', zh: '文本过多，内存放不下' });
}
