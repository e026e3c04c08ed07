import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { isPipe, isRegularFile } from './file-kind.ts';
import { systemCode, systemReason } from './system-reason.ts';

/** Bytes read at a time from every file. */
export const CHUNK_BYTES = 1 << 20;

/** Bytes that can be read more than once: a file, what came through a pipe, an entry of an archive. */
export interface ByteSource {
  /** Path as the user gave it, for messages. */
  readonly name: string;
  /** Path that another thread can read the same bytes from; absent where there is none. */
  readonly path?: string;
  /**
   * The bytes from `start` to before `end`, in chunks.
   * @param isPassing each chunk may be void when the next one is asked for
   * @throws FunnelintError `file/not-found`, `file/not-readable`
   */
  chunks(start?: number, end?: number, isPassing?: boolean): AsyncGenerator<Buffer>;
}

/** As much as one buffer holds with room to spare. */
const MOST_PIPE_BYTES = 2 ** 30;

/** A file on disk. A pipe, such as `<(…)` in a shell, is read once and kept. */
export function fileBytes(path: string): ByteSource {
  let piped: Promise<Buffer> | null = null;
  async function* chunks(start = 0, end = Number.POSITIVE_INFINITY, isPassing = false): AsyncGenerator<Buffer> {
    if (piped === null && !attempt(path, () => isPipe(path))) {
      yield* readChunks(path, start, end, isPassing);
      return;
    }
    piped ??= readPipe(path);
    yield* cutChunks((await piped).subarray(start, end));
  }
  return isRegularFile(path) ? { name: path, path, chunks } : { name: path, chunks };
}

/**
 * Everything that comes through a pipe, as much as `most` bytes.
 * @throws FunnelintError `file/too-large`, `file/not-readable`
 */
export async function readPipe(file: string, most = MOST_PIPE_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > most) throw new FunnelintError('file/too-large', { file, reason: { text: TOO_MUCH } });
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  return Buffer.concat(chunks);
}

/** Bytes that are in memory already. */
export function memoryBytes(name: string, bytes: Buffer): ByteSource {
  return { name, chunks: (start = 0, end = bytes.length) => cutChunks(bytes.subarray(start, end)) };
}

/** All bytes of a source in one piece. */
export async function allBytes(source: ByteSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

async function* cutChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

async function* readChunks(file: string, start: number, end: number, isPassing: boolean): AsyncGenerator<Buffer> {
  if (end <= start) return;
  // Nothing else waits while a file is read, and for a small one the way through the thread pool takes longer than it.
  const descriptor = attempt(file, () => openSync(file, 'r'));
  try {
    let chunk = Buffer.alloc(0);
    for (let position = start; position < end; ) {
      const wanted = Math.min(CHUNK_BYTES, end - position);
      if (!isPassing || chunk.length < wanted) chunk = Buffer.allocUnsafeSlow(wanted);
      const length = attempt(file, () => readSync(descriptor, chunk, 0, wanted, position));
      if (length === 0) return;
      position += length;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

const TOO_MUCH: Text = { en: 'more than 1 GB through a pipe', zh: '管道输入超过 1 GB' };

function attempt<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): unknown {
  const code = error instanceof FunnelintError ? null : systemCode(error);
  if (code === null) return error;
  if (code === 'ENOENT') return new FunnelintError('file/not-found', { file, folder: resolve('.') });
  return new FunnelintError('file/not-readable', { file, reason: { text: systemReason(code) } });
}
