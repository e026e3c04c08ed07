import { createHeaderTest } from './dataset/columns/mapping.ts';
import type { Kind } from './kinds/define.ts';
import type { RulesByHeader } from './read-inputs.ts';
import { bestPack, type HeaderEvidence, headerEvidence } from './ruleset/detect.ts';
import { loadPackFields, loadRuleset } from './ruleset/load.ts';
import { narrowRules, type RuleChoice } from './ruleset/narrow-rules.ts';
import { createPackReader } from './ruleset/packs.ts';
import type { FieldDefinition, Ruleset } from './ruleset/ruleset.ts';
import { vendorPacks } from './ruleset/shipped-rules.ts';

/** The packs that ship, to be told from headers. */
export interface ShippedPacks {
  /** Names of the packs that know one CRM. */
  readonly vendors: readonly string[];
  /** Fields of all of them, and of the recommended pack. */
  readonly fields: readonly FieldDefinition[];
  readonly evidence: ReadonlyMap<string, HeaderEvidence>;
  /** Whether some field of some pack is known by the header. */
  readonly knownHeader: (header: string) => boolean;
  /** The vendor's pack, null for none. */
  readonly detect: (headers: readonly string[]) => string | null;
  /** Rules of a pack over the recommended one, or of that alone, and others that ship by their ids. */
  readonly load: (pack: string | null, rules?: readonly string[]) => Ruleset;
}

export function shippedPacks(kinds?: ReadonlyMap<string, Kind>): ShippedPacks {
  const readPack = createPackReader();
  const vendors = new Map(vendorPacks(readPack).map((name) => [name, loadPackFields(name, readPack)]));
  const generic = loadPackFields('recommended', readPack);
  const own = kinds === undefined ? {} : { kinds };
  const fields = [...generic, ...[...vendors.values()].flat()];
  const evidence = headerEvidence(vendors, generic);
  return {
    vendors: [...vendors.keys()],
    fields,
    evidence,
    knownHeader: createHeaderTest(fields),
    detect: (headers) => bestPack(headers, evidence),
    load: (pack, rules = []) =>
      loadRuleset({ file: null, packs: pack === null ? [] : [pack], rules, ...own }, readPack),
  };
}

/** Where no rules are named: the vendor is told from the headers, and its pack is laid over the recommended one. */
export function rulesByHeader(choice: RuleChoice, kinds?: ReadonlyMap<string, Kind>): RulesByHeader {
  const { knownHeader, detect, load } = shippedPacks(kinds);
  return { knownHeader, choose: (headers) => narrowRules(load(detect(headers), choice.rule ?? []), choice) };
}
