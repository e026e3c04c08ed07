import type { XmlName, XmlToken } from './xml-token.ts';

/** No tag of a workbook is longer; a part of one endless tag is not collected. */
const LONGEST_TAG_BYTES = 4 * 2 ** 20;
const NAME_SLOTS = 256;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BLANK = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;

export function isBlankByte(byte: number): boolean {
  return byte === BLANK || byte === LINE_FEED || byte === TAB || byte === RETURN;
}

export function areBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (!isBlankByte(bytes[at] as number)) return false;
  }
  return true;
}

/** Names seen last, by a hash of their bytes: a sheet has few, each of them a million times. */
export type NameSlots = (XmlName | undefined)[];

export function startNames(): NameSlots {
  return new Array<XmlName | undefined>(NAME_SLOTS).fill(undefined);
}

function internName(slots: NameSlots, bytes: Buffer, start: number, end: number): XmlName {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (hash * 31 + (bytes[at] as number)) | 0;
  const slot = hash & (NAME_SLOTS - 1);
  const known = slots[slot];
  if (known !== undefined && isName(known, bytes, start, end)) return known;
  const own = Buffer.from(bytes.subarray(start, end));
  const local = own.toString('utf8', own.lastIndexOf(COLON) + 1);
  const name = { bytes: own, local };
  slots[slot] = name;
  return name;
}

function isName(name: XmlName, bytes: Buffer, start: number, end: number): boolean {
  return name.bytes.length === end - start && startsWith(bytes, start, name);
}

function startsWith(bytes: Buffer, start: number, { bytes: own }: XmlName): boolean {
  for (let at = 0; at < own.length; at++) {
    if (own[at] !== bytes[start + at]) return false;
  }
  return true;
}

/** An open tag that was read: where it ends, its name, and whether it closes itself. */
export interface OpenTag {
  end: number;
  name: XmlName;
  empty: boolean;
}

const NO_NAME: XmlName = { bytes: Buffer.alloc(0), local: '' };

export function startTag(): OpenTag {
  return { end: 0, name: NO_NAME, empty: false };
}

/**
 * Reads the open tag at `start` into `tag`, and its attributes into the token. False when the bytes end within it.
 * @throws FunnelintError when it is not well-formed
 */
export function readOpenTag(token: XmlToken, start: number, tag: OpenTag, names: NameSlots): boolean {
  const { bytes } = token;
  const nameEnd = endOfName(bytes, start + 1);
  token.attributeCount = 0;
  let at = nameEnd;
  for (;;) {
    at = skipBlanks(bytes, at);
    if (at >= bytes.length - 1 && bytes[at] !== GREATER) return cutOff(token, start);
    const end = endOfTag(bytes, at);
    if (end !== -1) {
      if (!startsName(bytes, start + 1, nameEnd)) throw notWellFormed(token, start);
      tag.end = end;
      tag.empty = end === at + 2;
      tag.name = internName(names, bytes, start + 1, nameEnd);
      token.name = tag.name.local;
      return true;
    }
    if (!isBlankByte(bytes[at - 1] as number)) throw notWellFormed(token, start);
    at = readAttribute(token, at);
    if (at === -1) return cutOff(token, start);
  }
}

/** Offset behind the end of an open tag, -1 when it does not end at `at`. */
function endOfTag(bytes: Buffer, at: number): number {
  if (bytes[at] === GREATER) return at + 1;
  return bytes[at] === SLASH && bytes[at + 1] === GREATER ? at + 2 : -1;
}

/** Offset behind the attribute at `start`, -1 when the bytes end within it. */
function readAttribute(token: XmlToken, start: number): number {
  const { bytes, attributes } = token;
  const nameEnd = endOfName(bytes, start);
  const equals = skipBlanks(bytes, nameEnd);
  if (equals >= bytes.length) return -1;
  if (bytes[equals] !== EQUALS || !startsName(bytes, start, nameEnd)) throw notWellFormed(token, start);
  const open = skipBlanks(bytes, equals + 1);
  if (open >= bytes.length) return -1;
  const quote = bytes[open] as number;
  if (quote !== QUOTE && quote !== APOSTROPHE) throw notWellFormed(token, start);
  let end = open + 1;
  while (end < bytes.length && bytes[end] !== quote) {
    if (bytes[end] === LESS) throw notWellFormed(token, start);
    end++;
  }
  if (end >= bytes.length) return -1;
  const first = token.attributeCount++ * 4;
  attributes[first] = start;
  attributes[first + 1] = nameEnd;
  attributes[first + 2] = open + 1;
  attributes[first + 3] = end;
  return end + 1;
}

/** Offset behind the close tag at `start` of the element, -1 when the bytes end within it. */
export function readCloseTag(token: XmlToken, start: number, name: XmlName | undefined): number {
  const { bytes } = token;
  token.attributeCount = 0;
  if (name !== undefined && startsWith(bytes, start + 2, name) && bytes[start + 2 + name.bytes.length] === GREATER) {
    token.name = name.local;
    return start + 3 + name.bytes.length;
  }
  const nameEnd = endOfName(bytes, start + 2);
  const end = skipBlanks(bytes, nameEnd);
  if (end >= bytes.length) {
    cutOff(token, start);
    return -1;
  }
  if (bytes[end] !== GREATER) throw notWellFormed(token, start);
  if (name === undefined || !isName(name, bytes, start + 2, nameEnd)) {
    const closed = bytes.toString('utf8', start + 2, Math.min(nameEnd, start + 40));
    throw token.fail({ en: `</${closed}> closes no open element`, zh: `</${closed}> 没有对应的开始标签` });
  }
  token.name = name.local;
  return end + 1;
}

function endOfName(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (byte <= BLANK || byte === GREATER || byte === SLASH || byte === EQUALS) break;
    if (byte === LESS || byte === QUOTE || byte === APOSTROPHE) break;
    at++;
  }
  return at;
}

/** Letters, `_`, `:` and everything beyond ASCII may start a name. */
function startsName(bytes: Buffer, start: number, end: number): boolean {
  const byte = bytes[start] ?? 0;
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return end > start && (letter || byte === 0x5f || byte === COLON || byte >= 0x80);
}

function skipBlanks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && isBlankByte(bytes[at] as number)) at++;
  return at;
}

function cutOff(token: XmlToken, start: number): false {
  if (token.bytes.length - start <= LONGEST_TAG_BYTES) return false;
  throw token.fail({ en: 'a tag in it is too long', zh: '其中有过长的标签' });
}

function notWellFormed({ bytes, fail }: XmlToken, start: number): Error {
  const shown = bytes.toString('utf8', start, start + 20);
  return fail({ en: `“${shown}” is no well-formed XML`, zh: `“${shown}”不符合 XML 语法` });
}
