import type { Sheet } from '../source/sheet.ts';

/** A row of a file that is no deal: what stands above the table, its header, what was set aside. */
export interface BesideRow {
  /** 1-based row of the sheet. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** One list of deals as its file has it, every column kept, for a copy in which cells are marked. */
export interface SourceCopy {
  readonly file: string;
  /** Null where the file cannot be read again as it was. */
  readonly table: Sheet | null;
  /** The rows that `table` does not have, in order. */
  readonly beside?: readonly BesideRow[];
  /** Why there is no table: the file is gone, it is another one now, or it came through standard input. */
  readonly missing: 'gone' | 'changed' | 'stream' | null;
}
