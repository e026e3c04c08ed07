import { dirname } from 'node:path';
import { FunnelintError } from '../errors.ts';
import { detectPack } from '../ruleset/detect.ts';
import { findRulesFile, loadPackAlone, loadRuleset, packNames } from '../ruleset/load.ts';
import { nearest } from '../ruleset/nearest.ts';
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

export type RulesChoice =
  | Ruleset
  | { readonly known: Ruleset; readonly choose: (headers: readonly string[]) => Ruleset };

/**
 * The rules of an audit. Without a rules file and without `--pack` the vendor is told from the headers, and its pack is
 * laid over the recommended one.
 */
export function chooseRules(flags: RulesFlags, host: Host, exported: string | null): RulesChoice {
  const file = chooseRulesFile(flags, host, exported);
  const packs = flags.pack ?? [];
  if (file !== null || packs.length > 0) return narrow(loadRuleset({ file, packs }), flags);
  const known = loadRuleset({ file: null, packs: [] });
  return {
    known: narrow(known, flags),
    choose: (headers) => {
      const vendors = packNames().filter((name) => name !== 'recommended');
      const pack = detectPack(headers, new Map(vendors.map((name) => [name, loadPackAlone(name)])));
      return narrow(pack === null ? known : loadRuleset({ file: null, packs: [pack] }), flags);
    },
  };
}
