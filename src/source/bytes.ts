import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { FunnelintError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { Digest } from './sheet.ts';

/** Bytes of the head of a file. */
export const HEAD_BYTES = 256 * 1024;

/** What one pass over a file tells, before anything is decoded. */
export interface ByteFacts {
  readonly size: number;
  readonly digest: Digest;
  /** The first 256 KiB. */
  readonly head: Buffer;
  /** 0-based offset of the first byte that cannot stand in UTF-8, null when the whole file is UTF-8. */
  readonly invalidUtf8At: number | null;
  /** 0-based offset of the first NUL byte, null when there is none. */
  readonly nulAt: number | null;
  /** 0-based offset of the first U+FFFD in UTF-8, which stands for a character lost before; null when there is none. */
  readonly lostAt: number | null;
}

/** What only the last byte decides. */
export type WholeFacts = Omit<ByteFacts, 'head'>;

/** U+FFFD, the replacement character, in UTF-8. */
const REPLACEMENT = Buffer.from('\ufffd');

/**
 * Reads bytes once: size, digest, head and whether all of it is UTF-8.
 * @param end offset behind which nothing counts
 * @throws FunnelintError `file/not-found`, `file/not-readable`, `file/empty` (no bytes, or only white space)
 */
export async function readByteFacts(source: ByteSource, end = Number.POSITIVE_INFINITY): Promise<ByteFacts> {
  const head: Buffer[] = [];
  const { add, digest } = startDigest(head);
  const utf8 = utf8Checker();
  const nul = byteSearch(Buffer.from([0]));
  const lost = byteSearch(REPLACEMENT);
  let headSize = 0;
  let size = 0;
  let blank = true;
  for await (const chunk of source.chunks(0, end, true)) {
    add(chunk);
    utf8.check(chunk);
    if (headSize < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - headSize);
      head.push(Buffer.from(part));
      headSize += part.length;
    }
    nul.check(chunk);
    lost.check(chunk);
    blank &&= isBlank(chunk, size === 0);
    size += chunk.length;
  }
  if (blank) throw new FunnelintError('file/empty', { file: source.name });
  return {
    size,
    digest,
    head: Buffer.concat(head),
    invalidUtf8At: utf8.invalidAt(),
    nulAt: nul.foundAt(),
    lostAt: lost.foundAt(),
  };
}

/**
 * The digest of bytes that come in chunks; while all of them are head, nothing is computed before it is asked for.
 * @param head what came before the chunk that is added, or more than fits in the head
 */
function startDigest(head: readonly Buffer[]): { readonly digest: Digest; readonly add: (chunk: Buffer) => void } {
  let hash: Hash | null = null;
  let size = 0;
  let sha256: string | null = null;
  const ofHead = (): Hash => head.reduce((all, part) => all.update(part), createHash('sha256'));
  const digest: Digest = {
    get sha256() {
      sha256 ??= (hash ?? ofHead()).digest('hex');
      return sha256;
    },
  };
  const add = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > HEAD_BYTES) hash = (hash ?? ofHead()).update(chunk);
  };
  return { digest, add };
}

interface ByteSearch {
  check(chunk: Buffer): void;
  foundAt(): number | null;
}

/** Looks for the first of some bytes over chunks that may cut them. */
function byteSearch(wanted: Buffer): ByteSearch {
  let tail: Buffer = Buffer.alloc(0);
  let offset = 0;
  let found: number | null = null;
  return {
    check(chunk) {
      if (found !== null) return;
      const seam = Buffer.concat([tail, chunk.subarray(0, wanted.length - 1)]);
      const atSeam = seam.indexOf(wanted);
      const inChunk = chunk.indexOf(wanted);
      if (atSeam !== -1) found = offset - tail.length + atSeam;
      else if (inChunk !== -1) found = offset + inChunk;
      tail = Buffer.from(chunk.subarray(Math.max(0, chunk.length - wanted.length + 1)));
      offset += chunk.length;
    },
    foundAt: () => found,
  };
}

/** True for nothing but white space, behind the mark that the first bytes of a file may have. */
export function isBlank(chunk: Buffer, first: boolean): boolean {
  const start = first ? byteOrderMarkLength(chunk) : 0;
  for (let index = start; index < chunk.length; index++) {
    const byte = chunk[index] ?? 0;
    if (byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) return false;
  }
  return true;
}

function byteOrderMarkLength(bytes: Buffer): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
  const first = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return first === 0xfffe || first === 0xfeff ? 2 : 0;
}

interface Utf8Checker {
  check(chunk: Buffer): void;
  invalidAt(): number | null;
}

/** Checks UTF-8 over chunks that may cut a character. */
function utf8Checker(): Utf8Checker {
  let carry: Buffer = Buffer.alloc(0);
  let offset = 0;
  let invalid: number | null = null;
  return {
    check(chunk) {
      if (invalid !== null) return;
      const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      const whole = bytes.length - incompleteTail(bytes);
      if (isUtf8(bytes.subarray(0, whole))) {
        carry = Buffer.from(bytes.subarray(whole));
        offset += whole;
      } else invalid = offset + validPrefix(bytes);
    },
    invalidAt: () => invalid ?? (carry.length > 0 ? offset : null),
  };
}

/** Number of bytes at the end that begin a character and do not finish it. */
export function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const continues = byte >= 0x80 && byte < 0xc0;
    if (!continues) return characterBytes(byte) > back ? back : 0;
  }
  return 0;
}

function characterBytes(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** Number of bytes at the start that are UTF-8; one that ends in the middle of a character is not counted. */
export function validPrefix(bytes: Buffer): number {
  let valid = 0;
  let bad = bytes.length;
  while (bad - valid > 1) {
    const middle = (valid + bad) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - incompleteTail(prefix)))) valid = middle;
    else bad = middle;
  }
  const prefix = bytes.subarray(0, valid);
  return valid - incompleteTail(prefix);
}
