import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { errorText, FunnelintError } from '../errors.ts';
import { safeText } from '../i18n/safe-text.ts';
import type { Lang, Text } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import { compareReports } from '../report/compare/compare.ts';
import { sinceDocument } from '../report/compare/since-document.ts';
import { type Document, paragraph, span } from '../report/document.ts';
import { findingsOfSeverity } from '../report/kept-findings.ts';
import type { AuditReport } from '../report/report.ts';
import { savedForm } from '../report/saved-form.ts';
import type { ViewName } from '../report/views/names.ts';
import type { Format } from '../reporters/index.ts';
import { jsonPieces } from '../reporters/json.ts';
import { renderDocument } from '../reporters/terminal.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import { type Host, wantsColour, widthOf } from './host.ts';
import { tellOnStderr } from './inert-output.ts';
import { fileIdentity } from './output-path.ts';
import type { OutputTarget } from './output-target.ts';
import { printRendered } from './print-rendered.ts';
import { readReport } from './saved-report.ts';
import { jsonFilesOf, readReportOrNull, type SavedReport } from './saved-reports.ts';
import { writeFiles } from './write-files.ts';

/** Name of a saved report: its as-of day. */
const SAVED_NAME = /^\d{4}-\d{2}-\d{2}\.json$/;

/** What the exports of one list have in common in their names: not the date, nor the “(1)” of a download. */
function listName({ inputs }: AuditReport): string {
  const names = inputs
    .filter(({ role }) => role === 'deals')
    .map(({ file }) =>
      basename(file.replaceAll('\\', '/'))
        .replace(/\.[^.]*$/, '')
        .toLowerCase()
        .replace(/[^\p{L}]+/gu, ''),
    );
  return [...new Set(names)].sort().join('+');
}

function dealFiles({ inputs }: AuditReport): string {
  const files = inputs.filter(({ role }) => role === 'deals').map(({ file }) => file);
  return [...new Set(files)].join(', ');
}

/** What was there for the day: replaced where it is a report of the same list, and nothing else ever is. */
async function checkReplaced(path: string, report: AuditReport, host: Host): Promise<boolean> {
  if (!existsSync(path)) return false;
  const there = await readReportOrNull(path, host);
  if (there === null) throw new FunnelintError('save/no-report', { file: path });
  if (listName(there) !== listName(report)) {
    throw new FunnelintError('save/other-list', { file: path, other: dealFiles(there) });
  }
  return true;
}

/**
 * Makes a folder and the missing ones above it, one at a time: with `recursive` Node never comes back where none can be
 * made, as on `/proc`.
 */
function makeFolder(folder: string): void {
  const missing: string[] = [];
  let at = resolve(folder);
  // A drive that is not there is its own parent.
  while (!existsSync(at) && !missing.includes(at)) {
    missing.push(at);
    at = dirname(at);
  }
  try {
    for (const each of missing.reverse()) mkdirSync(each);
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new FunnelintError('output/not-writable', { file: folder, reason: { text: systemReason(code) } });
  }
}

/** A report that was saved, what it replaced, and what has changed since the one before. */
export interface Saved {
  readonly report: AuditReport;
  /** Null where there was nothing to save. */
  readonly path: string | null;
  readonly replaced: boolean;
  /** The newest report of the same list and an earlier day in the same folder; null for none. */
  readonly last: SavedReport | null;
  /** Why files of the folder, or all of it, could not be read while looking for that one. */
  readonly unread: readonly FunnelintError[];
}

/**
 * Saves a report as `<folder>/<as-of day>.json`; the folder is made where it is not there. A report of the same day and
 * list is replaced; one without a verdict is not saved, for it would be a gap in every trend. Of a rule with very many
 * findings only some are kept (`savedForm`), so that the report can be read back.
 * @throws FunnelintError `save/no-report`, `save/other-list`, `output/…`
 */
