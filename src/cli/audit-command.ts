import { existsSync, statSync } from 'node:fs';
import { type AuditRequest, runAudit } from '../audit.ts';
import { FunnelintError } from '../errors.ts';
import type { Lang, Text } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import { parseDuration } from '../kinds/option-types.ts';
import type { InputFile, RulesByHeader } from '../read-inputs.ts';
import type { AuditReport } from '../report/report.ts';
import type { ViewName } from '../report/views/names.ts';
import type { Format } from '../reporters/index.ts';
import type { Period } from '../ruleset/expression/expression.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { annotateError, isForActions } from './actions-step.ts';
import { checkFileNames, openFiles, STDIN } from './audit-file.ts';
import { readBaseline } from './baseline-file.ts';
import { writeForActions } from './ci.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import { tellOnStderr } from './inert-output.ts';
import { deliver } from './output.ts';
import { fileIdentity } from './output-path.ts';
import { chooseDestinations } from './output-target.ts';
import { printError } from './print-error.ts';
import { createProgress } from './progress.ts';
import { given, type ReadingFlags, readingOf } from './reading-flags.ts';
import { redactionOf, tellNothingRedacted } from './redact-flags.ts';
import { chooseKinds, chooseRules, type RulesFlags } from './rules-choice.ts';

export interface AuditFlags extends RulesFlags, ReadingFlags {
  readonly history?: string;
  readonly previous?: readonly string[];
  readonly table?: readonly string[];
  readonly asOf?: string;
  readonly window?: string;
  readonly format?: Format;
  readonly output?: readonly string[];
  readonly failOn?: 'error' | 'warn' | 'never';
  readonly maxWarnings?: number;
  readonly strict?: boolean;
  readonly baseline?: string;
  readonly onlyNew?: boolean;
  /** False with `--no-ci`. */
  readonly ci?: boolean;
  readonly redact?: boolean;
  readonly redactField?: readonly string[];
  readonly maxFindings: number;
  readonly by?: readonly string[];
  readonly period?: Period;
  readonly details?: boolean;
  readonly save?: string;
  readonly view?: ViewName;
  readonly lang?: Lang;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** The flags that say what is read, and by which rules. */
export type AuditedFlags = Omit<AuditFlags, 'output' | 'color' | 'maxFindings'>;

type Rules = Ruleset | RulesByHeader;

/** Longer than any list of deals. */
const MOST_WINDOW_DAYS = 36_600;

function windowDays(flag: string | undefined): number | null {
  if (flag === undefined) return null;
  const days = parseDuration(flag) ?? (/^\d+$/.test(flag) ? Number(flag) : null);
  if (days === null || days <= 0 || days > MOST_WINDOW_DAYS)
    throw new FunnelintError('flag/no-duration', { flag: '--window', value: flag });
  return days;
}

/** Reads `accounts=accounts.csv`. */
function tablesOf(flags: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    flags.map((flag) => {
      const equals = flag.indexOf('=');
      if (equals > 0 && equals < flag.length - 1) return [flag.slice(0, equals), flag.slice(equals + 1)];
      throw new FunnelintError('flag/no-table', { value: flag });
    }),
  );
}

/** A rules file that names a change log that is not there is a mistake in the rules file. */
function checkHistory(rules: Rules, flags: AuditedFlags): void {
  if (!('source' in rules) || flags.history !== undefined) return;
  const { history } = rules.source;
  if (history === null || existsSync(history)) return;
  throw new FunnelintError('history/not-found', { rules: rules.file ?? '', file: history });
}

/** The export as its own change log or predecessor would give figures that look right. */
function checkNamedOnce(files: readonly string[], flags: AuditedFlags): void {
  const others = [
    ...(flags.history === undefined ? [] : [{ flag: '--history', path: flags.history }]),
    ...(flags.previous ?? []).map((path) => ({ flag: '--previous', path })),
  ];
  const own = new Set(files.map(fileIdentity));
  const same = others.find(({ path }) => own.has(fileIdentity(path)));
  if (same !== undefined) throw new FunnelintError('flag/same-file', { file: same.path, flag: same.flag });
}

const IS_FILE: Text = { en: 'it is a file, not a folder', zh: '它是文件，不是目录' };

/**
 * Refuses a folder to save to that is none, before any work is done.
 * @throws FunnelintError `save/no-folder`, `output/not-writable`
 */
function checkSaveFolder(folder: string | undefined): void {
  if (folder?.trim() === '') throw new FunnelintError('save/no-folder');
  if (folder === undefined || !existsSync(folder) || statSync(folder).isDirectory()) return;
  throw new FunnelintError('output/not-writable', { file: folder, reason: { text: IS_FILE } });
}

export const NO_VERDICT: Text = {
  en: 'no verdict: no rule about the deals could be judged on this file',
  zh: '没有结论：没有任何商机规则能在此文件上判断',
};

function tellNoVerdict({ lang }: AuditReport, isInActions: boolean, host: Host): void {
  host.stderr.write(`funnelint: ${NO_VERDICT[lang]}\n`);
  if (isInActions) annotateError(NO_VERDICT[lang], host);
}

const NO_COLUMN: Text = { en: '--by: no column for {fields}', zh: '--by：没有对应的列：{fields}' };

/** Fields asked for with `--by` that the rules know and the file has no column for: they break nothing down. */
function tellFieldsWithoutColumn(report: AuditReport, asked: readonly string[], host: Host): void {
  const columns = report.inputs.flatMap((input) => (input.role === 'deals' ? input.columns : []));
  const found = new Set(columns.map(({ field }) => field));
  const absent = [...new Set(asked)].filter((field) => !found.has(field));
  if (absent.length === 0) return;
  const { text, field, list } = createTranslator(report.lang, report.labels);
  tellOnStderr(`${text(NO_COLUMN, { fields: list(absent.map(field)) })}\n`, host);
}

