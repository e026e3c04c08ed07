import { KINDS } from '../kinds/index.ts';
import type { Named, ShippedNames } from '../ruleset/json-schema.ts';
import { loadRuleset } from '../ruleset/load.ts';
import { packNames } from '../ruleset/pack-files.ts';
import { createPackReader } from '../ruleset/packs.ts';
import { PACK_PREFIX, type Rule, type Ruleset } from '../ruleset/ruleset.ts';
import { shippedRules } from '../ruleset/shipped-rules.ts';

type ReadPack = ReturnType<typeof createPackReader>;

/** A pack, with the rules in force when it is laid over the recommended one. */
export interface PackRules {
  readonly pack: string;
  readonly ruleset: Ruleset;
}

/** A rule that ships, wherever it is defined. */
export interface ShippedRule {
  readonly rule: Rule;
  /** Packs whose file says something of it, the one that defines it first. */
  readonly packs: readonly string[];
}

/** Everything that ships. */
export interface Shipped {
  readonly rules: readonly ShippedRule[];
  readonly packs: readonly PackRules[];
  /** Fields and tables of all packs. */
  readonly all: Ruleset;
}

const RECOMMENDED = 'recommended';

/** Ids of all rules that ship. */
export function shippedIds(readPack: ReadPack = createPackReader()): readonly string[] {
  return shippedRules(readPack, new Set(KINDS.keys()));
}

/** Packs whose file says something of the rule, the one that defines it first. */
export function packsNaming(id: string, readPack: ReadPack = createPackReader()): readonly string[] {
  const naming = packNames().filter((pack) => readPack(pack).file.rules?.[id] !== undefined);
  const defines = (pack: string): boolean => {
    const value = readPack(pack).file.rules?.[id];
    return typeof value === 'object' && value !== null && Object.keys(value).some((key) => KINDS.has(key));
  };
  const isBase = (pack: string): boolean => readPack(pack).file.stages === undefined || pack === RECOMMENDED;
  const rank = (pack: string): number => Number(!defines(pack)) * 2 + Number(!isBase(pack));
  return naming.toSorted((one, other) => rank(one) - rank(other));
}

/** The rules in force with one pack over the recommended one, and with rules of other packs by their ids. */
export function packRules(
  pack: string,
  rules: readonly string[] = [],
  readPack: ReadPack = createPackReader(),
): Ruleset {
  return loadRuleset({ file: null, packs: pack === RECOMMENDED ? [] : [pack], rules }, readPack);
}

/** Loads all packs. */
export function loadShipped(readPack: ReadPack = createPackReader()): Shipped {
  const ids = shippedIds(readPack);
  const others = packNames().filter((pack) => pack !== RECOMMENDED);
  const packs = [RECOMMENDED, ...others].map((pack) => ({ pack, ruleset: packRules(pack, [], readPack) }));
  const all = packRules(RECOMMENDED, ids, readPack);
  const built = new Map(all.rules.map((rule) => [rule.id, rule]));
  const rules = ids.flatMap((id): ShippedRule[] => {
    const naming = packsNaming(id, readPack);
    const rule =
      built.get(id) ?? packs.find(({ pack }) => pack === naming[0])?.ruleset.rules.find((one) => one.id === id);
    return rule === undefined ? [] : [{ rule, packs: naming }];
  });
  return { rules, packs, all };
}

/** What a rule is called: its own title, or that of its kind. */
export function titleOf({ id, kind, title }: Rule): Named['title'] {
  return title ?? KINDS.get(kind)?.title ?? { en: id, zh: id };
}

/** The part of an id before the slash. */
export function categoryOf({ id }: Rule): string {
  return id.split('/')[0] ?? id;
}

interface Labelled {
  readonly id: string;
  readonly label: Named['title'];
}

/** The names that ship, for the schema. */
export function shippedNames({ rules, packs, all }: Shipped = loadShipped()): ShippedNames {
  const rulesets = [all, ...packs.map(({ ruleset }) => ruleset)];
  const labelled = (namesOf: (ruleset: Ruleset) => readonly Labelled[]): readonly Named[] => {
    const titles = new Map(
      rulesets.toReversed().flatMap((ruleset) => namesOf(ruleset).map(({ id, label }) => [id, label] as const)),
    );
    return [...titles].map(([id, title]) => ({ id, title })).sort((one, other) => (one.id < other.id ? -1 : 1));
  };
  return {
    rules: rules.map(({ rule }) => ({ id: rule.id, title: titleOf(rule) })),
    packs: packs.map(({ pack, ruleset: { name } }) => ({
      id: PACK_PREFIX + pack,
      title: name ?? { en: pack, zh: pack },
    })),
    fields: labelled(({ fields }) => fields),
    historyFields: labelled(({ historyFields }) => historyFields),
    tables: labelled(({ tables }) => tables),
  };
}
