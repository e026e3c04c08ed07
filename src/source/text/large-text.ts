import { isUtf8 } from 'node:buffer';
import { statSync } from 'node:fs';
import type { ByteSource } from '../byte-source.ts';
import { type ByteFacts, HEAD_BYTES, incompleteTail, isBlank, readByteFacts, type WholeFacts } from '../bytes.ts';
import { detectContainer, detectMarkup } from '../container.ts';
import type { OpenedText } from '../open-file.ts';
import { openText } from '../open-text.ts';
import type { SecondThread } from '../second-thread.ts';
import type { ReadOptions, Sheet } from '../sheet.ts';
import { readBestTable } from '../table/best-table.ts';
import { readTable, THREADS, type Threads } from './read-text.ts';
import type { PartTasks } from './scan-part.ts';

/**
 * Reads the table of a large text that starts as UTF-8 as if all of it were, and has another thread find out while this
 * one puts the table together. Null where that is not so, or anything fails: then the file is to be read step by step,
 * which tells why.
 */
export async function readLargeText(
  source: ByteSource,
  options: ReadOptions,
  threads: Threads = THREADS,
): Promise<Sheet | null> {
  const { path } = source;
  // Records that were told of cannot be taken back.
  if (path === undefined || options.onRecord !== undefined || options.sheet !== undefined) return null;
  try {
    const { size } = statSync(path);
    const presumed = size > threads.fewest ? await presumedFacts(source, size) : null;
    if (presumed === null) return null;
    const thread = threads.startThread();
    if (thread === null) return null;
    try {
      const opened = await openText({ file: source.name, entry: null, source, facts: presumed }, options.encoding);
      const isAsPresumed = opened.kind === 'text' && opened.encoding.name === 'utf-8' && !opened.encoding.guessed;
      return isAsPresumed ? await readPresumed(opened, options, threads, { path, thread }) : null;
    } finally {
      thread.end();
    }
  } catch {
    return null;
  }
}

/** What is likely of a file whose head is UTF-8 and no markup; null for another. */
async function presumedFacts(source: ByteSource, size: number): Promise<ByteFacts | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks(0, Math.min(size, HEAD_BYTES))) chunks.push(chunk);
  const head = Buffer.concat(chunks);
  if (!isUtf8(head.subarray(0, head.length - incompleteTail(head)))) return null;
  // Of a file that is blank, millions of lines would be kept until its header comes.
  if (isBlank(head, true)) return null;
  if (detectContainer(source.name, head) !== 'text' || detectMarkup(head.toString('latin1')) !== null) return null;
  return { size, digest: { sha256: '' }, head, invalidUtf8At: null, nulAt: null, lostAt: null };
}

interface Helper {
  readonly path: string;
  readonly thread: SecondThread<PartTasks>;
}

/** Null where the whole file turns out to be no UTF-8, or another than at first. */
async function readPresumed(
  opened: OpenedText,
  options: ReadOptions,
  threads: Threads,
  { path, thread }: Helper,
): Promise<Sheet | null> {
  const { size } = opened.facts;
  let asked: Promise<WholeFacts | null> | null = null;
  const askFacts = (): Promise<WholeFacts | null> => (asked ??= thread.ask('facts', { file: path, to: size }));
  const shared: SecondThread<PartTasks> = {
    ask(task, request) {
      const answer = thread.ask(task, request);
      // Done while this thread joins what comes of it.
      askFacts();
      return answer;
    },
    // What the thread needed for itself is freed with it.
    end: () => void asked?.then(() => thread.end()),
  };
  let whole: WholeFacts | null = null;
  const wholeFacts = async (): Promise<WholeFacts> => {
    whole ??= (await askFacts()) ?? (await readByteFacts(opened.source, size));
    return whole;
  };
  const sheet = await readBestTable(options, (again) =>
    readTable(opened, again, { ...threads, startThread: () => shared }, wholeFacts),
  );
  const { size: read, invalidUtf8At } = await wholeFacts();
  return read === size && invalidUtf8At === null ? sheet : null;
}
