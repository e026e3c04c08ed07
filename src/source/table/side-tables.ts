import { foldHeader } from '../../i18n/fold.ts';
import { countKnown } from './header.ts';

/** Columns that stand together: from `start` on, before `end`. */
interface Run {
  readonly start: number;
  readonly end: number;
}

type Cells = readonly string[];

/**
 * Columns of other tables that stand beside the one with most known headers, behind a column in which nothing stands;
 * ascending. A blank column alone parts no table, and a column alone is none: the other one has to be filled in rows
 * in which ours is not, or to have all its names from ours.
 * @param below the first rows below the header, blank ones left out
 */
export function sideTableColumns(
  headers: Cells,
  below: readonly Cells[],
  knownHeader: (header: string) => boolean,
): number[] {
  const runs = runsOf(headers, below);
  const known = ({ start, end }: Run): number => countKnown(headers.slice(start, end), knownHeader);
  const main = runs.reduce<Run | null>((best, run) => (best === null || known(run) > known(best) ? run : best), null);
  if (main === null) return [];
  const ours = new Set(namesIn(headers, main));
  return runs.flatMap((run) => {
    if (run === main || !isOtherTable(run)) return [];
    return Array.from({ length: run.end - run.start }, (_, index) => run.start + index);
  });

  function isOtherTable(run: Run): boolean {
    const names = namesIn(headers, run);
    if (names.length < 2) return false;
    if (names.every((name) => ours.has(name))) return true;
    const both = below.filter((cells) => isFilledIn(cells, run) || isFilledIn(cells, main as Run));
    if (isCutShort(both, main as Run, run)) return true;
    const knownNames = headers.slice(run.start, run.end).filter((header) => header !== '' && knownHeader(header));
    return isCutShort(both, run, main as Run) && knownNames.every((header) => ours.has(foldHeader(header)));
  }
}

function runsOf(headers: Cells, below: readonly Cells[]): Run[] {
  const runs: Run[] = [];
  let start = -1;
  for (let column = 0; column <= headers.length; column++) {
    const isUsed =
      column < headers.length && (isFilled(headers[column]) || below.some((cells) => isFilled(cells[column])));
    if (isUsed && start === -1) start = column;
    if (isUsed || start === -1) continue;
    runs.push({ start, end: column });
    start = -1;
  }
  return runs.filter((run) => namesIn(headers, run).length > 0);
}

/** True when rows of `short` stop somewhere, and `long` goes on. */
function isCutShort(rows: readonly Cells[], short: Run, long: Run): boolean {
  const length = rows.findLastIndex((cells) => isFilledIn(cells, short)) + 1;
  if (length === 0 || length === rows.length) return false;
  const fullRows = rows.slice(0, length).filter((cells) => isMostlyFilled(cells, short));
  return fullRows.length === length && rows.slice(length).every((cells) => isFilledIn(cells, long));
}

function namesIn(headers: Cells, { start, end }: Run): string[] {
  return headers.slice(start, end).flatMap((header) => (isFilled(header) ? [foldHeader(header)] : []));
}

function isFilled(cell: string | undefined): boolean {
  return cell !== undefined && cell !== '' && cell.trim() !== '';
}

function isFilledIn(cells: Cells, { start, end }: Run): boolean {
  return cells.slice(start, end).some(isFilled);
}

function isMostlyFilled(cells: Cells, { start, end }: Run): boolean {
  return cells.slice(start, end).filter(isFilled).length * 2 > end - start;
}
