import { readFileSync } from 'node:fs';
import { FunnelintError } from '../errors.ts';
import { type BaselineFile, parseBaseline } from '../report/baseline-text.ts';
import { isPipe } from '../source/file-kind.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';

function readText(file: string): string {
  try {
    // Refuses a device, which never ends; of what comes through a pipe there is no more than its writer has.
    isPipe(file);
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof FunnelintError || code === null) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new FunnelintError('baseline/not-found', { file });
    throw new FunnelintError('file/not-readable', { file, reason: { text: systemReason(code) } });
  }
}

/**
 * Reads a baseline: one entry a line, with blank lines and comments (`#`) anywhere.
 * @throws FunnelintError `baseline/not-found`, `baseline/not-valid`, `file/not-readable`
 */
export function readBaseline(file: string): BaselineFile {
  return parseBaseline(file, readText(file));
}

/** The text of a baseline: its comments, then its entries in order, each as often as it counts. */
export function* baselineText({ entries, comments }: Omit<BaselineFile, 'file'>): Generator<string> {
  for (const comment of comments) yield `${comment}\n`;
  for (const entry of [...entries.keys()].sort()) yield `${entry}\n`.repeat(entries.get(entry) ?? 0);
}
