import { foldHeader } from '../i18n/fold.ts';
import {
  cellOf,
  NO_CELL,
  type RawColumn,
  type SetAsideReason,
  type SetAsideRow,
  type Sheet,
  type SheetPart,
} from './sheet.ts';

interface JoinedHeader {
  readonly text: string;
  /** One a sheet: index into its headers, -1 where it has none of that name. */
  readonly indexes: number[];
}

/**
 * Puts sheets of one list together, row after row. Columns are joined by header, a repeated one in order of its
 * repetition; the list has the headers of all, in order of first appearance, and each row knows its file.
 */
export function joinSheets(sheets: readonly Sheet[]): Sheet {
  const [first] = sheets;
  if (first === undefined) throw new Error('no sheets to join');
  if (sheets.length === 1) return first;
  const headers = joinHeaders(sheets);
  const parts = sheets.map((sheet, part) => partOf(sheet, part, headers));
  const rowCount = sheets.reduce((sum, sheet) => sum + sheet.rowCount, 0);
  return {
    ...first,
    headers: headers.map(({ text }, position) => ({ text, position })),
    columns: headers.flatMap((header, position) => joinColumn(sheets, header, position, rowCount)),
    rowCount,
    rows: concatenated(sheets.map(({ rows }) => rows)),
    lines: concatenated(sheets.map(({ lines }) => lines)),
    setAside: parts.flatMap(({ setAside }) => setAside),
    blankRows: sheets.reduce((sum, sheet) => sum + sheet.blankRows, 0),
    notices: sheets.flatMap(({ notices }) => notices),
    parts,
    partOfRow: concatenated(sheets.map(({ rowCount: rows }, part) => new Int32Array(rows).fill(part))),
  };
}

function joinHeaders(sheets: readonly Sheet[]): JoinedHeader[] {
  const byKey = new Map<string, JoinedHeader>();
  for (const [sheet, { headers }] of sheets.entries()) {
    const times = new Map<string, number>();
    for (const [index, { text }] of headers.entries()) {
      const name = foldHeader(text);
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      const key = `${name}\n${time}`;
      const header = byKey.get(key) ?? { text, indexes: sheets.map(() => -1) };
      byKey.set(key, header);
      header.indexes[sheet] = index;
    }
  }
  return [...byKey.values()];
}

function partOf(sheet: Sheet, part: number, headers: readonly JoinedHeader[]): SheetPart {
  const { file, sheet: name, digest, format, encoding, delimiter, headerRow, headerLine, rowCount, blankRows } = sheet;
  const positionOf = ({ indexes }: JoinedHeader): number => sheet.headers[indexes[part] ?? -1]?.position ?? -1;
  return {
    file,
    sheet: name,
    digest,
    format,
    encoding,
    delimiter,
    headerRow,
    headerLine,
    headers: sheet.headers,
    positions: Int32Array.from(headers, positionOf),
    rowCount,
    setAside: sheet.setAside.map((row) => ({ ...row, part })),
    blankRows,
    notices: sheet.notices,
  };
}

/** One column of the list; none where no sheet kept it. */
function joinColumn(
  sheets: readonly Sheet[],
  { text, indexes }: JoinedHeader,
  position: number,
  rowCount: number,
): RawColumn[] {
  const kept = sheets.map((sheet, part) => {
    const own = sheet.headers[indexes[part] ?? -1]?.position;
    return own === undefined ? undefined : sheet.columns.find((column) => column.position === own);
  });
  if (kept.every((column) => column === undefined)) return [];
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(rowCount).fill(NO_CELL);
  let start = 0;
  for (const [part, column] of kept.entries()) {
    if (column !== undefined) recode(column, codes, start, codeOf);
    start += sheets[part]?.rowCount ?? 0;
  }
  return [{ header: text, position, codes, values: [...codeOf.keys()] }];
}

function recode(column: RawColumn, codes: Int32Array, start: number, codeOf: Map<string, number>): void {
  const joined = Int32Array.from(column.values, (value) => {
    const known = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, known);
    return known;
  });
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row] as number;
    codes[start + row] = code === NO_CELL ? NO_CELL : (joined[code] as number);
  }
}

function concatenated(arrays: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

const EXCERPT_CELLS = 4;

/** Moves rows out of a list put together from several files, with the reason. */
export function setRowsAside(sheet: Sheet, aside: Uint8Array, reason: SetAsideReason): Sheet {
  const kept: number[] = [];
  const moved: SetAsideRow[] = [];
  for (let row = 0; row < sheet.rowCount; row++) {
    if (aside[row] === 0) kept.push(row);
    else moved.push(asideRow(sheet, row, reason));
  }
  if (moved.length === 0) return sheet;
  const pick = (from: Int32Array): Int32Array => Int32Array.from(kept, (row) => from[row] as number);
  const partOfRow = pick(sheet.partOfRow ?? new Int32Array(sheet.rowCount));
  return {
    ...sheet,
    columns: sheet.columns.map((column) => ({ ...column, codes: pick(column.codes) })),
    rowCount: kept.length,
    rows: pick(sheet.rows),
    lines: pick(sheet.lines),
    setAside: [...sheet.setAside, ...moved],
    partOfRow,
    ...(sheet.parts === undefined ? {} : { parts: sheet.parts.map((part, index) => without(part, index, moved)) }),
  };
}

function without(part: SheetPart, index: number, moved: readonly SetAsideRow[]): SheetPart {
  const own = moved.filter((row) => row.part === index);
  return { ...part, rowCount: part.rowCount - own.length, setAside: [...part.setAside, ...own] };
}

function asideRow(sheet: Sheet, row: number, reason: SetAsideReason): SetAsideRow {
  const texts = sheet.columns.slice(0, EXCERPT_CELLS).map((column) => cellOf(column, row));
  return {
    row: sheet.rows[row] as number,
    line: sheet.lines[row] as number,
    reason,
    excerpt: texts.filter((text) => text.trim() !== '').join(', '),
    part: sheet.partOfRow?.[row] ?? 0,
  };
}
