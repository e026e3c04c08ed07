/** What the records of a table are like, all of them, whatever becomes of each. */
export interface RecordTally {
  /** Header and rows set aside included, blank lines not. */
  readonly records: number;
  /** Cells of the widest and the narrowest record; in a grid up to the last cell with a value. */
  readonly widest: number;
  readonly narrowest: number;
  readonly nonEmptyCells: number;
  /** 1-based row of the last record. */
  readonly lastRow: number;
}

export interface TallyKeeper {
  add(cells: readonly string[], row: number): void;
  result(): RecordTally;
}

/** Starts to count records. */
export function startRecordTally(): TallyKeeper {
  let records = 0;
  let widest = 0;
  let narrowest = Number.POSITIVE_INFINITY;
  let nonEmptyCells = 0;
  let lastRow = 0;
  return {
    add(cells, row) {
      const width = cells.length;
      if (width === 0 || (width === 1 && cells[0] === '')) return;
      records++;
      widest = Math.max(widest, width);
      narrowest = Math.min(narrowest, width);
      for (const cell of cells) if (cell !== '') nonEmptyCells++;
      lastRow = row;
    },
    result: () => ({ records, widest, narrowest: records === 0 ? 0 : narrowest, nonEmptyCells, lastRow }),
  };
}
