import { foldHeader } from '../i18n/fold.ts';
import type { Ruleset } from './ruleset.ts';

/** Fewer headers of a vendor than this prove nothing. */
const MINIMUM_MATCHES = 4;

/**
 * The vendor pack whose own headers the file has most of, null when none has at least four or two have equally many.
 * `packs` holds each pack loaded on its own, without what it would be merged with.
 */
export function detectPack(
  headers: readonly string[],
  packs: ReadonlyMap<string, Pick<Ruleset, 'fields'>>,
): string | null {
  const folded = new Set(headers.map(foldHeader).filter((header) => header !== ''));
  let best: string | null = null;
  let bestCount = MINIMUM_MATCHES - 1;
  let tied = false;
  for (const [pack, { fields }] of packs) {
    const count = fields.filter(({ columns }) => columns.some((column) => folded.has(foldHeader(column)))).length;
    if (count < bestCount) continue;
    tied = count === bestCount;
    if (tied) continue;
    best = pack;
    bestCount = count;
  }
  return tied ? null : best;
}
