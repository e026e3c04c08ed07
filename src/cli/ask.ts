import { createInterface } from 'node:readline/promises';
import type { Host } from './host.ts';

/** Asks a person who sits at a terminal. */
export interface Asker {
  /** The trimmed answer, `proposal` where it is empty; null once the person has broken off (Ctrl-C, Ctrl-D). */
  readonly ask: (lines: readonly string[], proposal: string) => Promise<string | null>;
  readonly close: () => void;
}

/** An asker, null where nobody could answer: questions need a terminal on both sides. */
export function createAsker({ stdin, stderr }: Host): Asker | null {
  if (stdin?.isTTY !== true || stderr.isTTY !== true) return null;
  const terminal = createInterface({ input: stdin, output: stderr });
  // Lines that were typed ahead of the question are kept for it.
  const typed = terminal[Symbol.asyncIterator]();
  return {
    ask: async (lines, proposal) => {
      terminal.setPrompt(`${lines.join('\n')}\n[${proposal}] > `);
      terminal.prompt();
      const { done, value } = await typed.next();
      if (done === true) return null;
      const answer = value.trim();
      return answer === '' ? proposal : answer;
    },
    close: () => terminal.close(),
  };
}
