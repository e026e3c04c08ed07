import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import { isAbsurdRatio, partName, readZipDirectory, type ZipEntry } from '../workbook/zip-directory.ts';
import {
  ABSURD_SIZE,
  CUT_OFF,
  type Fail,
  LOCAL_HEADER,
  LOCAL_HEADER_BYTES,
  MOST_UNPACKED_BYTES,
  OTHER_CHECKSUM,
  unpackedChunks,
} from './zip-content.ts';

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

const MOST_ENTRIES = 10_000;

const TOO_MANY: Text = { en: `it has more than ${MOST_ENTRIES} files`, zh: `其中的文件超过 ${MOST_ENTRIES} 个` };
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
  return entries.map(({ entry, name }) => ({ name, bytes: () => entryBytes(`${file}/${name}`, bytes, entry) }));
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

async function entryBytes(name: string, bytes: Buffer, entry: ZipEntry): Promise<Buffer> {
  const fail: Fail = (reason) => damaged(name, reason);
  const chunks: Buffer[] = [];
  const limit = { file: name, mostBytes: MOST_UNPACKED_BYTES };
  for await (const chunk of unpackedChunks(bytes, entry, fail, limit)) chunks.push(chunk);
  // Nothing comes of an entry without content, so its checksum is still to be seen.
  if (chunks.length === 0 && entry.checksum !== 0) throw fail(OTHER_CHECKSUM);
  const content = Buffer.concat(chunks);
  if (isArchive(content)) throw new FunnelintError('file/not-a-table', { file: name, found: { text: INNER_ARCHIVE } });
  return content;
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
