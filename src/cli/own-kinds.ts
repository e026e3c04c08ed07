import { existsSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FunnelintError } from '../errors.ts';
import type { Kind } from '../kinds/define.ts';
import { type OfferedKind, withOwnKinds } from '../ruleset/own-kinds.ts';
import { systemReason } from '../source/system-reason.ts';

/** The library of the program that runs, which is what modules of kinds import as `funnelint`. */
const LIBRARY = new URL('../library/index.js', import.meta.url);

type Resolve = (specifier: string, context: unknown, next: (specifier: string, context: unknown) => unknown) => unknown;

interface SyncHooks {
  readonly registerHooks?: (hooks: { readonly resolve: Resolve }) => { readonly deregister: () => void };
}

/** The same for a Node that resolves imports in a thread of its own. */
function asyncHook(library: string): string {
  const code = `export const resolve = (specifier, context, next) =>
    next(specifier === 'funnelint' ? ${JSON.stringify(library)} : specifier, context);`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/**
 * Has `funnelint` mean the program that runs, wherever it is installed, so that a module of kinds needs no packages of
 * its own; answers with how to end that.
 */
function serveLibrary(): () => void {
  if (!existsSync(LIBRARY)) return () => {};
  const { registerHooks } = nodeModule as SyncHooks;
  if (registerHooks === undefined) {
    nodeModule.register(asyncHook(LIBRARY.href));
    return () => {};
  }
  const hooks = registerHooks({
    resolve: (specifier, context, next) => next(specifier === 'funnelint' ? LIBRARY.href : specifier, context),
  });
  return () => hooks.deregister();
}

function checkFile(file: string): void {
  const path = resolve(file);
  if (!existsSync(path)) throw new FunnelintError('file/not-found', { file, folder: resolve('.') });
  if (statSync(path).isDirectory())
    throw new FunnelintError('file/not-readable', { file, reason: { text: systemReason('EISDIR') } });
}

async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw Object.assign(new FunnelintError('kinds/not-loaded', { file, reason }), { cause: error });
  }
}

async function kindsIn(file: string): Promise<readonly OfferedKind[]> {
  const { default: exported } = await importModule(file);
  if (exported === undefined || (Array.isArray(exported) && exported.length === 0)) {
    throw new FunnelintError('kinds/no-default', { file });
  }
  if (!Array.isArray(exported)) return [{ from: file, value: exported }];
  return exported.map((value: unknown, index) => ({ from: `${file}[${index}]`, value }));
}

/**
 * Runs modules that export kinds, and lays these beside the kinds that ship.
 * @throws FunnelintError `file/not-found`, `kinds/not-loaded`, `kinds/no-default`, `kinds/wrong`
 */
export async function loadKinds(files: readonly string[]): Promise<ReadonlyMap<string, Kind>> {
  files.forEach(checkFile);
  const endServing = serveLibrary();
  try {
    const offered: OfferedKind[] = [];
    for (const file of files) offered.push(...(await kindsIn(file)));
    return withOwnKinds(offered);
  } finally {
    endServing();
  }
}
