import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { FunnelintError } from '../errors.ts';

const FILE_NAMES = ['funnelint.yaml', 'funnelint.yml'];

/**
 * The rules file of a folder or of its nearest ancestor, relative to the working folder; null when there is none.
 * @throws FunnelintError `rules/two-files` when one folder has both spellings.
 */
export function findRulesFile(folder: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const found = FILE_NAMES.filter((name) => existsSync(join(current, name)));
    if (found.length > 1) throw new FunnelintError('rules/two-files', { folder: current });
    if (found[0] !== undefined) return relative('', join(current, found[0]));
    if (dirname(current) === current) return null;
  }
}
