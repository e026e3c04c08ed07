import { existsSync } from 'node:fs';
import { type RulesByHeader, runAudit } from '../audit.ts';
import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { parseDuration } from '../kinds/option-types.ts';
import type { Format } from '../reporters/index.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { auditFile } from './audit-file.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { deliver } from './output.ts';
import { chooseOutputs } from './output-target.ts';
import { printError } from './print-error.ts';
import { createProgress } from './progress.ts';
import { chooseRules, type RulesFlags } from './rules-choice.ts';

export interface AuditFlags extends RulesFlags {
  readonly history?: string;
  readonly previous?: readonly string[];
  readonly asOf?: string;
  readonly sheet?: string;
  readonly headerRow?: number;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly window?: string;
  readonly format?: Format;
  readonly output?: readonly string[];
  readonly failOn?: 'error' | 'warn' | 'never';
  readonly maxWarnings?: number;
  readonly strict?: boolean;
  readonly maxFindings: number;
  readonly lang?: Lang;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Longer than any list of deals. */
const MOST_WINDOW_DAYS = 36_600;

function windowDays(flag: string | undefined): number | null {
  if (flag === undefined) return null;
  const days = parseDuration(flag) ?? (/^\d+$/.test(flag) ? Number(flag) : null);
  if (days === null || days <= 0 || days > MOST_WINDOW_DAYS)
    throw new FunnelintError('flag/no-duration', { flag: '--window', value: flag });
  return days;
}

function delimiterOf(flag: string | undefined): string | undefined {
  if (flag === undefined) return undefined;
  const delimiter = flag === '\\t' ? '\t' : flag;
  if (/^[^"\r\n]$/u.test(delimiter)) return delimiter;
  throw new FunnelintError('flag/no-delimiter', { value: flag });
}

/** A rules file that names a change log that is not there is a mistake in the rules file. */
function checkHistory(rules: Ruleset | RulesByHeader, flags: AuditFlags): void {
  if (!('source' in rules) || flags.history !== undefined) return;
  const { history } = rules.source;
  if (history === null || existsSync(history)) return;
  throw new FunnelintError('history/not-found', { rules: rules.file ?? '', file: history });
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** `funnelint audit`: reads, checks, reports, and answers with the exit code of the gate. */
export async function auditCommand(files: readonly string[], flags: AuditFlags, host: Host): Promise<number> {
  const file = auditFile(files);
  const asked = requestedLang(host, flags.lang);
  const rules = chooseRules(flags, host, file);
  const lang = asked ?? ('report' in rules ? rules.report.lang : null);
  try {
    checkHistory(rules, flags);
    return await auditWith(file, rules, lang, flags, host);
  } catch (error) {
    // From here on the rules file may have said which language to speak.
    return printError(error, lang ?? environmentLang(host), flags.debug ?? false, host);
  }
}

async function auditWith(
  file: string,
  ruleset: Ruleset | RulesByHeader,
  lang: Lang | null,
  flags: AuditFlags,
  host: Host,
): Promise<number> {
  const read = [
    file,
    flags.history,
    'file' in ruleset ? ruleset.file : null,
    'source' in ruleset ? ruleset.source.history : null,
  ];
  const outputs = chooseOutputs(
    flags.output ?? [],
    read.filter((each) => typeof each === 'string'),
  );
  const progress = createProgress(host, lang ?? environmentLang(host), flags.quiet ?? false);
  const report = await runAudit({
    file,
    history: flags.history ?? null,
    previous: flags.previous ?? [],
    ruleset,
    asOf: flags.asOf ?? null,
    today: host.today(),
    reading: {
      ...given('sheet', flags.sheet),
      ...given('headerRow', flags.headerRow),
      ...given('delimiter', delimiterOf(flags.delimiter)),
      ...given('encoding', flags.encoding),
      onProgress: progress.report,
    },
    windowDays: windowDays(flags.window),
    gate: {
      ...given('failOn', flags.failOn),
      ...given('maxWarnings', flags.maxWarnings),
      strict: flags.strict ?? false,
    },
    // Only a screen can do with the first findings; what is written holds them all.
    findingsPerRule: outputs.length === 0 && (flags.format ?? 'terminal') === 'terminal' ? flags.maxFindings : Infinity,
    lang,
    fallbackLang: environmentLang(host),
    debug: flags.debug ?? false,
  }).finally(progress.stop);
  await deliver(
    report,
    {
      format: flags.format ?? 'terminal',
      outputs,
      lang: report.lang,
      maxFindings: flags.maxFindings,
      colour: flags.color,
      quiet: flags.quiet ?? false,
    },
    host,
  );
  return report.gate.exitCode;
}
