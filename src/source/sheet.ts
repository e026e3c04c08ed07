import type { Args } from '../i18n/text.ts';
import type { Texts } from './texts.ts';

/** Digest of all bytes, computed when it is asked for where that is possible: a screen does not show it. */
export interface Digest {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Code of a row that is too short to have the cell. */
export const NO_CELL = -1;

/** A column as the file has it: a dictionary of its distinct texts and one code a row. */
export interface RawColumn {
  readonly header: string;
  /** 0-based column of the sheet (0 is A). */
  readonly position: number;
  /** One a row: index into `values`, or `NO_CELL`. */
  readonly codes: Int32Array;
  /** Distinct cell texts in order of first appearance, exactly as in the file. */
  readonly values: Texts;
}

/** The text of a cell; '' where the row is too short to have it. */
export function cellOf({ codes, values }: RawColumn, row: number): string {
  const code = codes[row] ?? NO_CELL;
  return code === NO_CELL ? '' : (values.at(code) ?? '');
}

export type SetAsideReason =
  | 'blank'
  | 'footer'
  | 'total'
  | 'ragged'
  | 'quote'
  /** The file ends in the middle of it. */
  | 'cut-off'
  | 'repeated-header'
  | 'beside-table'
  /** Says what belongs in each column, as import templates do. */
  | 'description'
  /** A further line of a form that has several, under cells merged with those of the deal above. */
  | 'sub-row'
  /** Belongs to another table on the same sheet. */
  | 'other-table'
  /** An older copy of a deal that another of the files has too. */
  | 'superseded';

/** A row that is not a deal, with the reason; nothing is lost silently. */
export interface SetAsideRow {
  /** 1-based row of the sheet, as a spreadsheet shows it. */
  readonly row: number;
  /** 1-based physical line of the file (equals `row` in a workbook). */
  readonly line: number;
  readonly reason: SetAsideReason;
  /** The first characters of the row, for a person to recognise it. */
  readonly excerpt: string;
  /** Index into the parts of a list put together from several files. */
  readonly part?: number;
}

/** Something worth saying about how a file was read. Codes are stable; their texts are in `report/notice-texts.ts`. */
export interface Notice {
  readonly code: string;
  readonly args: Args;
  readonly line: number | null;
  readonly cell: string | null;
}

/** One table as the file has it: header, kept columns of raw text, physical positions. */
export interface Sheet {
  /** Path as the user gave it. */
  readonly file: string;
  readonly sheet: string | null;
  /** Of the file. */
  readonly digest: Digest;
  readonly format: 'csv' | 'xlsx' | 'xls' | 'xml' | 'html';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** 1-based row of the header as a spreadsheet shows it; its physical line in `headerLine`. */
  readonly headerRow: number;
  readonly headerLine: number;
  /** Every header cell, in order; `columns` holds only the kept ones. */
  readonly headers: readonly { readonly text: string; readonly position: number }[];
  readonly columns: readonly RawColumn[];
  readonly rowCount: number;
  /** One a row: 1-based row as a spreadsheet shows it. */
  readonly rows: Int32Array;
  /** One a row: 1-based physical line where the row starts. */
  readonly lines: Int32Array;
  /** Rows below the header that are not in `rows`, blank ones only counted in `blankRows`. */
  readonly setAside: readonly SetAsideRow[];
  readonly blankRows: number;
  readonly notices: readonly Notice[];
  /** The files of a list that was put together from several; absent where one file is all of it. */
  readonly parts?: readonly SheetPart[];
  /** One a row: index into `parts`. */
  readonly partOfRow?: Int32Array;
}

/** One of the files that a list was put together from. */
export interface SheetPart
  extends Pick<
    Sheet,
    'file' | 'sheet' | 'digest' | 'format' | 'encoding' | 'delimiter' | 'headerRow' | 'headerLine' | 'headers'
  > {
  /** One for each header of the list: 0-based column of this file, -1 where it has none. */
  readonly positions: Int32Array;
  /** Rows of this file in the list, and those that are not. */
  readonly rowCount: number;
  readonly setAside: readonly SetAsideRow[];
  readonly blankRows: number;
  readonly notices: readonly Notice[];
}

/** How to read one file. `knownHeader` and `choose` come from the rules: the source layer knows no field names. */
export interface ReadOptions {
  /** True when a header cell is one that some field is known by. */
  readonly knownHeader: (header: string) => boolean;
  /** Positions (indexes into the header list) of the columns to keep; called once, when the header row is found. */
  readonly choose: (headers: readonly string[]) => readonly number[];
  readonly sheet?: string;
  /** 1-based. */
  readonly headerRow?: number;
  readonly delimiter?: string;
  readonly encoding?: string;
  /** Take the first filled row for the header where none is found, so that any table can be looked at. */
  readonly anyTable?: boolean;
  /** Called with every record as the file has it, header and what is set aside included; 1-based row. */
  readonly onRecord?: (cells: readonly string[], row: number) => void;
  /** Called now and then with bytes read so far. */
  readonly onProgress?: (bytes: number, totalBytes: number, rows: number) => void;
}
