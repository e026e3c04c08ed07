import type { CheckedLayer } from './merge.ts';
import { packNames } from './pack-files.ts';
import { PACK_PREFIX } from './ruleset.ts';
import type { RulesFile } from './schema.ts';

type ReadPack = (pack: string) => CheckedLayer;

/** What a rules file says of a rule without defining it: a word, or keys without a verb. */
function isMention(value: unknown, verbs: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && !Object.keys(value).some((key) => verbs.has(key));
}

function idsOf(layers: readonly CheckedLayer[], wanted: (value: unknown) => boolean): ReadonlySet<string> {
  const rules = layers.flatMap(({ file }) => Object.entries(file.rules ?? {}));
  return new Set(rules.filter(([, value]) => wanted(value)).map(([id]) => id));
}

function rulesIn(file: RulesFile, verbs: ReadonlySet<string>): readonly string[] {
  return Object.entries(file.rules ?? {})
    .filter(([, value]) => !isMention(value, verbs))
    .map(([id]) => id);
}

/** Ids of the rules that the packs define. */
export function shippedRules(readPack: ReadPack, verbs: ReadonlySet<string>): readonly string[] {
  return [...new Set(packNames().flatMap((pack) => rulesIn(readPack(pack).file, verbs)))].sort();
}

/** A topic: a pack of rules that holds for any funnel. */
function isTopic({ stages }: RulesFile): boolean {
  return stages === undefined;
}

/**
 * Definitions of the rules that are switched on, off or changed by id but stand in no file that was named: any rule
 * that ships can be had by its id alone. They come from the packs without a stage list, with the fields and tables of
 * those packs and of what these extend, and with none of their other rules. To be laid under all other layers.
 */
export function mentionedRules(
  layers: readonly CheckedLayer[],
  also: readonly string[],
  readPack: ReadPack,
  verbs: ReadonlySet<string>,
): readonly CheckedLayer[] {
  const defined = idsOf(layers, (value) => !isMention(value, verbs));
  const mentioned = [...idsOf(layers, (value) => isMention(value, verbs)), ...also];
  const open = new Set(mentioned.filter((id) => !defined.has(id)));
  if (open.size === 0) return [];
  const loaded = new Set(layers.map(({ layer }) => layer.name));
  const found = new Map<string, CheckedLayer>();

  function take(pack: string, ids: ReadonlySet<string>): void {
    const name = PACK_PREFIX + pack;
    if (loaded.has(name) || found.has(name)) return;
    const { layer, file } = readPack(pack);
    for (const base of file.extends ?? []) {
      if (base.startsWith(PACK_PREFIX)) take(base.slice(PACK_PREFIX.length), new Set());
    }
    const rules = Object.fromEntries(Object.entries(file.rules ?? {}).filter(([id]) => ids.has(id)));
    found.set(name, { layer, file: { ...file, rules } });
  }

  for (const pack of packNames()) {
    if (loaded.has(PACK_PREFIX + pack)) continue;
    const { file } = readPack(pack);
    if (!isTopic(file)) continue;
    const own = new Set(rulesIn(file, verbs).filter((id) => open.has(id)));
    if (own.size > 0) take(pack, own);
  }
  return [...found.values()];
}

/** The packs that know the columns and the stages of one CRM. */
export function vendorPacks(readPack: ReadPack): readonly string[] {
  return packNames().filter((pack) => {
    const { file } = readPack(pack);
    return pack !== 'recommended' && file.stages !== undefined && file.fields !== undefined;
  });
}
