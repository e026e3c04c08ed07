import { createGunzip } from 'node:zlib';
import { FunnelintError } from '../../errors.ts';
import type { Text } from '../../i18n/text.ts';
import { damaged } from '../container.ts';
import { isAbsurdRatio } from '../workbook/zip-directory.ts';
import { ABSURD_SIZE, BROKEN_CONTENT, CUT_OFF, MOST_UNPACKED_BYTES } from './zip-content.ts';

const MEGABYTE = 2 ** 20;
const CHUNK_BYTES = 256 * 1024;

const SURPLUS: Text = { en: 'something else follows its compressed content', zh: '压缩内容之后还有其他内容' };
const TOO_LARGE: Text = {
  en: `it unpacks to more than ${MOST_UNPACKED_BYTES / MEGABYTE} MB`,
  zh: `解压后超过 ${MOST_UNPACKED_BYTES / MEGABYTE} MB`,
};

/**
 * Unpacks a gzip file: all its members, with sizes and checksums as declared. Nothing is kept before its size is known
 * and sound.
 * @throws FunnelintError `file/damaged`, `file/too-large`
 */
export async function gunzip(file: string, bytes: Buffer): Promise<Buffer> {
  let size = 0;
  await unpack(file, bytes, (chunk) => {
    size += chunk.length;
    if (isAbsurdRatio(size, bytes.length)) throw damaged(file, ABSURD_SIZE);
    if (size > MOST_UNPACKED_BYTES) throw new FunnelintError('file/too-large', { file, reason: { text: TOO_LARGE } });
  });
  const unpacked = Buffer.allocUnsafe(size);
  let at = 0;
  await unpack(file, bytes, (chunk) => {
    at += chunk.copy(unpacked, at);
  });
  return unpacked;
}

async function unpack(file: string, bytes: Buffer, take: (chunk: Buffer) => void): Promise<void> {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES });
  stream.end(bytes);
  try {
    for await (const chunk of stream) take(chunk);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'Z_BUF_ERROR') throw damaged(file, CUT_OFF);
    throw String(code).startsWith('Z_') ? damaged(file, BROKEN_CONTENT) : error;
  }
  // Tapes and disks pad with zeros, which are nothing.
  if (bytes.subarray(stream.bytesWritten).some((byte) => byte !== 0)) throw damaged(file, SURPLUS);
}
