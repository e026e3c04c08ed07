import { runAudit } from '../audit.ts';
import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { parseDuration } from '../kinds/option-types.ts';
import type { Format } from '../reporters/index.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { deliver, parseOutput } from './output.ts';
import { createProgress } from './progress.ts';
import { chooseRules, type RulesFlags } from './rules-choice.ts';

export interface AuditFlags extends RulesFlags {
  readonly history?: string;
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

function windowDays(flag: string | undefined): number | null {
  if (flag === undefined) return null;
  const days = parseDuration(flag) ?? (/^\d+$/.test(flag) ? Number(flag) : null);
  if (days === null) throw new FunnelintError('flag/no-duration', { flag: '--window', value: flag });
  return days;
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** `funnelint audit`: reads, checks, reports, and answers with the exit code of the gate. */
export async function auditCommand(file: string, flags: AuditFlags, host: Host): Promise<number> {
  const outputs = (flags.output ?? []).map(parseOutput);
  const lang = requestedLang(host, flags.lang);
  const progress = createProgress(host, lang ?? environmentLang(host), flags.quiet ?? false);
  const report = await runAudit({
    file,
    history: flags.history ?? null,
    ruleset: chooseRules(flags, host, file),
    asOf: flags.asOf ?? null,
    today: host.today(),
    reading: {
      ...given('sheet', flags.sheet),
      ...given('headerRow', flags.headerRow),
      ...given('delimiter', flags.delimiter === '\\t' ? '\t' : flags.delimiter),
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
