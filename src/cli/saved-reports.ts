import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FunnelintError } from '../errors.ts';
import type { AuditReport } from '../report/report.ts';
import { isRegularFile } from '../source/file-kind.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import type { Host } from './host.ts';
import { fileIdentity } from './output-path.ts';
import { readReport } from './saved-report.ts';

/** A saved report, and where it was found. */
export interface SavedReport {
  readonly file: string;
  readonly report: AuditReport;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A pipe or device, which a folder may hold and nobody named. */
function isNoFile(path: string): boolean {
  return existsSync(path) && !isFolder(path) && !isRegularFile(path);
}

/** The JSON files of a folder in order of their names. */
export function jsonFilesOf(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.json$/i.test(name));
    const paths = names.sort().map((name) => join(folder, name));
    return paths.filter((path) => !isNoFile(path));
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    throw new FunnelintError('file/not-readable', { file: folder, reason: { text: systemReason(code) } });
  }
}

/** A report of a folder, null where the file is something else; one of a newer contract is not passed over. */
export async function readReportOrNull(file: string, host: Host): Promise<AuditReport | null> {
  if (isNoFile(file)) return null;
  try {
    return await readReport(file, host);
  } catch (error) {
    if (error instanceof FunnelintError && error.code === 'report/not-valid') return null;
    throw error;
  }
}

/**
 * Reads saved reports one after the other, so that only one has to be held: files, and all those of folders. What a
 * folder holds besides reports is told to `skip`.
 * @throws FunnelintError `trend/no-report` for a folder without any, `trend/not-a-report` for an export
 */
export async function* readReports(
  paths: readonly string[],
  skip: (file: string) => void,
  host: Host,
): AsyncGenerator<SavedReport> {
  const seen = new Set<string>();
  const isNew = (file: string): boolean => {
    const identity = fileIdentity(file);
    const known = seen.has(identity);
    seen.add(identity);
    return !known;
  };
  for (const path of paths) {
    if (isFolder(path)) yield* reportsOfFolder(path, isNew, skip, host);
    else if (!/\.json$/i.test(path)) throw notAReport(path, host);
    else if (isNew(path)) yield { file: path, report: await readReport(path, host) };
  }
}

function notAReport(file: string, { folder }: Host): FunnelintError {
  const exists = statSync(file, { throwIfNoEntry: false }) !== undefined;
  return exists
    ? new FunnelintError('trend/not-a-report', { file })
    : new FunnelintError('file/not-found', { file, folder });
}

async function* reportsOfFolder(
  folder: string,
  isNew: (file: string) => boolean,
  skip: (file: string) => void,
  host: Host,
): AsyncGenerator<SavedReport> {
  let reports = 0;
  for (const file of jsonFilesOf(folder)) {
    const report = await readReportOrNull(file, host);
    if (report === null) {
      skip(file);
      continue;
    }
    reports += 1;
    if (isNew(file)) yield { file, report };
  }
  if (reports === 0) throw new FunnelintError('trend/no-report', { folder });
}
