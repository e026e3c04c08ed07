import type { GridRow } from '../grid.ts';
import type { Notice } from '../sheet.ts';
import type { Part } from './archive.ts';
import { type CellReader, type CellSource, startCells } from './cell-reader.ts';
import { startMergeWalk } from './merged-cells.ts';
import { type BuiltRow, startRows } from './row-builder.ts';
import { sheetNotices, startTallies } from './sheet-notices.ts';
import type { SheetSurvey } from './sheet-survey.ts';
import { utf8Chunks } from './utf8-chunks.ts';
import { startXml } from './xml-reader.ts';

/**
 * The rows of a sheet from the top, many at a time as the sheet is read; `tell` has what is worth saying of them, when all are read.
 * @throws FunnelintError `file/damaged`
 */
export async function* sheetRowBatches(
  part: Part,
  survey: () => Promise<SheetSurvey>,
  source: CellSource,
  tell: (notice: Notice) => void,
): AsyncGenerator<readonly GridRow[]> {
  const { inOrder, merges } = await survey();
  const tallies = startTallies();
  const rows = startRows(part.fail, tallies, inOrder);
  const cells: CellReader = startCells(source, rows, part.fail, tallies);
  const reader = startXml(cells, part.fail);
  const walk = startMergeWalk(merges);
  const place = ({ row, cells: texts }: BuiltRow): GridRow => walk.place(row, texts);
  for await (const chunk of utf8Chunks(part.chunks(), part.fail)) {
    reader.push(chunk);
    yield rows.take().map(place);
  }
  reader.end();
  yield rows.takeLast().map(place);
  cells.countHiddenColumns();
  for (const notice of [...sheetNotices(tallies), ...mergesNotice(walk.notFollowed())]) tell(notice);
}

/** What is said of merged cells that have no effect. */
export function mergesNotice(merges: number): Notice[] {
  return merges === 0 ? [] : [{ code: 'table/merges-not-followed', args: { merges }, line: null, cell: null }];
}

/** The rows one by one. */
export async function* sheetRows(...sheet: Parameters<typeof sheetRowBatches>): AsyncGenerator<GridRow> {
  for await (const rows of sheetRowBatches(...sheet)) yield* rows;
}
