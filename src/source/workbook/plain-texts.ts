import { resolveEscapes } from './xml-text.ts';

/** Where a plain text stands among the bytes, and what was seen of these. */
export interface PlainText {
  start: number;
  end: number;
  /** All of them are ASCII. */
  ascii: boolean;
  underscore: boolean;
}

export function startPlainText(): PlainText {
  return { start: 0, end: 0, ascii: true, underscore: false };
}

const START = Buffer.from('<si><t>');
const SPACED_START = Buffer.from('<si><t xml:space="preserve">');
const END = Buffer.from('</t></si>');

const TAB = 0x09;
const LINE_FEED = 0x0a;
const AMPERSAND = 0x26;
const LESS = 0x3c;
const UNDERSCORE = 0x5f;
const LETTER_X = 0x78;

/**
 * Finds the shared text at `at` that is written in the one way that nearly all are, `<si><t>Won</t></si>`, without a
 * reference or a foreign line end; what differs in a single byte is left to the XML reader.
 * @returns offset behind it, -1 when there is none
 */
export function findPlainText(bytes: Buffer, at: number, text: PlainText): number {
  const start = startOf(bytes, at);
  if (start === -1) return -1;
  const end = readPlainText(bytes, start, text);
  return isAt(bytes, end, END) ? end + END.length : -1;
}

/** Reads text until something else than a plain byte comes, and gives the offset of that. */
export function readPlainText(bytes: Buffer, start: number, text: PlainText): number {
  let end = start;
  let bits = 0;
  let underscore = false;
  for (; end < bytes.length && isPlain(bytes[end]!); end++) {
    const byte = bytes[end]!;
    bits |= byte;
    if (byte === UNDERSCORE) underscore = true;
  }
  text.start = start;
  text.end = end;
  text.ascii = bits < 0x80;
  text.underscore = underscore;
  return end;
}

/** True for a text that may have an escape such as `_x001B_`. */
export function hasEscape(bytes: Buffer, { start, end, underscore }: PlainText): boolean {
  if (!underscore) return false;
  for (let at = start; at < end; at++) if (bytes[at] === UNDERSCORE && bytes[at + 1] === LETTER_X) return true;
  return false;
}

/** Length of the text as a string: two for a character of four bytes, one for any other. */
export function lengthOf(bytes: Buffer, { start, end, ascii }: PlainText): number {
  if (ascii) return end - start;
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80 || byte >= 0xc0) length += byte >= 0xf0 ? 2 : 1;
  }
  return length;
}

/** The text with its escapes resolved. */
export function plainText(bytes: Buffer, { start, end, ascii }: PlainText): string {
  return resolveEscapes(bytes.toString(ascii ? 'latin1' : 'utf8', start, end));
}

function startOf(bytes: Buffer, at: number): number {
  if (isAt(bytes, at, START)) return at + START.length;
  return isAt(bytes, at, SPACED_START) ? at + SPACED_START.length : -1;
}

function isPlain(byte: number): boolean {
  return byte >= 0x20 ? byte !== LESS && byte !== AMPERSAND : byte === TAB || byte === LINE_FEED;
}

/** True when the bytes go on with a mark, which they must have whole. */
export function isAt(bytes: Buffer, at: number, mark: Buffer): boolean {
  if (at + mark.length > bytes.length) return false;
  for (let index = 0; index < mark.length; index++) if (bytes[at + index] !== mark[index]) return false;
  return true;
}