/** Every file the audit reads, which no output may overwrite. */
export function filesRead(files: readonly string[], rules: Rules, flags: AuditedFlags): readonly string[] {
  const written = 'source' in rules ? [rules.file, rules.source.history] : [];
  const beside = [flags.history, ...(flags.previous ?? []), ...(flags.kinds ?? []), flags.baseline];
  const all = [...files, ...beside, ...Object.values(tablesOf(flags.table)), ...written];
  return all.filter((each) => typeof each === 'string');
}

/** `funnelint audit`: reads, checks, reports, and answers with the exit code of the gate. */
export async function auditCommand(files: readonly string[], flags: AuditFlags, host: Host): Promise<number> {
  if (flags.onlyNew === true && flags.baseline === undefined) throw new FunnelintError('flag/only-new-alone');
  return withRules(files, flags, host, (chosen) => {
    checkSaveFolder(flags.save);
    return auditWith(files, chosen, flags, host);
  });
}

/** What the flags chose. */
export interface Chosen {
  readonly rules: Rules;
  readonly kinds: NonNullable<AuditRequest['kinds']>;
  readonly lang: Lang | null;
}

/**
 * Chooses the rules to audit files by, checks what is to be read, and goes on with `work`; mistakes that this finds are
 * told in the language of the rules.
 * @throws FunnelintError, RulesetError when there are no rules to speak by
 */
export async function withRules(
  files: readonly string[],
  flags: AuditedFlags,
  host: Host,
  work: (chosen: Chosen) => Promise<number>,
): Promise<number> {
  checkFileNames(files);
  const asked = requestedLang(host, flags.lang);
  const kinds = await chooseKinds(flags);
  const rules = await chooseRules(flags, host, files.find((file) => file !== STDIN) ?? null, kinds);
  const lang = asked ?? ('report' in rules ? rules.report.lang : null);
  try {
    checkHistory(rules, flags);
    checkNamedOnce(files, flags);
    return await work({ rules, kinds, lang });
  } catch (error) {
    // From here on the rules file may have said which language to speak.
    const options = { debug: flags.debug ?? false, isForActions: isForActions(flags, host) };
    return printError(error, lang ?? environmentLang(host), options, host);
  }
}

/** Views that look through the findings of a rule for some; the others show the first, as the overview does. */
const READING_ALL_FINDINGS: ReadonlySet<ViewName | null> = new Set(['standup']);

async function auditWith(
  files: readonly string[],
  { rules, kinds, lang }: Chosen,
  flags: AuditFlags,
  host: Host,
): Promise<number> {
  const { quiet = false, maxFindings, view = null } = flags;
  const { format, outputs } = chooseDestinations(flags, filesRead(files, rules, flags), host);
  const progress = createProgress(host, lang ?? environmentLang(host), quiet);
  // Only a screen can do with the first findings; what is written holds them all.
  const isOnlyShown = outputs.length === 0 && format === 'terminal' && flags.save === undefined;
  const isInActions = isForActions(flags, host);
  const needsAll = !isOnlyShown || isInActions || READING_ALL_FINDINGS.has(view);
  const findingsPerRule = needsAll ? Infinity : maxFindings;
  const metrics: AuditRequest['metrics'] = isOnlyShown && view === null ? 'overview' : 'all';
  const opened = await openFiles(files, flags.stdinFilename ?? 'stdin', host);
  const request = { ...requestOf(opened, rules, flags, host), kinds };
  const reading = { ...request.reading, onProgress: progress.report };
  const asked = { ...request, reading, lang, findingsPerRule, metrics, onStep: progress.step };
  const report = await runAudit(asked).finally(progress.stop);
  const look = { lang: report.lang, maxFindings, view, colour: flags.color, quiet };
  const save = flags.save === undefined ? null : await import('./save-report.ts');
  const saved = await save?.saveAudit(report, flags.save as string, outputs, host);
  await deliver(report, { format, outputs, ...look, isOwn: true, progress }, host).finally(progress.stop);
  if (isInActions) await writeForActions(report, { format, ...look }, host);
  if (!quiet) tellFieldsWithoutColumn(report, flags.by ?? [], host);
  tellNothingRedacted(report, host);
  if (saved !== undefined && !quiet) await save?.tellSaved(saved, { format, ...look }, host);
  if (report.gate.exitCode === 2) tellNoVerdict(report, isInActions, host);
  return report.gate.exitCode;
}

/** What the flags ask of an audit, but for how much of it is shown. */
export function requestOf(
  file: readonly InputFile[],
  ruleset: Rules,
  flags: AuditedFlags,
  host: Host,
): Omit<AuditRequest, 'lang' | 'findingsPerRule' | 'metrics'> {
  return {
    file,
    history: flags.history ?? null,
    previous: flags.previous ?? [],
    tables: tablesOf(flags.table),
    ruleset,
    asOf: flags.asOf ?? null,
    today: host.today(),
    reading: readingOf(flags),
    windowDays: windowDays(flags.window),
    by: flags.by ?? null,
    period: flags.period ?? null,
    details: flags.details === true || flags.save !== undefined,
    gate: {
      ...given('failOn', flags.failOn),
      ...given('maxWarnings', flags.maxWarnings),
      strict: flags.strict ?? false,
    },
    fallbackLang: environmentLang(host),
    ...redactionOf(flags, host),
    debug: flags.debug ?? false,
    baseline: flags.baseline === undefined ? null : readBaseline(flags.baseline),
    onlyNew: flags.onlyNew ?? false,
  };
}
