import { dirname } from 'node:path';
import type { RulesByHeader } from '../audit.ts';
import { createHeaderTest } from '../dataset/mapping.ts';
import { FunnelintError } from '../errors.ts';
import { detectPack } from '../ruleset/detect.ts';
import { findRulesFile, loadPackAlone, loadRuleset } from '../ruleset/load.ts';
import { nearest } from '../ruleset/nearest.ts';
import { createPackReader, packNames } from '../ruleset/packs.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import type { Host } from './host.ts';

export interface RulesFlags {
  readonly config?: string;
  readonly pack?: readonly string[];
  readonly rule?: readonly string[];
  readonly skip?: readonly string[];
  readonly tag?: readonly string[];
}

/** The rules file: the flag, the environment, else the nearest one above the working folder, else above the export. */
export function chooseRulesFile(flags: RulesFlags, host: Host, exported: string | null): string | null {
  if (flags.config !== undefined) return flags.config;
  const named = host.env['FUNNELINT_CONFIG'];
  if (named !== undefined && named !== '') return named;
  if ((flags.pack?.length ?? 0) > 0) return null;
  return findRulesFile(host.folder) ?? (exported === null ? null : findRulesFile(dirname(exported)));
}

function checkNames(names: readonly string[], ruleset: Ruleset): void {
  const ids = ruleset.rules.map(({ id }) => id);
  for (const name of names) {
    if (ids.includes(name)) continue;
    throw new FunnelintError('rules/no-rule', { rule: name, suggestion: nearest(name, ids) ?? ids[0] ?? '' });
  }
}

/** Keeps the rules that the flags name; a rule named with `--rule` runs even when it is off. */
function narrow(ruleset: Ruleset, { rule = [], skip = [], tag = [] }: RulesFlags): Ruleset {
  checkNames([...rule, ...skip], ruleset);
  const rules = ruleset.rules
    .filter(({ id }) => rule.length === 0 || rule.includes(id))
    .filter(({ id }) => !skip.includes(id))
    .filter(({ tags }) => tag.length === 0 || tags.some((name) => tag.includes(name)))
    .map((each) => (rule.includes(each.id) ? { ...each, off: false } : each));
  return { ...ruleset, rules };
}

/** The effective rules without an export to tell the CRM from. */
export function effectiveRules(flags: RulesFlags, host: Host): Ruleset {
  return narrow(loadRuleset({ file: chooseRulesFile(flags, host, null), packs: flags.pack ?? [] }), flags);
}

/**
 * The rules of an audit. Without a rules file and without `--pack` the vendor is told from the headers, and its pack is
 * laid over the recommended one.
 */
export function chooseRules(flags: RulesFlags, host: Host, exported: string | null): Ruleset | RulesByHeader {
  const file = chooseRulesFile(flags, host, exported);
  const packs = flags.pack ?? [];
  if (file !== null || packs.length > 0) return narrow(loadRuleset({ file, packs }), flags);
  const readPack = createPackReader();
  const alone = new Map(packNames().map((name) => [name, loadPackAlone(name, readPack)]));
  const vendors = new Map([...alone].filter(([name]) => name !== 'recommended'));
  return {
    knownHeader: createHeaderTest([...alone.values()].flatMap(({ fields }) => fields)),
    choose: (headers) => {
      const pack = detectPack(headers, vendors);
      return narrow(loadRuleset({ file: null, packs: pack === null ? [] : [pack] }, readPack), flags);
    },
  };
}
