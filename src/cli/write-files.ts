import { randomBytes } from 'node:crypto';
import { constants, existsSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FunnelintError } from '../errors.ts';
import type { Rendered } from '../reporters/reporter.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import type { Host } from './host.ts';
import { isOpenStream, withoutLinks } from './output-path.ts';

const PIECE_CHARACTERS = 1 << 20;

/** A file to appear. */
export interface FileToWrite {
  readonly path: string;
  readonly content: Rendered;
}

/** Joins small pieces of text, so that each write is worth its call. */
export async function* largePieces(rendered: Rendered): AsyncGenerator<string | Uint8Array> {
  if (typeof rendered !== 'string' && Symbol.asyncIterator in rendered) {
    yield* rendered;
    return;
  }
  let pending = '';
  for (const piece of typeof rendered === 'string' ? [rendered] : rendered) {
    pending += piece;
    if (pending.length < PIECE_CHARACTERS) continue;
    yield pending;
    pending = '';
  }
  yield pending;
}

/** What to tell of a file that cannot be written; a fault of ours stays one. */
export function notWritable(file: string, error: unknown): unknown {
  const code = systemCode(error);
  // Codes that begin so are Node's own, of calls that were wrong.
  if (code === null || code.startsWith('ERR_')) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new FunnelintError('output/disk-full', { file });
  return new FunnelintError('output/not-writable', { file, reason: { text: systemReason(code) } });
}

/** A device or pipe takes what it is given: there is nothing to rename, and nothing to take back. */
function isDevice(path: string): boolean {
  if (isOpenStream(path)) return true;
  return existsSync(path) && !statSync(path).isFile() && !statSync(path).isDirectory();
}

/** To open a pipe that nobody reads would wait for ever; to ask whether one may does not. */
async function openDevice(path: string): Promise<FileHandle> {
  const asked = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    return await open(path, constants.O_WRONLY);
  } finally {
    await asked.close();
  }
}

async function writePieces(file: FileHandle, content: Rendered): Promise<void> {
  try {
    for await (const piece of largePieces(content)) {
      if (piece.length > 0) await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
}

interface Step {
  readonly path: string;
  readonly run: () => Promise<void>;
}

/** What it takes to write a file: all of `write` comes before any of `finish`. */
function stepsOf({ path, content }: FileToWrite, unfinished: Set<string>): { write: Step[]; finish: Step[] } {
  if (isDevice(path)) {
    return { write: [], finish: [{ path, run: async () => writePieces(await openDevice(path), content) }] };
  }
  const target = withoutLinks(path);
  // As short as may be: the name of the target may be as long as names can be.
  const beside = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
  const write = async (): Promise<void> => {
    // A report that only its owner may read stays so.
    const mode = existsSync(target) ? statSync(target).mode : undefined;
    const file = await open(beside, 'wx', mode);
    unfinished.add(beside);
    await writePieces(file, content);
  };
  const finish = async (): Promise<void> => {
    await rename(beside, target);
    unfinished.delete(beside);
  };
  return { write: [{ path, run: write }], finish: [{ path, run: finish }] };
}

/**
 * Writes files so that each appears whole, and none before all are written. A run that fails or is interrupted leaves
 * nothing half-written behind.
 * @throws FunnelintError `output/not-writable`
 */
export async function writeFiles(files: readonly FileToWrite[], host: Host): Promise<void> {
  const unfinished = new Set<string>();
  const clean = (): void => {
    for (const beside of unfinished) rmSync(beside, { force: true });
  };
  const stop = host.onInterrupt(clean);
  const steps = files.map((file) => stepsOf(file, unfinished));
  const isForDevice = ({ write }: { readonly write: readonly Step[] }): boolean => write.length === 0;
  // What a device has taken cannot be taken back, and it may refuse: so it comes before the first file appears.
  const finishes = [...steps.filter(isForDevice), ...steps.filter((each) => !isForDevice(each))];
  const all = [...steps.flatMap(({ write }) => write), ...finishes.flatMap(({ finish }) => finish)];
  let current = '';
  try {
    for (const { path, run } of all) {
      current = path;
      await run();
    }
  } catch (error) {
    throw notWritable(current, error);
  } finally {
    clean();
    stop();
  }
}
