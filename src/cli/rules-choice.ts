import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { createHeaderTest } from '../dataset/columns/mapping.ts';
import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import type { RulesByHeader } from '../read-inputs.ts';
import { detectPack } from '../ruleset/detect.ts';
import { findRulesFile, loadPackFields, loadRuleset } from '../ruleset/load.ts';
import { nearest } from '../ruleset/nearest.ts';
import { createPackReader, packNames } from '../ruleset/packs.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { vendorPacks } from '../ruleset/shipped-rules.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import type { Host } from './host.ts';

export interface RulesFlags {
  readonly config?: string;
  readonly pack?: readonly string[];
  readonly rule?: readonly string[];
  readonly skip?: readonly string[];
  readonly tag?: readonly string[];
}

/**
 * The rules file: the flag, the environment, else the nearest one above the working folder, else above the export.
 * @throws FunnelintError when it is not there, or no file
 */
export function chooseRulesFile(flags: RulesFlags, host: Host, exported: string | null): string | null {
  const file = namedRulesFile(flags, host, exported);
  if (file !== null) checkReadable(file, host);
  return file;
}

function checkReadable(file: string, host: Host): void {
  const code = readingCode(file);
  if (code === 'ENOENT') throw new FunnelintError('file/not-found', { file, folder: host.folder });
  if (code !== null) throw new FunnelintError('file/not-readable', { file, reason: { text: systemReason(code) } });
}

/** Code of what hinders reading a file, null when nothing does. */
function readingCode(file: string): string | null {
  try {
    accessSync(file, constants.R_OK);
    return statSync(file).isDirectory() ? 'EISDIR' : null;
  } catch (error) {
    return systemCode(error);
  }
}

function namedRulesFile(flags: RulesFlags, host: Host, exported: string | null): string | null {
  if (flags.config !== undefined) return flags.config;
  const named = host.env['FUNNELINT_CONFIG'];
  if (named !== undefined && named !== '') return named;
  if ((flags.pack?.length ?? 0) > 0) return null;
  return findRulesFile(host.folder) ?? (exported === null ? null : findRulesFile(dirname(exported)));
}

/** The mistake of naming a rule that is not there, with the name that was meant where one is near. */
export function noRule(name: string, suggestion: string | null): FunnelintError {
  return suggestion === null
    ? new FunnelintError('rules/no-rule', { rule: name })
    : new FunnelintError('rules/no-rule-but', { rule: name, suggestion });
}

function checkNames(names: readonly string[], { rules }: Ruleset): void {
  const ids = rules.map(({ id }) => id);
  for (const name of names) if (!ids.includes(name)) throw noRule(name, nearest(name, ids));
}

const NONE: Text = { en: 'none', zh: '无' };

function checkTags(names: readonly string[], { rules }: Ruleset): void {
  const tags = [...new Set(rules.flatMap((rule) => rule.tags))].sort();
  for (const tag of names) {
    if (tags.includes(tag)) continue;
    throw new FunnelintError('rules/no-tag', { tag, tags: tags.length === 0 ? { text: NONE } : tags.join(', ') });
  }
}

function checkPacks(names: readonly string[]): void {
  const known = packNames();
  for (const pack of names) {
    if (known.includes(pack)) continue;
    const suggestion = nearest(pack, known);
    const packs = known.join(', ');
    throw suggestion === null
      ? new FunnelintError('rules/no-pack', { pack, packs })
      : new FunnelintError('rules/no-pack-but', { pack, packs, suggestion });
  }
}

/** Keeps the rules that the flags name; a rule named with `--rule` runs even when it is off. */
function narrow(ruleset: Ruleset, { rule = [], skip = [], tag = [] }: RulesFlags): Ruleset {
  checkNames([...rule, ...skip], ruleset);
  checkTags(tag, ruleset);
  const rules = ruleset.rules
    .filter(({ id }) => rule.length === 0 || rule.includes(id))
    .filter(({ id }) => !skip.includes(id))
    .filter(({ tags }) => tag.length === 0 || tags.some((name) => tag.includes(name)))
    .map((each) => (rule.includes(each.id) ? { ...each, off: false } : each));
  if (rules.length === 0 && ruleset.rules.length > 0) throw new FunnelintError('rules/none-left');
  return { ...ruleset, rules };
}

/** The effective rules without an export to tell the CRM from. */
export function effectiveRules(flags: RulesFlags, host: Host, readPack = createPackReader()): Ruleset {
  checkPacks(flags.pack ?? []);
  const { pack: packs = [], rule: rules = [] } = flags;
  return narrow(loadRuleset({ file: chooseRulesFile(flags, host, null), packs, rules }, readPack), flags);
}

/** The packs that ship, to be told from headers. */
export interface ShippedPacks {
  /** Whether some field of some pack is known by the header. */
  readonly knownHeader: (header: string) => boolean;
  /** The vendor's pack, null for none. */
  readonly detect: (headers: readonly string[]) => string | null;
  /** Rules of a pack over the recommended one, or of that alone, and others that ship by their ids. */
  readonly load: (pack: string | null, rules?: readonly string[]) => Ruleset;
}

export function shippedPacks(): ShippedPacks {
  const readPack = createPackReader();
  const vendors = new Map(vendorPacks(readPack).map((name) => [name, loadPackFields(name, readPack)]));
  const generic = loadPackFields('recommended', readPack);
  return {
    knownHeader: createHeaderTest([...generic, ...[...vendors.values()].flat()]),
    detect: (headers) => detectPack(headers, vendors, generic),
    load: (pack, rules = []) => loadRuleset({ file: null, packs: pack === null ? [] : [pack], rules }, readPack),
  };
}

/**
 * The rules of an audit. Without a rules file and without `--pack` the vendor is told from the headers, and its pack is
 * laid over the recommended one.
 */
export function chooseRules(flags: RulesFlags, host: Host, exported: string | null): Ruleset | RulesByHeader {
  const file = chooseRulesFile(flags, host, exported);
  const packs = flags.pack ?? [];
  checkPacks(packs);
  const rules = flags.rule ?? [];
  if (file !== null || packs.length > 0) return narrow(loadRuleset({ file, packs, rules }), flags);
  const { knownHeader, detect, load } = shippedPacks();
  return { knownHeader, choose: (headers) => narrow(load(detect(headers), rules), flags) };
}
