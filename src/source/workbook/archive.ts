import { crc32, createInflateRaw } from 'node:zlib';
import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import { isAbsurdRatio, partName, readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** Makes the failure of the file, or of one part of it, from a reason. */
export type Fail = (reason: Text) => FunnelintError;

/** One part of a workbook, unpacked anew each time it is read. */
export interface Part {
  /** As in the archive. */
  readonly name: string;
  readonly fail: Fail;
  /** Its bytes in chunks; the last one only comes when size and checksum are as declared. */
  chunks(): AsyncGenerator<Buffer>;
}

/** The parts of a workbook by the names that relationships use for them. */
export interface Archive {
  readonly fail: Fail;
  /** Null when there is none. One that unpacks to more than `mostBytes` (1 GB unless said) cannot be read. */
  part(name: string, mostBytes?: number): Part | null;
}

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const CHUNK_BYTES = 256 * 1024;
const MEGABYTE = 2 ** 20;
const MOST_UNPACKED_BYTES = 1024 * MEGABYTE;

const ABSURD_SIZE: Text = { en: 'it unpacks to an absurd size', zh: '解压后的体积异常' };
const BROKEN_CONTENT: Text = { en: 'its compressed content is broken', zh: '压缩内容已损坏' };
const OTHER_SIZE: Text = { en: 'its size is not the declared one', zh: '大小与声明的不符' };
const OTHER_CHECKSUM: Text = { en: 'its checksum is wrong', zh: '校验和不符' };
const TWICE: Text = { en: 'it is in the archive twice', zh: '在压缩包中出现了两次' };
const CUT_OFF: Text = { en: 'the end of the file is missing', zh: '文件结尾缺失' };

/**
 * Opens the archive of a workbook.
 *
 * Reading a part fails with `file/damaged`, or `file/too-large` for one beyond its bound.
 * @throws FunnelintError `file/damaged`
 */
export function openArchive(file: string, bytes: Buffer): Archive {
  const fail: Fail = (reason) => damaged(file, reason);
  const entries = readZipDirectory(bytes);
  if (entries === null) throw fail(CUT_OFF);
  const byName = new Map<string, ZipEntry[]>();
  for (const entry of entries) {
    const name = partName(entry.name);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [entry]);
    else same.push(entry);
  }
  return {
    fail,
    part(name, mostBytes = MOST_UNPACKED_BYTES) {
      const [entry, other] = byName.get(partName(name)) ?? byName.get(partName(unescaped(name))) ?? [];
      if (entry === undefined) return null;
      const failPart: Fail = ({ en, zh }) => fail({ en: `${entry.name}: ${en}`, zh: `${entry.name}：${zh}` });
      if (other !== undefined) throw failPart(TWICE);
      const limit = { file, mostBytes };
      return { name: entry.name, fail: failPart, chunks: () => checkedChunks(bytes, entry, failPart, limit) };
    },
  };
}

/** Relationships are addresses, where a blank may be `%20`. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

interface Limit {
  readonly file: string;
  readonly mostBytes: number;
}

async function* checkedChunks(bytes: Buffer, entry: ZipEntry, fail: Fail, limit: Limit): AsyncGenerator<Buffer> {
  if (isAbsurdRatio(entry.unpackedBytes, entry.packedBytes)) throw fail(ABSURD_SIZE);
  if (entry.unpackedBytes > limit.mostBytes) throw tooLarge(limit, entry);
  let size = 0;
  let checksum = 0;
  for await (const chunk of unpack(packedContent(bytes, entry, fail), entry.method, fail)) {
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
async function* unpack(packed: Buffer, method: number, fail: Fail): AsyncGenerator<Buffer> {
  if (method === STORED) {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES) yield packed.subarray(at, at + CHUNK_BYTES);
    return;
  }
  if (method !== DEFLATED) {
    throw fail({ en: `its compression method ${method} is not supported`, zh: `不支持压缩方式 ${method}` });
  }
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
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
