import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { compiledByHeader } from '../compiled-by-header.ts';
import { FunnelintError } from '../errors.ts';
import type { Kind } from '../kinds/define.ts';
import { KINDS } from '../kinds/index.ts';
import type { RulesByHeader } from '../read-inputs.ts';
import { findRulesFile } from '../ruleset/find-rules-file.ts';
import type { loadRuleset } from '../ruleset/load.ts';
import { narrowRules } from '../ruleset/narrow-rules.ts';
import { nearest } from '../ruleset/nearest.ts';
import { packNames } from '../ruleset/pack-files.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import type { Host } from './host.ts';
import { withTimezone } from './timezone-flag.ts';

/** Kinds by their verbs. */
type Kinds = ReadonlyMap<string, Kind>;

export interface RulesFlags {
  readonly config?: string;
  readonly pack?: readonly string[];
  readonly rule?: readonly string[];
  readonly skip?: readonly string[];
  readonly tag?: readonly string[];
  /** Modules with kinds of the user's own. */
  readonly kinds?: readonly string[];
  /** Time zone of the export, in place of the rules file's. */
  readonly timezone?: string;
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

/** @throws FunnelintError `rules/no-pack`, `rules/no-pack-but` for a name that no pack has */
export function checkPacks(names: readonly string[]): void {
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

/**
 * The kinds that rules may use: those that ship, and those of the modules that `--kinds` names, which are run.
 * @throws FunnelintError when a module cannot be loaded, or exports no kind
 */
export async function chooseKinds({ kinds = [] }: RulesFlags): Promise<Kinds> {
  if (kinds.length === 0) return KINDS;
  const { loadKinds } = await import('./own-kinds.ts');
  return loadKinds(kinds);
}

/**
 * The rules of an audit. Without a rules file and without `--pack` the vendor is told from the headers, and its pack is
 * laid over the recommended one.
 */
export async function chooseRules(
  flags: RulesFlags,
  host: Host,
  exported: string | null,
  kinds: Kinds = KINDS,
): Promise<Ruleset | RulesByHeader> {
  const file = chooseRulesFile(flags, host, exported);
  const packs = flags.pack ?? [];
  checkPacks(packs);
  const isByHeader = file === null && packs.length === 0;
  const chosen = isByHeader
    ? await chooseByHeader(flags, kinds)
    : narrowRules(await loadNamed({ file, packs, rules: flags.rule ?? [], kinds }), flags);
  return withTimezone(chosen, flags.timezone);
}

/** What reads rules files is loaded where there is one to read, or kinds or rules that the build did not know of. */
async function chooseByHeader(flags: RulesFlags, kinds: Kinds): Promise<RulesByHeader> {
  const compiled = kinds === KINDS ? compiledByHeader(flags) : null;
  if (compiled !== null) return compiled;
  const { rulesByHeader } = await import('../rules-by-header.ts');
  return rulesByHeader(flags, kinds);
}

async function loadNamed(options: Parameters<typeof loadRuleset>[0]): Promise<Ruleset> {
  const loading = await import('../ruleset/load.ts');
  return loading.loadRuleset(options);
}
