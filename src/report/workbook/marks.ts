import { say } from '../../i18n/text.ts';
import { columnPosition } from '../../source/place.ts';
import { type FindingRow, findingRows } from '../finding-rows.ts';
import type { ReportFinding } from '../report.ts';
import type { Frame } from './frame.ts';
import { SEVERITY_WORDS } from './words.ts';
import { MOST_COLUMNS, MOST_ROWS } from './workbook.ts';

type Severity = ReportFinding['severity'];

/** A cell that findings are about. */
export interface CellMark {
  /** The gravest of its findings. */
  severity: Severity;
  /** What they say, a paragraph each, the first few; null where the sheet has too many notes already. */
  readonly texts: string[] | null;
  findings: number;
}

/** A row of a list that findings are about. */
export interface RowMark {
  /** Rows of the sheet of findings; the first one is the gravest. */
  readonly findingRow: number;
  /** Of that finding; null where it would not tell its row. */
  readonly fingerprint: string | null;
  findings: number;
  /** By 0-based column. */
  readonly cells: Map<number, CellMark>;
}

/** Where the findings stand in the workbook. */
export interface Marks {
  /** By list: its rows that findings are about, by 1-based row. */
  readonly ofList: readonly ReadonlyMap<number, RowMark>[];
  /** Row of the first finding of each rule. */
  readonly ofRule: ReadonlyMap<string, number>;
  /** Findings that have no room on their sheet. */
  readonly leftOut: number;
  /** Cells without a note, as there are too many. */
  readonly cellsWithoutNote: number;
}

/** Row of the first finding. */
export const FIRST_FINDING_ROW = 2;
/** Each note is a shape of its own: a sheet with more of them takes a spreadsheet minutes to open. */
export const MOST_NOTES = 20_000;
/** Links that are found by fingerprint each look through all findings. */
export const MOST_FOUND = 2_000;
/** A note is read at a glance, or not at all. */
const MOST_TEXTS = 8;

const CELL = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
const RANK: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };
const NOTE = say('[{severity}] {rule}\n{message}', '【{severity}】{rule}\n{message}');
const MORE = say('… and {more} more findings', '……另有 {more} 个问题');
const MORE_ONE = say('… and 1 more finding', '……另有 1 个问题');
const ADVICE = say('→ {advice}', '→ {advice}');

/** Row (1-based) and column (0-based) of a cell by its name; null for what is none. */
export function cellAt(name: string): { readonly row: number; readonly position: number } | null {
  const [, letters, digits] = CELL.exec(name) ?? [];
  if (letters === undefined || digits === undefined) return null;
  const position = columnPosition(letters);
  const row = Number(digits);
  return position >= MOST_COLUMNS || row > MOST_ROWS ? null : { row, position };
}

/** What tells a list from the others. */
export function listKey({ file, sheet }: { readonly file: string; readonly sheet: string | null }): string {
  return JSON.stringify([file, sheet]);
}

function noteText({ finding, rule, message, advice }: FindingRow, { translator }: Frame): string {
  const severity = translator.text(SEVERITY_WORDS[finding.severity]);
  // Each slot is safe by itself; the template's own line breaks stay.
  const lines = NOTE[translator.lang].replace(/\{(severity|rule|message)\}/g, (_, slot) =>
    slot === 'severity' ? severity : slot === 'rule' ? rule.id : message,
  );
  return advice === '' ? lines : `${lines}\n${ADVICE[translator.lang].replace('{advice}', () => advice)}`;
}

/** The marks of one list. */
interface ListMarks {
  readonly rows: Map<number, RowMark>;
  notes: number;
  cellsWithoutNote: number;
}

/** Fingerprints that tell a finding from all others; empty where there are too many to look through. */
function tellingFingerprints({ findings }: Frame['report']): ReadonlySet<string> {
  if (findings.length > MOST_FOUND) return new Set();
  const times = new Map<string, number>();
  for (const { fingerprint } of findings) times.set(fingerprint, (times.get(fingerprint) ?? 0) + 1);
  return new Set([...times].flatMap(([fingerprint, count]) => (count === 1 ? [fingerprint] : [])));
}

/** Finds the place of every finding, on its sheet and in the lists. */
export function marksOf(frame: Frame): Marks {
  const lists = frame.lists.map((): ListMarks => ({ rows: new Map(), notes: 0, cellsWithoutNote: 0 }));
  const listOf = new Map(frame.lists.flatMap(({ input, sheet }, at) => (sheet ? [[listKey(input), lists[at]]] : [])));
  const telling = tellingFingerprints(frame.report);
  const ofRule = new Map<string, number>();
  let row = FIRST_FINDING_ROW;
  let leftOut = 0;
  for (const found of findingRows(frame.report, frame.translator)) {
    if (row > MOST_ROWS) {
      leftOut++;
      continue;
    }
    if (!ofRule.has(found.rule.id)) ofRule.set(found.rule.id, row);
    const list = listOf.get(listKey(found.finding.at));
    if (list !== undefined) markFinding(list, found, rowMarkOf(found, row, telling), frame);
    row++;
  }
  return {
    ofList: lists.map(({ rows }) => rows),
    ofRule,
    leftOut,
    cellsWithoutNote: lists.reduce((sum, list) => sum + list.cellsWithoutNote, 0),
  };
}

function rowMarkOf(
  { finding: { fingerprint } }: FindingRow,
  findingRow: number,
  telling: ReadonlySet<string>,
): RowMark {
  return {
    findingRow,
    fingerprint: telling.has(fingerprint) ? fingerprint : null,
    findings: 0,
    cells: new Map<number, CellMark>(),
  };
}

function markFinding(list: ListMarks, found: FindingRow, newMark: RowMark, frame: Frame): void {
  const { at, severity } = found.finding;
  const place = at.cell === null ? null : cellAt(at.cell);
  if (place === null) return;
  const row = list.rows.get(place.row) ?? newMark;
  list.rows.set(place.row, row);
  row.findings++;
  const cell = row.cells.get(place.position) ?? startCell(list, severity);
  row.cells.set(place.position, cell);
  cell.findings++;
  if (RANK[severity] < RANK[cell.severity]) cell.severity = severity;
  if (cell.texts !== null && cell.texts.length < MOST_TEXTS) cell.texts.push(noteText(found, frame));
}

function startCell(list: ListMarks, severity: Severity): CellMark {
  const hasNote = list.notes < MOST_NOTES;
  if (hasNote) list.notes++;
  else list.cellsWithoutNote++;
  return { severity, texts: hasNote ? [] : null, findings: 0 };
}

/** What a reader is told of a cell; null where it has no note. */
export function noteOf({ texts, findings }: CellMark, { translator }: Frame): string | null {
  if (texts === null) return null;
  const more = findings - texts.length;
  const rest = more > 0 ? [translator.text(more === 1 ? MORE_ONE : MORE, { more })] : [];
  return [...texts, ...rest].join('\n\n');
}
