import { FunnelintError } from './errors.ts';
import { redactedTable } from './report/redacted-table.ts';
import type { AuditReport, ReportInput } from './report/report.ts';
import type { BesideRow, SourceCopy } from './report/source-copy.ts';
import { isOwnFile, isRegularFile } from './source/file-kind.ts';
import { readSheets } from './source/read-sheet.ts';
import type { ReadOptions, Sheet } from './source/sheet.ts';

/** What the report calls a list that came through standard input and was given no name. */
const STREAM = 'stdin';

function lost(file: string, missing: NonNullable<SourceCopy['missing']>): SourceCopy {
  return { file, table: null, missing };
}

function notThere(file: string): SourceCopy {
  return lost(file, file === STREAM ? 'stream' : 'gone');
}

/** A column goes by its header, and one of several tables in an archive by `archive entry/sheet`. */
function optionsOf(input: ReportInput, onRecord: NonNullable<ReadOptions['onRecord']>): ReadOptions {
  const { sheet, headerRow, delimiter, encoding, columns } = input;
  const known = new Set(columns.flatMap(({ header, field }) => (field === null ? [] : [header])));
  return {
    knownHeader: (header) => known.has(header),
    choose: (headers) => headers.map((_, position) => position),
    headerRow,
    anyTable: true,
    onRecord,
    ...(sheet === null ? {} : { sheet }),
    ...(delimiter === null ? {} : { delimiter }),
    ...(encoding === null ? {} : { encoding }),
  };
}

/** Sheets of a workbook within an archive are asked for by the entry, which the report names before the sheet. */
function sheetsToTry(sheet: string | null): readonly (string | null)[] {
  const names = [sheet];
  for (let at = sheet?.lastIndexOf('/') ?? -1; at > 0; at = sheet?.lastIndexOf('/', at - 1) ?? -1) {
    names.push(sheet?.slice(0, at) ?? null);
  }
  return names;
}

async function readTable(input: ReportInput, onRecord: NonNullable<ReadOptions['onRecord']>): Promise<Sheet | null> {
  for (const sheet of sheetsToTry(input.sheet)) {
    try {
      const sheets = await readSheets(input.file, optionsOf({ ...input, sheet }, onRecord));
      const found = sheets.find((each) => each.sheet === input.sheet);
      if (found !== undefined) return found;
    } catch (error) {
      if (!(error instanceof FunnelintError) || error.code !== 'table/no-sheet') throw error;
    }
  }
  return null;
}

/** Rows that the report says are no deals, and what stands above them; they come before the table is known. */
function collectBeside({ setAside, headerRow }: ReportInput) {
  const wanted = new Set(setAside.map(({ row }) => row));
  const found = new Map<number, readonly string[]>();
  const onRecord = (cells: readonly string[], row: number): void => {
    if (row > 0 && (row <= headerRow || wanted.has(row))) found.set(row, [...cells]);
  };
  const rows = (): BesideRow[] => [...found].sort(([a], [b]) => a - b).map(([row, cells]) => ({ row, cells }));
  return { onRecord, rows };
}

/** Pipes and devices do not come back; a saved report can name anything, which is looked at before it is opened. */
async function readCopy(input: ReportInput, isSaved: boolean): Promise<SourceCopy> {
  const { file, sha256 } = input;
  const canBeRead = isSaved ? isOwnFile : isRegularFile;
  if (!canBeRead(file)) return notThere(file);
  const { onRecord, rows } = collectBeside(input);
  try {
    const table = await readTable(input, onRecord);
    if (table === null || table.digest.sha256 !== sha256) return lost(file, 'changed');
    return { file, table, beside: rows(), missing: null };
  } catch (error) {
    if (!(error instanceof FunnelintError)) throw error;
    const isGone = error.code === 'file/not-found' || error.code === 'file/not-readable';
    return isGone ? notThere(file) : lost(file, 'changed');
  }
}

/**
 * The lists of deals of a report, read again with every column, in the order of its inputs. A file that is gone or
 * another one by now is said to be so; of a redacted report only what nobody can be known by is kept.
 * @param isSaved the report was read from a file, so that nobody vouches for its paths: no share is opened
 */
export async function readSourceCopies(report: AuditReport, isSaved = true): Promise<readonly SourceCopy[]> {
  const copies: SourceCopy[] = [];
  for (const input of report.inputs) {
    if (input.role !== 'deals') continue;
    const copy = await readCopy(input, isSaved);
    copies.push(report.redacted === undefined ? copy : redactedTable(copy, input, report.redacted.fields));
  }
  return copies;
}
