import { crc32, createInflateRaw } from 'node:zlib';
import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { isAbsurdRatio, type ZipEntry } from '../workbook/zip-directory.ts';

/** Makes the failure of a file, or of one part of it, from a reason. */
export type Fail = (reason: Text) => FunnelintError;

/** Signature before the content of an entry. */
export const LOCAL_HEADER = 0x04034b50;
export const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** Another thread unpacks, and to hand over to it takes as long as to unpack some thousand bytes. */
const CHUNK_BYTES = 1024 * 1024;
const FEWEST_CHUNK_BYTES = 1024;
const MEGABYTE = 2 ** 20;
/** No entry may unpack to more. */
export const MOST_UNPACKED_BYTES = 1024 * MEGABYTE;

export const ABSURD_SIZE: Text = { en: 'it unpacks to an absurd size', zh: '解压后的体积异常' };
export const BROKEN_CONTENT: Text = { en: 'its compressed content is broken', zh: '压缩内容已损坏' };
const OTHER_SIZE: Text = { en: 'its size is not the declared one', zh: '大小与声明的不符' };
export const OTHER_CHECKSUM: Text = { en: 'its checksum is wrong', zh: '校验和不符' };

export const CUT_OFF: Text = { en: 'the end of the file is missing', zh: '文件结尾缺失' };

/** As much as an entry may unpack to, and the path that messages name. */
interface Limit {
  readonly file: string;
  readonly mostBytes: number;
}

/**
 * The content of an entry in chunks; the last one only comes when size and checksum are as declared.
 * @param bytes the whole archive
 * @throws FunnelintError `file/too-large`, and what `fail` makes of damage
 */
export async function* unpackedChunks(
  bytes: Buffer,
  entry: ZipEntry,
  fail: Fail,
  limit: Limit,
): AsyncGenerator<Buffer> {
  if (isAbsurdRatio(entry.unpackedBytes, entry.packedBytes)) throw fail(ABSURD_SIZE);
  if (entry.unpackedBytes > limit.mostBytes) throw tooLarge(limit, entry);
  let size = 0;
  let checksum = 0;
  for await (const chunk of unpack(packedContent(bytes, entry, fail), entry, fail)) {
    size += chunk.length;
    if (size > entry.unpackedBytes) throw fail(OTHER_SIZE);
    checksum = crc32(chunk, checksum);
    if (size === entry.unpackedBytes && checksum !== entry.checksum) throw fail(OTHER_CHECKSUM);
    yield chunk;
  }
  if (size !== entry.unpackedBytes) throw fail(OTHER_SIZE);
}

function tooLarge({ file, mostBytes }: Limit, { name }: ZipEntry): FunnelintError {
  const megabytes = mostBytes / MEGABYTE;
  const reason: Text = {
    en: `${name} unpacks to more than ${megabytes} MB`,
    zh: `${name} 解压后超过 ${megabytes} MB`,
  };
  return new FunnelintError('file/too-large', { file, reason: { text: reason } });
}

function packedContent(bytes: Buffer, { headerAt, packedBytes }: ZipEntry, fail: Fail): Buffer {
  const inside = headerAt >= 0 && headerAt + LOCAL_HEADER_BYTES <= bytes.length;
  if (!inside || bytes.readUInt32LE(headerAt) !== LOCAL_HEADER) throw fail(BROKEN_CONTENT);
  const start = headerAt + LOCAL_HEADER_BYTES + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  if (start + packedBytes > bytes.length) throw fail(CUT_OFF);
  return bytes.subarray(start, start + packedBytes);
}

/** Chunks are unpacked one after another, so that a bomb stops where its bound is. */
async function* unpack(packed: Buffer, { method, unpackedBytes }: ZipEntry, fail: Fail): AsyncGenerator<Buffer> {
  if (method === STORED) {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES) yield packed.subarray(at, at + CHUNK_BYTES);
    return;
  }
  if (method !== DEFLATED) {
    throw fail({ en: `its compression method ${method} is not supported`, zh: `不支持压缩方式 ${method}` });
  }
  // One byte of room shows a size that is not the declared one.
  const chunkSize = Math.max(FEWEST_CHUNK_BYTES, Math.min(CHUNK_BYTES, unpackedBytes + 1));
  const inflate = createInflateRaw({ chunkSize });
  inflate.end(packed);
  try {
    for await (const chunk of inflate) yield chunk;
  } catch (error) {
    throw isZlibError(error) ? fail(BROKEN_CONTENT) : error;
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
