import type { Kind } from '../kinds/define.ts';
import { KINDS } from '../kinds/index.ts';
import { loadRuleset } from '../ruleset/load.ts';
import { narrowRules } from '../ruleset/narrow-rules.ts';
import { createPackReader } from '../ruleset/packs.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import type { Host } from './host.ts';
import { checkPacks, chooseRulesFile, type RulesFlags } from './rules-choice.ts';

/** The effective rules without an export to tell the CRM from. */
export function effectiveRules(
  flags: RulesFlags,
  host: Host,
  readPack = createPackReader(),
  kinds: ReadonlyMap<string, Kind> = KINDS,
): Ruleset {
  checkPacks(flags.pack ?? []);
  const { pack: packs = [], rule: rules = [] } = flags;
  return narrowRules(loadRuleset({ file: chooseRulesFile(flags, host, null), packs, rules, kinds }, readPack), flags);
}
