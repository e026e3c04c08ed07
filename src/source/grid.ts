import type { Notice } from './sheet.ts';
import type { PlainRows } from './table/table.ts';

/** A row of a grid that has a value in some cell. */
export interface GridRow {
  /** 1-based, as a spreadsheet shows it. */
  readonly row: number;
  /** Texts by 0-based column, '' where there is no value. Of merged cells only the first has one. */
  readonly cells: readonly string[];
  /** The same with merged cells repeating their value, which is how a header is meant. */
  readonly headerCells: readonly string[];
  /** 0-based columns whose cell is merged with one in a row above; absent where there is none. */
  readonly spanned?: readonly number[];
}

export type SheetState = 'visible' | 'hidden' | 'veryHidden';

/** A table that takes the rows of a grid, from the top. */
export interface GridTable {
  row(row: GridRow): void;
  /** What takes plain rows from one on; null as long as texts are needed. */
  plainFrom(row: number): PlainRows | null;
}

/** A table that has all rows of a grid. */
export interface FedTable<Table> {
  readonly table: Table;
  /** What is worth saying of the rows. */
  readonly notices: readonly Notice[];
}

/** One sheet of a file that holds cells rather than text: a worksheet, an HTML table. */
export interface Grid {
  readonly name: string;
  readonly state: SheetState;
  /**
   * Rows from the top, blank ones left out, read anew each time; `tell` has what is worth saying of them, at the end.
   * @throws FunnelintError `file/damaged`, `file/too-large`
   */
  rows(tell?: (notice: Notice) => void): AsyncIterable<GridRow>;
  /** The same rows, many at a time, where there are so many that waiting for each would take longer than reading it. */
  batches?(tell?: (notice: Notice) => void): AsyncIterable<readonly GridRow[]>;
  /**
   * Gives the rows to a table while they are read, which is faster; null where they have to be had in another way, of
   * which there are always some.
   * @param start called for each attempt
   * @throws FunnelintError `file/damaged`, `file/too-large`
   */
  feed?<Table extends GridTable>(start: () => Table): Promise<FedTable<Table> | null>;
}

/** The rows of a grid as many at a time as it gives. */
export async function* rowBatches(grid: Grid, tell: (notice: Notice) => void): AsyncGenerator<readonly GridRow[]> {
  if (grid.batches !== undefined) yield* grid.batches(tell);
  else for await (const row of grid.rows(tell)) yield [row];
}
