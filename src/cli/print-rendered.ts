import { fstatSync } from 'node:fs';
import type { Format } from '../reporters/index.ts';
import type { Rendered } from '../reporters/reporter.ts';
import type { Host } from './host.ts';
import { inertPieces, isReadByRunner } from './inert-output.ts';
import { largePieces, notWritable } from './write-files.ts';

/** Writes to a stream and waits until it has taken everything; a reader that went away is no error. */
export async function writeStream(stream: NodeJS.WriteStream, rendered: Rendered): Promise<void> {
  const closed = new AbortController();
  let failure: unknown = null;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') failure = notWritable('stdout', error);
    closed.abort();
  };
  stream.once('error', onError);
  for await (const piece of largePieces(rendered)) {
    if (closed.signal.aborted) break;
    await new Promise<void>((resolve) => stream.write(piece, () => resolve()));
  }
  stream.off('error', onError);
  if (failure !== null) throw failure;
}

const JSON_FORMATS: ReadonlySet<Format> = new Set(['json', 'sarif', 'gitlab']);

/** A shell that redirects to a file leaves the runner of GitHub Actions nothing to read. */
function isFile(stream: NodeJS.WriteStream): boolean {
  return 'fd' in stream && typeof stream.fd === 'number' && fstatSync(stream.fd).isFile();
}

/** Writes a document to stdout; only annotations may be commands to a runner that reads along. */
export async function printRendered(rendered: Rendered, host: Host, format: Format = 'terminal'): Promise<void> {
  const isBytes = typeof rendered !== 'string' && Symbol.asyncIterator in rendered;
  const isAsItIs = isBytes || format === 'github' || !isReadByRunner(host) || isFile(host.stdout);
  if (isAsItIs) return writeStream(host.stdout, rendered);
  const pieces = typeof rendered === 'string' ? [rendered] : rendered;
  await writeStream(host.stdout, inertPieces(pieces, JSON_FORMATS.has(format)));
}
