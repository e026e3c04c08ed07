import { foldHeader } from '../i18n/fold.ts';
import type { FieldDefinition } from './ruleset.ts';

/** A header of one vendor, and half of one that it shares; less proves nothing. */
const MINIMUM_SCORE = 1.5;
/** More vendors than these have the header in common: it is everybody's. */
const MOST_VENDORS = 2;
const SHARED = 0.5;
const EVERYDAY = 0.25;

/** Headers of one plain word, and some of two, that hand-made sheets have as well: `Customer`, `Sales Team`. */
const PLAIN_WORD = /^[A-Z][a-z]+$/u;
const PLAIN_WORDS: ReadonlySet<string> = new Set([
  'sales team',
  'contact person',
  'closed date',
  'lost reason',
  'created on',
  'modified on',
  'account name',
  'company name',
]);

/** What a header says of whose export a file is. */
export interface HeaderEvidence {
  /** Packs that know it. */
  readonly vendors: readonly string[];
  /** Hand-made sheets have it as well. */
  readonly everyday: boolean;
}

/**
 * Vendors by folded header; the ids and labels of the recommended pack are nobody's. `packs` holds the fields of each
 * vendor's pack alone, without what it is laid over; `generic` those of the recommended pack.
 */
export function headerEvidence(
  packs: ReadonlyMap<string, readonly FieldDefinition[]>,
  generic: readonly FieldDefinition[],
): ReadonlyMap<string, HeaderEvidence> {
  const plain = new Set(generic.flatMap(({ id, label }) => [id, label.en, label.zh]).map(foldHeader));
  const evidence = new Map<string, HeaderEvidence>();
  for (const [pack, fields] of packs) {
    for (const header of fields.flatMap(({ columns }) => columns)) {
      const folded = foldHeader(header);
      if (plain.has(folded)) continue;
      const known = evidence.get(folded);
      evidence.set(folded, {
        vendors: [...new Set([...(known?.vendors ?? []), pack])],
        everyday: known?.everyday === true || PLAIN_WORDS.has(folded) || PLAIN_WORD.test(header),
      });
    }
  }
  return evidence;
}

function weightOf({ vendors, everyday }: HeaderEvidence): number {
  if (vendors.length > MOST_VENDORS) return 0;
  return everyday ? EVERYDAY / vendors.length : vendors.length === 1 ? 1 : SHARED;
}

/**
 * The vendor pack whose headers the file has most of: a header that one pack alone knows counts in full, one that two
 * know half, everyday words little, and what anybody would write not at all. Null where too little speaks for any
 * pack, or as much for two.
 */
export function bestPack(headers: readonly string[], evidence: ReadonlyMap<string, HeaderEvidence>): string | null {
  const scores = new Map<string, number>();
  for (const header of new Set(headers.map(foldHeader))) {
    const known = evidence.get(header);
    if (known === undefined) continue;
    const weight = weightOf(known);
    for (const pack of known.vendors) scores.set(pack, (scores.get(pack) ?? 0) + weight);
  }
  const [best, second] = [...scores].sort(([, a], [, b]) => b - a);
  if (best === undefined || best[1] < MINIMUM_SCORE || best[1] === second?.[1]) return null;
  return best[0];
}
