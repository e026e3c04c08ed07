import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const IMPORT = /\bfrom\s+['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** The declarations that one leads to, itself among them, and the packages that they name. */
export function reachableTypes(entry) {
  const files = new Set();
  const packages = new Set();
  const waiting = [resolve(entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    // Comments may show an import.
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, from, called] of text.matchAll(IMPORT)) {
      const specifier = from ?? called;
      if (specifier.startsWith('.')) waiting.push(resolve(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts')));
      else packages.add(specifier);
    }
  }
  return { files, packages };
}

/** Removes the declarations that a user of the library never meets. */
function prune(folder) {
  const { files } = reachableTypes(join(folder, 'index.d.ts'));
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = resolve(folder, name);
    if (name.endsWith('.d.ts') && !files.has(file)) rmSync(file);
  }
}

if (process.argv[2] !== undefined) prune(process.argv[2]);
