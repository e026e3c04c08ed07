import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACK_FOLDER = fileURLToPath(new URL('../../rules/', import.meta.url));

/** Names of the packs that ship. */
export function packNames(): readonly string[] {
  return readdirSync(PACK_FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** The YAML of a pack. */
export function packText(pack: string): string {
  return readFileSync(join(PACK_FOLDER, `${pack}.yaml`), 'utf8');
}
