import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FunnelintError } from '../errors.ts';
import type { Lang, Text } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import { compareReports } from '../report/compare/compare.ts';
import { sinceDocument } from '../report/compare/since-document.ts';
import type { Document } from '../report/document.ts';
import type { AuditReport } from '../report/report.ts';
import type { Format } from '../reporters/index.ts';
import jsonReporter from '../reporters/json.ts';
import { renderDocument } from '../reporters/terminal.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import { type Host, wantsColour, widthOf } from './host.ts';
import { writeStream, writeWhole } from './output.ts';
import { fileIdentity, type OutputTarget } from './output-target.ts';
import { jsonFilesOf, readReportOrNull, type SavedReport } from './saved-reports.ts';

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

/** What was there for the day: replaced where it is of the same list. */
async function checkReplaced(path: string, report: AuditReport, host: Host): Promise<boolean> {
  if (!existsSync(path)) return false;
  const there = await readReportOrNull(path, host);
  if (there !== null && listName(there) !== listName(report)) {
    throw new FunnelintError('save/other-list', { file: path, other: dealFiles(there) });
  }
  return true;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
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
}

/**
 * Saves a report as `<folder>/<as-of day>.json`; the folder is made where it is not there. A report of the same day and
 * list is replaced; one without a verdict is not saved, for it would be a gap in every trend.
 * @throws FunnelintError `save/other-list`, `output/…`
 */
export async function saveAudit(
  report: AuditReport,
  folder: string,
  outputs: readonly OutputTarget[],
  host: Host,
): Promise<Saved> {
  if (report.gate.exitCode === 2) return { report, path: null, replaced: false, last: null };
  const path = join(folder, `${report.asOf.date}.json`);
  if (outputs.some((output) => fileIdentity(output.path) === fileIdentity(path))) {
    throw new FunnelintError('output/twice', { file: path });
  }
  const replaced = await checkReplaced(path, report, host);
  makeFolder(folder);
  const look = { lang: report.lang, width: 0, colour: false, document: (): Document => [] };
  writeWhole(path, jsonReporter.render(report, look));
  return { report, path, replaced, last: await lastReport(report, folder, host) };
}

async function lastReport(report: AuditReport, folder: string, host: Host): Promise<SavedReport | null> {
  const earlier = jsonFilesOf(folder)
    .filter((file) => SAVED_NAME.test(basename(file)) && basename(file, '.json') < report.asOf.date)
    .reverse();
  for (const file of earlier) {
    const saved = await readReportOrNull(file, host);
    if (saved !== null && listName(saved) === listName(report)) return { file, report: saved };
  }
  return null;
}

const SAVED: Text = { en: 'saved {path}', zh: '已保存 {path}' };
const REPLACED: Text = { en: 'replaced {path}', zh: '已替换 {path}' };
const NOT_SAVED: Text = { en: 'not saved: there is no verdict', zh: '未保存：没有结论' };

/** Says on stderr what was saved, and in the terminal, under the report, what has changed since the last one. */
export async function tellSaved(
  { report, path, replaced, last }: Saved,
  look: { readonly format: Format; readonly lang: Lang; readonly colour: 'auto' | 'always' | 'never' },
  host: Host,
): Promise<void> {
  const { format, lang, colour } = look;
  const text = path === null ? NOT_SAVED : replaced ? REPLACED : SAVED;
  if (last !== null && path !== null && format === 'terminal') {
    const since = sinceDocument(compareReports(last, { file: path, report }), lang);
    const drawn = { lang, width: widthOf(host, host.stdout), colour: wantsColour(host, host.stdout, colour) };
    await writeStream(host.stdout, `\n${renderDocument(since, drawn)}`);
  }
  host.stderr.write(`${createTranslator(lang, report.labels).text(text, { path })}\n`);
}
