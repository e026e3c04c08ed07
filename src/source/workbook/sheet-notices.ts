import { cellName, columnLetters } from '../cell-name.ts';
import type { Notice } from '../sheet.ts';

/** Counts the places on a sheet that share a trait, and remembers the first. */
export interface Tally {
  count: number;
  row: number;
  column: number;
}

/** What is worth saying of the cells of a sheet. */
export interface SheetTallies {
  /** Formulas without a result in the file. */
  readonly uncalculated: Tally;
  /** Cells that stand twice, so that one value is lost. */
  readonly twice: Tally;
  /** Values that are not of the type that their cell says. */
  readonly odd: Tally;
  /** Numbers whose format is missing. */
  readonly unformatted: Tally;
  readonly hiddenRows: Tally;
  readonly hiddenColumns: Tally;
}

export function startTallies(): SheetTallies {
  const tally = (): Tally => ({ count: 0, row: 0, column: 0 });
  return {
    uncalculated: tally(),
    twice: tally(),
    odd: tally(),
    unformatted: tally(),
    hiddenRows: tally(),
    hiddenColumns: tally(),
  };
}

export function count(tally: Tally, row: number, column: number): void {
  if (tally.count++ > 0) return;
  tally.row = row;
  tally.column = column;
}

/** One notice for each trait that some place has. */
export function sheetNotices(tallies: SheetTallies): Notice[] {
  const { hiddenRows, hiddenColumns } = tallies;
  return [
    ...cellNotice('table/formula-without-result', tallies.uncalculated),
    ...cellNotice('table/cell-twice', tallies.twice),
    ...cellNotice('table/odd-cell', tallies.odd),
    ...cellNotice('table/format-missing', tallies.unformatted),
    ...notice('table/hidden-rows', hiddenRows, { rows: hiddenRows.count }, null),
    ...notice(
      'table/hidden-columns',
      hiddenColumns,
      { columns: hiddenColumns.count, first: columnLetters(hiddenColumns.column) },
      null,
    ),
  ];
}

function cellNotice(code: string, tally: Tally): Notice[] {
  return notice(code, tally, { cells: tally.count }, cellName(tally.column, tally.row));
}

function notice(code: string, { count: times, row }: Tally, args: Notice['args'], cell: string | null): Notice[] {
  return times === 0 ? [] : [{ code, args, line: row === 0 ? null : row, cell }];
}
