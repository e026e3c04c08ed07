/** How a cell stands out; each writer decides how that looks. */
export type Look =
  | 'title'
  | 'section'
  | 'header'
  | 'strong'
  | 'muted'
  /** What was set aside. */
  | 'aside'
  | 'good'
  | 'error'
  | 'warn'
  | 'info';

export type CellValue =
  | { readonly type: 'text'; readonly text: string }
  /** `decimals` to show; up to two where none are told. */
  | { readonly type: 'number'; readonly value: number; readonly decimals?: number }
  /** 0–1. */
  | { readonly type: 'rate'; readonly value: number }
  /** The code of the currency is null where it stands in a cell of its own. */
  | { readonly type: 'money'; readonly value: number; readonly currency: string | null }
  /** ISO calendar date. */
  | { readonly type: 'date'; readonly iso: string }
  /** Leads to a cell (`F47`) of a sheet of the workbook. */
  | {
      readonly type: 'link';
      readonly sheet: string;
      readonly cell: string;
      readonly text: string;
      readonly found?: FoundBy;
    };

/** What a row is found by, so that a link still leads to it after the sheet was sorted. */
export interface FoundBy {
  /** Letters of the column that holds the text. */
  readonly column: string;
  readonly text: string;
}

export type Cell = CellValue & {
  readonly look?: Look;
  /** Long text is broken into lines. */
  readonly wrap?: true;
  /** A word in a column of numbers. */
  readonly right?: true;
  /** Runs over the columns to its right, as many as are read at a glance. */
  readonly across?: true;
  /** What a reader is told of the cell. */
  readonly note?: string;
};

export interface WorkbookColumn {
  /** In characters. */
  readonly width: number;
}

/** A row; null is a cell without anything. */
export interface WorkbookRow {
  /** 1-based; rows come in order, and those left out are empty. */
  readonly row: number;
  readonly cells: readonly (Cell | null)[];
}

/** A range with buttons to sort and filter by. */
export interface Filter {
  /** 1-based row of the titles. */
  readonly row: number;
  readonly lastRow: number;
  readonly columns: number;
}

export interface WorkbookSheet {
  readonly name: string;
  readonly columns: readonly WorkbookColumn[];
  /** Rows at the top and columns at the left that stay in sight. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly filter: Filter | null;
  /** How many of the columns are printed, from the left; all of them unless told. */
  readonly printed?: number;
  /** Texts stand off the column to their left, which may hold figures. */
  readonly spaced?: true;
  /** Made one by one, for there may be a million. */
  readonly rows: () => Iterable<WorkbookRow>;
}

/** Sheets of typed cells, free of the file format. */
export interface Workbook {
  readonly title: string;
  /** ISO calendar date that it is of. */
  readonly asOf: string;
  readonly sheets: readonly WorkbookSheet[];
}

/** As many rows and columns as a sheet can have. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;
