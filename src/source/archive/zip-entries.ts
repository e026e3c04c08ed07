import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { crc32, inflateRawSync } from 'node:zlib';
import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import type { Fail } from '../workbook/archive.ts';
import { isAbsurdRatio, partName, readZipDirectory, type ZipEntry } from '../workbook/zip-directory.ts';

/** A file in a zip archive. */
export interface TableEntry {
  /** To show and to choose by; it is never the name of a file that is written. */
  readonly name: string;
  /**
   * Its content, unpacked anew.
   * @throws FunnelintError `file/damaged`, `file/too-large`; `file/not-a-table` for an archive in the archive
   */
  bytes(): Promise<Buffer>;
}

const MEGABYTE = 2 ** 20;
const MOST_UNPACKED_BYTES = 1024 * MEGABYTE;
const MOST_ENTRIES = 10_000;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

const CUT_OFF: Text = { en: 'the end of the file is missing', zh: '文件结尾缺失' };
const ABSURD_SIZE: Text = { en: 'it unpacks to an absurd size', zh: '解压后的体积异常' };
const TOO_MANY: Text = { en: `it has more than ${MOST_ENTRIES} files`, zh: `其中的文件超过 ${MOST_ENTRIES} 个` };
const BROKEN_CONTENT: Text = { en: 'its compressed content is broken', zh: '压缩内容已损坏' };
const OTHER_SIZE: Text = { en: 'its size is not the declared one', zh: '大小与声明的不符' };
const OTHER_CHECKSUM: Text = { en: 'its checksum is wrong', zh: '校验和不符' };
const TOO_LARGE: Text = {
  en: `it unpacks to more than ${MOST_UNPACKED_BYTES / MEGABYTE} MB`,
  zh: `解压后超过 ${MOST_UNPACKED_BYTES / MEGABYTE} MB`,
};
const PROTECTED: Text = { en: 'a password-protected archive', zh: '加密的压缩包' };
const INNER_ARCHIVE: Text = { en: 'an archive inside an archive', zh: '压缩包中的压缩包' };

/**
 * The files of a zip archive in order of their names, without folders and what macOS and Windows add for themselves.
 * @throws FunnelintError `file/damaged`; `file/not-a-table` when one of them is encrypted
 */
export function listTableEntries(file: string, bytes: Buffer): TableEntry[] {
  const directory = readZipDirectory(bytes);
  if (directory === null) throw damaged(file, CUT_OFF);
  if (directory.length > MOST_ENTRIES) throw damaged(file, TOO_MANY);
  const unpackedBytes = directory.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (isAbsurdRatio(unpackedBytes, bytes.length)) throw damaged(file, ABSURD_SIZE);
  const entries = directory
    .map((entry) => ({ entry, name: shownName(bytes, entry) }))
    .filter(({ name }) => !isAside(name))
    .sort((one, other) => compareNames(one.name, other.name));
  if (entries.some(({ entry }) => entry.encrypted)) {
    throw new FunnelintError('file/not-a-table', { file, found: { text: PROTECTED } });
  }
  return entries.map(({ entry, name }) => ({ name, bytes: async () => entryBytes(`${file}/${name}`, bytes, entry) }));
}

function compareNames(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const ASIDE = /(?:^|\/)(?:\.ds_store|thumbs\.db|desktop\.ini)$|(?:^|\/)__macosx\/|(?:^|\/)\._[^/]*$|\/$/;

function isAside(name: string): boolean {
  const lower = name.replaceAll('\\', '/').toLowerCase();
  return ASIDE.test(lower) || partName(name) === '';
}

/** Names without a mark are in the encoding of the machine that packed them, in China GBK. */
function shownName(bytes: Buffer, { name, headerAt }: ZipEntry): string {
  const start = headerAt + LOCAL_HEADER_BYTES;
  if (headerAt < 0 || start > bytes.length || bytes.readUInt32LE(headerAt) !== LOCAL_HEADER) return name;
  const written = bytes.subarray(start, start + bytes.readUInt16LE(headerAt + 26));
  if (isUtf8(written)) return name;
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(written);
  } catch {
    return written.toString('latin1');
  }
}

function entryBytes(name: string, bytes: Buffer, entry: ZipEntry): Buffer {
  const fail: Fail = (reason) => damaged(name, reason);
  if (isAbsurdRatio(entry.unpackedBytes, entry.packedBytes)) throw fail(ABSURD_SIZE);
  if (entry.unpackedBytes > MOST_UNPACKED_BYTES) {
    throw new FunnelintError('file/too-large', { file: name, reason: { text: TOO_LARGE } });
  }
  const content = unpack(packedContent(bytes, entry, fail), entry, fail);
  if (content.length !== entry.unpackedBytes) throw fail(OTHER_SIZE);
  if (crc32(content) !== entry.checksum) throw fail(OTHER_CHECKSUM);
  if (isArchive(content)) throw new FunnelintError('file/not-a-table', { file: name, found: { text: INNER_ARCHIVE } });
  return content;
}

function packedContent(bytes: Buffer, { headerAt, packedBytes }: ZipEntry, fail: Fail): Buffer {
  const inside = headerAt >= 0 && headerAt + LOCAL_HEADER_BYTES <= bytes.length;
  if (!inside || bytes.readUInt32LE(headerAt) !== LOCAL_HEADER) throw fail(BROKEN_CONTENT);
  const start = headerAt + LOCAL_HEADER_BYTES + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  if (start + packedBytes > bytes.length) throw fail(CUT_OFF);
  return bytes.subarray(start, start + packedBytes);
}

/** The declared size bounds what is unpacked. */
function unpack(packed: Buffer, { method, unpackedBytes }: ZipEntry, fail: Fail): Buffer {
  if (method === STORED) return packed;
  if (method !== DEFLATED) {
    throw fail({ en: `its compression method ${method} is not supported`, zh: `不支持压缩方式 ${method}` });
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw fail(OTHER_SIZE);
    throw code.startsWith('Z_') ? fail(BROKEN_CONTENT) : error;
  }
}

const ARCHIVES = [
  [0x1f, 0x8b],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
] as const;

/** Office files are zip archives too, and are tables or are told by what they are. */
function isArchive(content: Buffer): boolean {
  if (ARCHIVES.some((signature) => signature.every((byte, index) => content[index] === byte))) return true;
  if (content.length < 4 || content.readUInt32LE(0) !== LOCAL_HEADER) return false;
  const names = readZipDirectory(content)?.map(({ name }) => partName(name));
  return names !== undefined && !names.some((name) => name === '[content_types].xml' || name.startsWith('xl/'));
}
