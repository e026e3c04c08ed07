import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runFromKeptCode } from './kept-code.ts';

/** What Node 22.8 and newer have. */
interface WithCompileCache {
  readonly enableCompileCache?: () => unknown;
}

/**
 * A function is to be optimized when it has run this much longer than V8 waits by itself (67,584): in a run over a
 * small export most would be ready when nobody needs them any more, and the process waits for them in the end.
 */
const OPTIMIZE_LATER = '--interrupt-budget=300000';

/** The only V8 in which the flag is known to mean that. */
const WITH_BUDGET = '11.';

/** Sets when code is optimized: compiled code that is kept fits only runs with the same flags. */
export function optimizeLater(): void {
  if (process.versions.v8.startsWith(WITH_BUDGET)) setFlagsFromString(OPTIMIZE_LATER);
}

/** True where Node keeps compiled code between runs by itself, and now does. */
export function isCodeKeptByNode(): boolean {
  const { enableCompileCache } = nodeModule as WithCompileCache;
  enableCompileCache?.();
  return enableCompileCache !== undefined;
}

/** Runs a command line and answers with its exit code: what comes before anything of the commands is loaded. */
export async function start(argv: readonly string[]): Promise<number> {
  optimizeLater();
  if (!isCodeKeptByNode()) runFromKeptCode();
  const { main } = await import('./main.ts');
  return main(argv);
}