export async function saveAudit(
  report: AuditReport,
  folder: string,
  outputs: readonly OutputTarget[],
  host: Host,
): Promise<Saved> {
  if (report.gate.exitCode === 2) return { report, path: null, replaced: false, last: null, unread: [] };
  const path = join(folder, `${report.asOf.date}.json`);
  if (outputs.some((output) => fileIdentity(output.path) === fileIdentity(path))) {
    throw new FunnelintError('output/twice', { file: path });
  }
  const replaced = await checkReplaced(path, report, host);
  makeFolder(folder);
  await writeFiles([{ path, content: jsonPieces(savedForm(report)) }], host);
  return { report, path, replaced, ...(await lastReport(report, folder, host)) };
}

/** Runs a reading that must not end an audit that is done: what is wrong with the files is put down in `unread`. */
async function tried<Value>(read: () => Value | Promise<Value>, unread: FunnelintError[]): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FunnelintError)) throw error;
    unread.push(error);
    return null;
  }
}

async function lastReport(report: AuditReport, folder: string, host: Host): Promise<Pick<Saved, 'last' | 'unread'>> {
  const unread: FunnelintError[] = [];
  const files = (await tried(() => jsonFilesOf(folder), unread)) ?? [];
  const earlier = files
    .filter((file) => SAVED_NAME.test(basename(file)) && basename(file, '.json') < report.asOf.date)
    .reverse();
  for (const file of earlier) {
    const saved = await tried(() => readReport(file, host), unread);
    if (saved !== null && listName(saved) === listName(report)) return { last: { file, report: saved }, unread };
  }
  return { last: null, unread };
}

const SAVED: Text = { en: 'saved {path}', zh: '已保存 {path}' };
const REPLACED: Text = { en: 'replaced {path}', zh: '已替换 {path}' };
const NOT_SAVED: Text = { en: 'not saved: there is no verdict', zh: '未保存：没有结论' };

const AS_MANY: Text = {
  en: 'as many findings as on {date} (funnelint compare {before} {after})',
  zh: '问题条数与 {date} 相同（funnelint compare {before} {after}）',
};

/** `34 findings more than on 2026-08-03 (…)` */
function differenceText(more: number): Text {
  if (more === 0) return AS_MANY;
  const findings = Math.abs(more) === 1 ? 'finding' : 'findings';
  return {
    en: `{count} ${findings} ${more > 0 ? 'more' : 'fewer'} than on {date} (funnelint compare {before} {after})`,
    zh: `比 {date} ${more > 0 ? '多' : '少'} {count} 条问题（funnelint compare {before} {after}）`,
  };
}

function findingCount(report: AuditReport): number {
  const of = (severity: 'error' | 'warn' | 'info'): number => findingsOfSeverity(report, severity);
  return of('error') + of('warn') + of('info');
}

/** What has changed since the last report, in the one line that a page for one purpose has room for. */
function sinceLine(last: SavedReport, { report, path }: Saved, lang: Lang): Document {
  const more = findingCount(report) - findingCount(last.report);
  const { asOf } = last.report;
  const args = { count: Math.abs(more), date: { date: asOf.date }, before: last.file, after: path };
  return [paragraph([span(createTranslator(lang, report.labels).text(differenceText(more), args), 'muted')])];
}

/** Says on stderr what was saved, and in the terminal, under the report, what has changed since the last one. */
export async function tellSaved(
  saved: Saved,
  look: {
    readonly format: Format;
    readonly lang: Lang;
    readonly colour: 'auto' | 'always' | 'never';
    readonly view: ViewName | null;
  },
  host: Host,
): Promise<void> {
  const { report, path, replaced, last, unread } = saved;
  const { format, lang, colour, view } = look;
  const text = path === null ? NOT_SAVED : replaced ? REPLACED : SAVED;
  if (last !== null && path !== null && format === 'terminal') {
    const since =
      view === null ? sinceDocument(compareReports(last, { file: path, report }), lang) : sinceLine(last, saved, lang);
    const drawn = { lang, width: widthOf(host, host.stdout), colour: wantsColour(host, host.stdout, colour) };
    await printRendered(`\n${renderDocument(since, drawn)}`, host);
  }
  for (const { code, args } of unread) tellOnStderr(`funnelint: ${safeText(errorText(code, args, lang))}\n`, host);
  tellOnStderr(`${createTranslator(lang, report.labels).text(text, { path })}\n`, host);
}
