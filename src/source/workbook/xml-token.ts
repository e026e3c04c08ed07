import type { Fail } from './archive.ts';
import { resolveReferences } from './xml-text.ts';

/** Name of an element: as written, to match its two tags, and without the prefix of its namespace. */
export interface XmlName {
  readonly bytes: Buffer;
  readonly local: string;
}

/**
 * A tag or a piece of text. There is one for a whole part: it is what it is while a handler runs, no longer.
 * Attributes and texts are made strings when asked for, since most never are.
 */
export interface XmlToken {
  readonly fail: Fail;
  /** Name of the element without prefix; of a text, '' . */
  name: string;
  bytes: Buffer;
  /** Four offsets an attribute: of its name, and of its value. */
  readonly attributes: number[];
  attributeCount: number;
  textStart: number;
  textEnd: number;
  /** True when the text has no byte beyond ASCII. */
  ascii: boolean;
  /** The text where it is not simply its bytes. */
  text: string | null;
}

export interface XmlHandler {
  open(token: XmlToken): void;
  /** An element may have its text in several pieces. */
  text(token: XmlToken): void;
  close(token: XmlToken): void;
  /**
   * Called inside the root where a tag starts: takes whole elements off the bytes by itself, of no more than four levels,
   * without a reference, and gives the offset behind them; `at` to be told of what stands there.
   */
  take?(bytes: Buffer, at: number): number;
}

export function startToken(fail: Fail): XmlToken {
  return {
    fail,
    name: '',
    bytes: Buffer.alloc(0),
    attributes: [],
    attributeCount: 0,
    textStart: 0,
    textEnd: 0,
    ascii: true,
    text: null,
  };
}

/** The text of a text token. */
export function textOf(token: XmlToken): string {
  return token.text ?? token.bytes.toString(token.ascii ? 'latin1' : 'utf8', token.textStart, token.textEnd);
}

/**
 * Value of an attribute of an open tag, null when it has none of that name; of two that differ in their prefix only,
 * the one without a prefix.
 */
export function attributeOf(token: XmlToken, name: string): string | null {
  const at = findAttribute(token, name);
  return at === -1 ? null : attributeValue(token, at);
}

/** Where an attribute stands among the offsets of the token, -1 when it has none of that name. */
export function findAttribute({ bytes, attributes, attributeCount }: XmlToken, name: string): number {
  let prefixed = -1;
  for (let at = 0; at < attributeCount * 4; at += 4) {
    const start = attributes[at] as number;
    const from = (attributes[at + 1] as number) - name.length;
    if (from < start || !isAscii(bytes, from, name)) continue;
    if (from === start) return at;
    if (bytes[from - 1] === COLON) prefixed = at;
  }
  return prefixed;
}

/** The one of some words that an attribute has as its value; what else it has, or null. */
export function wordOf(token: XmlToken, name: string, words: readonly string[]): string | null {
  const at = findAttribute(token, name);
  if (at === -1) return null;
  const start = token.attributes[at + 2] as number;
  const length = (token.attributes[at + 3] as number) - start;
  for (const word of words) {
    if (word.length === length && isAscii(token.bytes, start, word)) return word;
  }
  return attributeValue(token, at);
}

/** Value of an attribute that is a whole number, `absent` when it has none; not a number for anything else. */
export function wholeNumberOf(token: XmlToken, name: string, absent: number): number {
  const at = findAttribute(token, name);
  if (at === -1) return absent;
  return wholeNumber(token.bytes, token.attributes[at + 2] as number, token.attributes[at + 3] as number);
}

/** Number that digits stand for; not a number for anything else, and for none. */
export function wholeNumber(bytes: Buffer, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return end > start ? number : Number.NaN;
}

const COLON = 0x3a;
const ZERO = 0x30;
const AMPERSAND = 0x26;

function isAscii(bytes: Buffer, from: number, name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    if (bytes[from + index] !== name.charCodeAt(index)) return false;
  }
  return true;
}

function attributeValue({ bytes, attributes, fail }: XmlToken, at: number): string {
  const start = attributes[at + 2] as number;
  const end = attributes[at + 3] as number;
  let plain = true;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    if (byte === AMPERSAND || byte < 0x20 || byte > 0x7e) plain = false;
  }
  if (plain) return bytes.toString('latin1', start, end);
  return resolveReferences(bytes.toString('utf8', start, end).replace(/\r\n?|[\t\n]/g, ' '), fail);
}

/** True for an attribute that says yes. */
export function isOn(value: string | null): boolean {
  return value === '1' || value === 'true' || value === 'on';
}
