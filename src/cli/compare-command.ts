import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { runAudit } from '../audit.ts';
import { dateInFileName } from '../dataset/as-of.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import { FunnelintError } from '../errors.ts';
import type { Lang } from '../i18n/text.ts';
import { parseIsoDay } from '../kinds/option-types.ts';
import { compareReports } from '../report/compare/compare.ts';
import type { NamedReport } from '../report/compare/comparison.ts';
import { comparisonDocument } from '../report/compare/comparison-document.ts';
import { openFiles, STDIN } from './audit-file.ts';
import { chooseDocumentDestinations, deliverDocument } from './document-output.ts';
import { environmentLang, type Host, requestedLang } from './host.ts';
import type { PrintFlags } from './print-document.ts';
import { createProgress } from './progress.ts';
import { type ReadingFlags, readingOf } from './reading-flags.ts';
import { type RedactFlags, redactionOf } from './redact-flags.ts';
import { chooseKinds, chooseRules, type RulesFlags } from './rules-choice.ts';
import { readReport } from './saved-report.ts';

export interface CompareFlags extends RulesFlags, ReadingFlags, PrintFlags, RedactFlags {
  readonly asOf?: string;
  readonly asOfBefore?: string;
  readonly output?: readonly string[];
  readonly maxDeals: number;
  readonly lang?: Lang;
  readonly debug?: boolean;
}

/** A file that is a saved report by its name; anything else is an export. */
function isSavedReport(file: string): boolean {
  return /\.json$/i.test(file);
}

/** The day of an export: the flag, else the date in its name, else null. */
function dayOfExport(file: string, flag: string | undefined, name: string): string | null {
  if (flag !== undefined && parseIsoDay(flag) === null) {
    throw new FunnelintError('flag/no-date', { flag: name, value: flag });
  }
  const named = dateInFileName(file);
  return flag ?? (named === null ? null : isoOf(named));
}

interface Side {
  readonly file: string;
  readonly asOf: string | null;
  /** Whether the rules file and the clock may say which day it is. */
  readonly isNow: boolean;
}

async function auditExport({ file, asOf, isNow }: Side, flags: CompareFlags, host: Host): Promise<NamedReport> {
  // Of a file that is not there nobody has to say which day it is.
  if (file !== STDIN && !existsSync(file)) throw new FunnelintError('file/not-found', { file, folder: host.folder });
  if (asOf === null && !isNow) throw new FunnelintError('compare/no-date', { file });
  const [opened = file] = await openFiles([file], flags.stdinFilename ?? 'stdin', host);
  const kinds = await chooseKinds(flags);
  const progress = createProgress(host, environmentLang(host), flags.quiet ?? false);
  const report = await runAudit({
    file: opened,
    history: null,
    previous: [],
    ruleset: await chooseRules(flags, host, file === STDIN ? null : file, kinds),
    kinds,
    asOf,
    today: host.today(),
    reading: { ...readingOf(flags), onProgress: progress.report },
    windowDays: null,
    by: null,
    period: null,
    details: true,
    gate: {},
    lang: null,
    fallbackLang: environmentLang(host),
    findingsPerRule: Number.POSITIVE_INFINITY,
    ...redactionOf(flags, host),
    metrics: 'all',
    debug: flags.debug ?? false,
  }).finally(progress.stop);
  return { file: basename(file), report };
}

async function readSide(side: Side, flags: CompareFlags, host: Host): Promise<NamedReport> {
  if (!isSavedReport(side.file)) return auditExport(side, flags, host);
  return { file: basename(side.file), report: await readReport(side.file, host) };
}

/** `funnelint compare`: what changed between two exports, or two saved reports, of one list. */
export async function compareCommand(before: string, after: string, flags: CompareFlags, host: Host): Promise<number> {
  if (before === STDIN && after === STDIN) throw new FunnelintError('flag/file-twice', { file: STDIN });
  const { format, outputs } = chooseDocumentDestinations(flags, [before, after], host);
  const sides: readonly [Side, Side] = [
    { file: before, asOf: dayOfExport(before, flags.asOfBefore, '--as-of-before'), isNow: false },
    { file: after, asOf: dayOfExport(after, flags.asOf, '--as-of'), isNow: true },
  ];
  const first = await readSide(sides[0], flags, host);
  const second = await readSide(sides[1], flags, host);
  const comparison = compareReports(first, second);
  const lang = requestedLang(host, flags.lang) ?? second.report.lang;
  const printable = {
    document: () => comparisonDocument(comparison, { lang, maxDeals: flags.maxDeals }),
    json: () => comparison,
  };
  await deliverDocument(printable, lang, { ...flags, format, outputs }, host);
  return 0;
}
