import type { Texts } from '../../source/texts.ts';

/** The bytes of one text at a time, for what is decided without making a string of each. */
export interface TextCursor {
  bytes: Uint8Array;
  /** The text stands in `bytes` from `start` to before `end`. */
  start: number;
  end: number;
  readonly moveTo: (code: number) => void;
}

/** Longer than every plain shape. */
const LONGEST = 24;
const NOT_ASCII = 0xff;

/**
 * A cursor over distinct texts. Where they are no bytes yet, it shows the first 24 characters of a text, 0xff for what is
 * not ASCII: enough for shapes that are shorter and ASCII.
 */
export function textCursor(texts: Texts): TextCursor {
  const { utf8 } = texts;
  if (utf8 === undefined) {
    const cursor = { bytes: Buffer.alloc(LONGEST), start: 0, end: 0 };
    return Object.assign(cursor, {
      moveTo: (code: number): void => {
        cursor.end = writeAscii(texts.at(code) as string, cursor.bytes);
      },
    });
  }
  const { bytes, starts } = utf8;
  const cursor = { bytes, start: 0, end: 0 };
  return Object.assign(cursor, {
    moveTo: (code: number): void => {
      cursor.start = starts[code]!;
      cursor.end = starts[code + 1]!;
    },
  });
}

/** Writes as many characters as there is room for, 0xff for what is not ASCII; returns how many. */
export function writeAscii(text: string, into: Uint8Array): number {
  const length = Math.min(text.length, into.length);
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    into[at] = code < 0x80 ? code : NOT_ASCII;
  }
  return length;
}
