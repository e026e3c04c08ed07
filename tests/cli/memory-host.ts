import { Writable } from 'node:stream';
import type { Host } from '../../src/cli/host.ts';

/** A host that prints into memory, `columns` wide, with a folder and an environment of its own. */
export interface MemoryHost extends Host {
  readonly printed: () => string;
}

export function createMemoryHost(folder: string, columns = 100, env: Host['env'] = {}): MemoryHost {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  // The commands use a terminal stream as a stream; its terminal half is not there, as in a pipe.
  const stdout = stream as unknown as Host['stdout'];
  return {
    stdout,
    stderr: stdout,
    env: { COLUMNS: String(columns), ...env },
    folder,
    today: () => '2026-06-01',
    version: '0',
    onInterrupt: () => () => {},
    readStdin: async () => Buffer.alloc(0),
    printed: () => chunks.join(''),
  };
}
