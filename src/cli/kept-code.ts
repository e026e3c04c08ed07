import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

type Program = (
  this: unknown,
  exports: unknown,
  require: unknown,
  module: NodeJS.Module,
  file: string,
  folder: string,
) => void;

type Load = (module: NodeJS.Module, file: string) => unknown;

/** How each kind of file is loaded, by its ending. */
const { extensions: EXTENSIONS } = createRequire(import.meta.url);

/** Where the build puts scripts. */
const BUILT = fileURLToPath(new URL('../', import.meta.url));

/**
 * What files of compiled code end in: it fits the very Node that made it, with the same flags, and no other. V8 itself
 * would take that of a Node whose V8 has the same version but other patches, and go wrong.
 */
function keptEnding(): string {
  const { size, mtimeMs } = statSync(process.execPath);
  const node = [size, Math.floor(mtimeMs), cachedDataVersionTag()].map((part) => part.toString(36)).join('-');
  return `.${process.version}-${node}.code`;
}

/** Compiled code; undefined where none is kept, or the script was written since. */
function keptCode(script: string, file: string): Buffer | undefined {
  const kept = statSync(file, { throwIfNoEntry: false });
  return kept === undefined || kept.mtimeMs < statSync(script).mtimeMs ? undefined : readFileSync(file);
}

function run(module: NodeJS.Module, file: string, cachedData: Buffer | undefined): Script {
  const code = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(code, { filename: pathToFileURL(file).href, cachedData });
  const program = script.runInThisContext() as Program;
  const load = (id: string): unknown => module.require(id);
  program.call(module.exports, module.exports, load, module, file, dirname(file));
  return script;
}

/**
 * From here on, scripts of a folder, unless told all that the build made, are run from their compiled code where it is
 * kept, as Node 22.8 and newer do by themselves; the others as ever. Such a script cannot `import()` what the build did
 * not make.
 */
export function runFromKeptCode(folder = BUILT): void {
  const others = EXTENSIONS['.js'] as Load;
  const ending = keptEnding();
  EXTENSIONS['.cjs'] = (module, file) => {
    const code = file.startsWith(folder) ? keptCode(file, `${file}${ending}`) : undefined;
    if (code === undefined) others(module, file);
    else run(module, file, code);
  };
}

/** Keeps the functions that `work` calls, compiled, of every script that it is the first to load. */
export async function keepCode(work: () => Promise<void>): Promise<void> {
  const loaded = new Map<string, Script>();
  EXTENSIONS['.cjs'] = (module, file) => void loaded.set(file, run(module, file, undefined));
  await work();
  const ending = keptEnding();
  for (const [file, script] of loaded) writeFileSync(`${file}${ending}`, script.createCachedData());
}
