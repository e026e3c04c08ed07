import { FunnelintError } from '../errors.ts';
import { truncateToWidth } from '../i18n/width.ts';
import { type Baseline, isEntry } from './baseline.ts';

/** A baseline as its file has it. */
export interface BaselineFile extends Baseline {
  /** Lines that begin with `#`, in order. */
  readonly comments: readonly string[];
}

const MOST_SHOWN = 40;

/**
 * The baseline that a text holds: one entry a line, with blank lines and comments (`#`) anywhere.
 * @throws FunnelintError `baseline/not-valid`
 */
export function parseBaseline(file: string, text: string): BaselineFile {
  const entries = new Map<string, number>();
  const comments: string[] = [];
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line.startsWith('#')) comments.push(line);
    else if (isEntry(line)) entries.set(line, (entries.get(line) ?? 0) + 1);
    else if (line !== '') {
      const shown = truncateToWidth(line.slice(0, MOST_SHOWN + 1), MOST_SHOWN);
      throw new FunnelintError('baseline/not-valid', { file, line: index + 1, text: shown });
    }
  }
  return { file, entries, comments };
}
