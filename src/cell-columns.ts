import { FunnelintError } from './errors.ts';
import type { InputFile, InputRequest } from './read-inputs.ts';
import type { AuditReport, ReportFinding, ReportInput } from './report/report.ts';
import type { ByteSource } from './source/byte-source.ts';
import { columnPosition } from './source/cell-name.ts';
import { NOT_ON_LINE, readCellColumns, type WantedCells } from './source/read-cell-columns.ts';

/** The files that were read for a report. */
type FilesRead = Pick<InputRequest, 'file' | 'history' | 'previous' | 'tables' | 'reading'>;

/** The findings are in no text file. */
const NO_TEXT = -1;

/** The report with the character column of every finding at a cell of a text file. Each such file is read once more. */
export async function withCellColumns(report: AuditReport, request: FilesRead): Promise<AuditReport> {
  const { findings, inputs } = report;
  const texts = new Map<string, TextFindings>();
  for (const input of inputs) if (input.delimiter !== null) texts.set(tableName(input), { input, indexes: [] });
  if (texts.size === 0) return report;
  const columns = new Int32Array(findings.length).fill(NO_TEXT);
  for (const [index, { at }] of findings.entries()) {
    const text = texts.get(tableName(at));
    if (text === undefined) continue;
    columns[index] = NOT_ON_LINE;
    if (at.cell !== null && at.line !== null) text.indexes.push(index);
  }
  for (const text of texts.values()) await locate(text, findings, request, columns);
  return { ...report, findings: findings.map((finding, index) => withColumn(finding, columns[index])) };
}

/** A text file and the findings at cells of it. */
interface TextFindings {
  readonly input: ReportInput;
  readonly indexes: number[];
}

function withColumn(finding: ReportFinding, column = NO_TEXT): ReportFinding {
  if (column === NO_TEXT) return finding;
  const { file, sheet, cell, line } = finding.at;
  return { ...finding, at: { file, sheet, cell, line, column: column === NOT_ON_LINE ? null : column } };
}

function tableName({ file, sheet }: Pick<ReportInput, 'file' | 'sheet'>): string {
  return sheet === null ? file : `${file}\n${sheet}`;
}

/** Writes the columns of the cells of one file. */
async function locate(
  { input, indexes }: TextFindings,
  findings: readonly ReportFinding[],
  request: FilesRead,
  columns: Int32Array,
): Promise<void> {
  if (indexes.length === 0) return;
  const sorted = sortedByLine(indexes, findings);
  const found = await columnsIn(input, request, {
    lines: sorted.map((index) => findings[index]?.at.line ?? 0),
    positions: sorted.map((index) => columnPosition(/^[A-Z]*/.exec(findings[index]?.at.cell ?? '')?.[0] ?? '')),
  });
  if (found === null) return;
  for (let order = 0; order < sorted.length; order++) columns[sorted[order] as number] = found[order] as number;
}

/** More than there can be findings. */
const INDEX_SPAN = 2 ** 26;

/** Numbers sort many times faster than by comparing what they stand for. */
function sortedByLine(indexes: readonly number[], findings: readonly ReportFinding[]): Int32Array {
  const keys = Float64Array.from(indexes, (index) => (findings[index]?.at.line ?? 0) * INDEX_SPAN + index).sort();
  return Int32Array.from(keys, (key) => key % INDEX_SPAN);
}

/** Null where the file cannot be read again: the verdict stands without the columns. */
async function columnsIn(input: ReportInput, request: FilesRead, cells: WantedCells): Promise<Int32Array | null> {
  const { role, sheet, sha256, delimiter } = input;
  const askedEncoding = role === 'deals' ? request.reading.encoding : undefined;
  try {
    return await readCellColumns(
      sourceOf(input, request),
      { sheet, sha256, delimiter: delimiter ?? '', askedEncoding },
      cells,
    );
  } catch (error) {
    if (error instanceof FunnelintError) return null;
    throw error;
  }
}

/** The bytes of a file that came without a path, else its path. */
function sourceOf({ file }: ReportInput, request: FilesRead): InputFile {
  const { file: deals, history, previous, tables = {} } = request;
  const given = [deals, history, previous, Object.values(tables)].flat() as (InputFile | null)[];
  const held = given.find(
    (each): each is ByteSource => each !== null && typeof each !== 'string' && each.name === file,
  );
  return held ?? file;
}
