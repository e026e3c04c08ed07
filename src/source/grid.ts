import type { Notice } from './sheet.ts';

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
}

/** The rows of a grid as many at a time as it gives. */
export async function* rowBatches(grid: Grid, tell: (notice: Notice) => void): AsyncGenerator<readonly GridRow[]> {
  if (grid.batches !== undefined) yield* grid.batches(tell);
  else for await (const row of grid.rows(tell)) yield [row];
}
