import { type Texts, textsOfBytes } from '../../src/source/texts.ts';

/** The same texts as bytes, as the reader of text files hands them over. */
export function utf8Texts(texts: readonly string[]): Texts {
  const starts = new Uint32Array(texts.length + 1);
  for (const [code, text] of texts.entries()) starts[code + 1] = starts[code]! + Buffer.byteLength(text);
  return textsOfBytes(Buffer.from(texts.join('')), starts);
}
