import { FunnelintError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { incompleteTail } from '../bytes.ts';

/** How the bytes of a file are to be read. */
export interface Encoding {
  /** A label of the WHATWG Encoding Standard. */
  readonly name: string;
  /** Bytes to skip at the start of the file (byte order mark). */
  readonly markBytes: number;
  /** True when neither the user nor the file says so. */
  readonly guessed: boolean;
}

/** Turns bytes to text piece by piece and throws on a byte that has no meaning. */
interface StrictDecoder {
  decode(bytes: Buffer): string;
  /** Throws when the bytes ended inside a character. */
  end(): string;
}

/** Characters of the bytes 0x80 to 0x9F in windows-1252; the runtime's own decoder reads them as ISO-8859-1. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const C1_CONTROL = /[\x80-\x9f]/g;

function strictDecoder(name: string): StrictDecoder {
  if (name === 'windows-1252') {
    const decode = (bytes: Buffer): string =>
      bytes.toString('latin1').replace(C1_CONTROL, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
    return { decode, end: () => '' };
  }
  const decoder = new TextDecoder(name, { fatal: true });
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/**
 * The content of a file as UTF-8 without byte order mark; a file in UTF-8 (checked before) passes untouched.
 * @param onBytes called with the number of bytes read so far
 * @param end offset in the file behind which nothing counts, as what was added since it was looked at
 * @throws FunnelintError `file/undecodable` with byte offset and line
 */
export async function* decodeFile(
  source: ByteSource,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer> {
  const decoder = encoding.name === 'utf-8' ? null : strictDecoder(encoding.name);
  let at = encoding.markBytes;
  for await (const chunk of source.chunks(encoding.markBytes, end)) {
    const text = decoder === null ? null : attempt(() => decoder.decode(chunk));
    if (text === undefined) throw await undecodable(source, encoding);
    at += chunk.length;
    yield text === null ? chunk : Buffer.from(text);
    onBytes(at);
  }
  if (decoder === null) return;
  const rest = attempt(() => decoder.end());
  if (rest === undefined) throw await undecodable(source, encoding);
  if (rest !== '') yield Buffer.from(rest);
}

function attempt(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

async function undecodable(source: ByteSource, encoding: Encoding): Promise<FunnelintError> {
  const byte = (await firstUndecodable(source, encoding.name, encoding.markBytes)) ?? 0;
  const line = await lineOfByte(source, encoding.name, byte, encoding.markBytes);
  return new FunnelintError('file/undecodable', { file: source.name, byte, line, encoding: encoding.name });
}

/** 0-based offset of the byte at which a file stops being in an encoding, null when all of it is. */
export async function firstUndecodable(source: ByteSource, name: string, start = 0): Promise<number | null> {
  const decoder = strictDecoder(name);
  let at = start;
  for await (const chunk of source.chunks(start)) {
    if (attempt(() => decoder.decode(chunk)) === undefined) return narrow(source, name, start, at, at + chunk.length);
    at += chunk.length;
  }
  return attempt(() => decoder.end()) === undefined ? at - 1 : null;
}

/** A decoder that threw is of no use, so a second one goes through the bad chunk byte by byte. */
async function narrow(
  source: ByteSource,
  name: string,
  start: number,
  badFrom: number,
  badTo: number,
): Promise<number> {
  const decoder = strictDecoder(name);
  for await (const chunk of source.chunks(start, badFrom)) decoder.decode(chunk);
  let at = badFrom;
  for await (const chunk of source.chunks(badFrom, badTo)) {
    for (let index = 0; index < chunk.length; index++, at++) {
      if (attempt(() => decoder.decode(chunk.subarray(index, index + 1))) === undefined) return at;
    }
  }
  return badTo;
}

/** 1-based physical line of a byte; the bytes before it must be in the encoding. */
export async function lineOfByte(source: ByteSource, name: string, byte: number, start = 0): Promise<number> {
  const decoder = name === 'utf-8' ? new TextDecoder() : new TextDecoder(name);
  let line = 1;
  let afterReturn = false;
  for await (const chunk of source.chunks(start, byte)) {
    for (const character of decoder.decode(chunk, { stream: true })) {
      if (character === '\r' || (character === '\n' && !afterReturn)) line++;
      afterReturn = character === '\r';
    }
  }
  return line;
}

/** Text of the first bytes of a file, to guess from; a character cut at the end is left out. */
export function decodeSample(head: Buffer, encoding: Encoding): string {
  const bytes = head.subarray(encoding.markBytes);
  if (encoding.name === 'utf-8') return bytes.toString('utf8', 0, bytes.length - incompleteTail(bytes));
  if (encoding.name === 'windows-1252') return strictDecoder(encoding.name).decode(bytes);
  return new TextDecoder(encoding.name).decode(bytes, { stream: true });
}
