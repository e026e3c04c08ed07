import { foldHeader } from '../i18n/fold.ts';
import type { FieldDefinition } from './ruleset.ts';

/** Fewer headers that only one vendor uses prove nothing. */
const MINIMUM_MATCHES = 2;

/** The folded headers that one pack alone knows: “Amount” tells nobody's export, “Opportunity Owner” does. */
function ownHeaders(
  packs: ReadonlyMap<string, readonly FieldDefinition[]>,
  generic: readonly FieldDefinition[],
): ReadonlyMap<string, string> {
  const plain = generic.flatMap(({ id, label }) => [id, label.en, label.zh]);
  const owner = new Map<string, string | null>(plain.map((word) => [foldHeader(word), null]));
  for (const [pack, fields] of packs) {
    for (const header of new Set(fields.flatMap(({ columns }) => columns.map(foldHeader)))) {
      owner.set(header, owner.has(header) ? null : pack);
    }
  }
  return new Map([...owner].flatMap(([header, pack]) => (pack === null ? [] : [[header, pack] as const])));
}

/**
 * The vendor pack whose own headers the file has most of; null when none has two, or two packs have equally many.
 * `packs` holds the fields of each vendor's pack alone, without what it is laid over; `generic` those of the recommended
 * pack, whose ids and labels are words that anybody would write.
 */
export function detectPack(
  headers: readonly string[],
  packs: ReadonlyMap<string, readonly FieldDefinition[]>,
  generic: readonly FieldDefinition[],
): string | null {
  const owners = ownHeaders(packs, generic);
  const counts = new Map<string, number>();
  for (const header of new Set(headers.map(foldHeader))) {
    const pack = owners.get(header);
    if (pack !== undefined) counts.set(pack, (counts.get(pack) ?? 0) + 1);
  }
  const [best, second] = [...counts].sort(([, a], [, b]) => b - a);
  if (best === undefined || best[1] < MINIMUM_MATCHES || best[1] === second?.[1]) return null;
  return best[0];
}
