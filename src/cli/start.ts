import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runFromKeptCode } from './kept-code.ts';

/** What Node 22.8 and newer have. */
interface WithCompileCache {
  readonly enableCompileCache?: () => unknown;
}

const COUNTS = ['--invocation-count-for-maglev=1600', '--invocation-count-for-turbofan=12000'];

/**
 * By version of V8, as flags come and go: has a function optimized when it has run several times as much as V8 waits
 * for by itself. In a run over a small export most would be ready when nobody needs them any more, and the process
 * waits for them in the end; of a large one a few run so long that it makes no difference.
 */
const OPTIMIZE_LATER: Readonly<Record<string, readonly string[]>> = {
  11: ['--interrupt-budget=500000'],
  12: COUNTS,
  13: COUNTS,
};

/** Sets when code is optimized: compiled code that is kept fits only runs with the same flags. */
export function optimizeLater(): void {
  const [major = ''] = process.versions.v8.split('.');
  for (const flag of OPTIMIZE_LATER[major] ?? []) setFlagsFromString(flag);
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
