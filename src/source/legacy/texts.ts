import { TextDecoder } from 'node:util';
import { decodeSample, type Encoding } from '../encoding/decode.ts';
import type { Fail } from '../workbook/archive.ts';
import { nextRecord, RECORD, type Records } from './records.ts';

/** The content of a record and of those that continue it, read from front to back. */
export interface Content {
  readonly bytes: Buffer;
  readonly fail: Fail;
  /** Start and end of each piece. */
  readonly pieces: readonly (readonly [start: number, end: number])[];
  piece: number;
  at: number;
}

/** Content of the record at hand from an offset on; moves over the records that continue it. */
export function contentOf(records: Records, offset: number): Content {
  const { bytes, fail } = records;
  const pieces: [number, number][] = [[Math.min(records.start + offset, records.next), records.next]];
  while (records.next + 4 <= bytes.length && bytes.readUInt16LE(records.next) === RECORD.continued) {
    nextRecord(records);
    pieces.push([records.start, records.next]);
  }
  return { bytes, fail, pieces, piece: 0, at: pieces[0]?.[0] ?? 0 };
}

/** Bytes left in the piece at hand; moves to the next one when there are none. */
function left(content: Content): number {
  let [, end] = content.pieces[content.piece] as readonly [number, number];
  while (content.at === end) {
    const next = content.pieces[++content.piece];
    if (next === undefined) throw content.fail({ en: 'a text in it is cut off', zh: '其中有文本被截断' });
    [content.at, end] = next;
  }
  return end - content.at;
}

function readByte(content: Content): number {
  left(content);
  return content.bytes[content.at++] as number;
}

export function readWord(content: Content): number {
  const low = readByte(content);
  return low + readByte(content) * 0x100;
}

export function readLong(content: Content): number {
  const low = readWord(content);
  return low + readWord(content) * 0x1_0000;
}

function skip(content: Content, count: number): void {
  for (let rest = count; rest > 0; ) {
    const step = Math.min(rest, left(content));
    content.at += step;
    rest -= step;
  }
}

const WIDE = 1;
const HAS_EXTENSION = 4;
const IS_RICH = 8;

/** A text of version 8 behind its length: flags, characters, and formats that are passed over. */
export function readUnicodeText(content: Content, characters: number): string {
  const flags = readByte(content);
  const runs = (flags & IS_RICH) !== 0 ? readWord(content) : 0;
  const extension = (flags & HAS_EXTENSION) !== 0 ? readLong(content) : 0;
  const text = readCharacters(content, characters, (flags & WIDE) !== 0);
  skip(content, runs * 4 + extension);
  return text;
}

/** Where a record continues a text, it says anew whether characters have one byte or two. */
function readCharacters(content: Content, count: number, startsWide: boolean): string {
  const { bytes } = content;
  let wide = startsWide;
  let text = '';
  for (let rest = count; rest > 0; ) {
    const piece = content.piece;
    let available = left(content);
    if (content.piece !== piece) {
      wide = (readByte(content) & WIDE) !== 0;
      available = left(content);
    }
    const width = wide ? 2 : 1;
    const taken = Math.min(rest, Math.floor(available / width));
    if (taken === 0) throw content.fail({ en: 'a text in it is cut off', zh: '其中有文本被截断' });
    const end = content.at + taken * width;
    text += bytes.toString(wide ? 'utf16le' : 'latin1', content.at, end);
    content.at = end;
    rest -= taken;
  }
  return text;
}

/** A text of versions up to 5 behind its length, one byte a character or as the code page has it. */
export function readByteText(content: Content, length: number, decode: (bytes: Buffer) => string): string {
  const start = content.at;
  if (length === 0) return '';
  if (length <= left(content) && content.at === start) {
    content.at += length;
    return decode(content.bytes.subarray(start, content.at));
  }
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = readByte(content);
  return decode(bytes);
}

const CODE_PAGES: Readonly<Record<number, string>> = {
  367: 'windows-1252',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  10000: 'macintosh',
  32768: 'macintosh',
  65001: 'utf-8',
};

const WESTERN: Encoding = { name: 'windows-1252', markBytes: 0, guessed: false };

/** Decoder of the texts of versions up to 5 by the number of their code page; Western European where it is unknown. */
export function codePageDecoder(codePage: number): (bytes: Buffer) => string {
  const windows = codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252';
  const name = CODE_PAGES[codePage] ?? windows;
  if (name === 'windows-1252') return (bytes) => decodeSample(bytes, WESTERN);
  const decoder = new TextDecoder(name);
  return (bytes) => decoder.decode(bytes);
}
