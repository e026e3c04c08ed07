import type { GridTable } from '../grid.ts';
import type { Notice } from '../sheet.ts';
import type { Part } from './archive.ts';
import { LAST_ROW } from './cell-places.ts';
import { type CellReader, type CellSource, type RowTaker, startCells } from './cell-reader.ts';
import { startNumberTexts } from './cell-text.ts';
import { startFormattedNumbers } from './formatted-numbers.ts';
import { type MergeWalk, NO_MERGES, startMergeWalk } from './merged-cells.ts';
import { type PlainRowTaker, startPlainRows } from './plain-rows.ts';
import { type BuiltRow, type RowBuilder, startRows } from './row-builder.ts';
import { rememberEnding, startRowEndings } from './row-endings.ts';
import { sheetNotices, startTallies } from './sheet-notices.ts';
import { mergesNotice } from './sheet-rows.ts';
import type { SheetSurvey } from './sheet-survey.ts';
import { startTextStore } from './text-store.ts';
import { utf8Chunks } from './utf8-chunks.ts';
import { startXml } from './xml-reader.ts';
import type { XmlHandler } from './xml-token.ts';

/** The rows of a sheet on their way to a table. */
interface Feed {
  readonly table: GridTable;
  readonly walk: MergeWalk;
  /** The last row that the table was given. */
  lastRow: number;
  /** Something came that the table should have known of before. */
  isSurprised: boolean;
}

/**
 * Gives the rows of a sheet to a table while they are read, those of the usual look without their texts.
 * @param survey null where nobody looked yet: then the sheet is taken to be like nearly all are
 * @returns what is worth saying of the cells; null where the table is void, for its rows must be had in another way
 * @throws FunnelintError `file/damaged`, before the table has all rows
 */
export async function feedSheet(
  part: Part,
  survey: SheetSurvey | null,
  source: CellSource,
  table: GridTable,
): Promise<Notice[] | null> {
  const { inOrder, merges } = survey ?? { inOrder: true, merges: NO_MERGES };
  if (!inOrder || (source.sharedStrings?.odd.size ?? 0) > 0) return null;
  const tallies = startTallies();
  const rows = startRows(part.fail, tallies, inOrder);
  const walk = startMergeWalk(merges);
  const feed: Feed = { table, walk, lastRow: 0, isSurprised: false };
  const cells = startCells(source, rows, part.fail, tallies, rowTaker(feed, rows, part, source));
  const reader = startXml(survey === null ? watchMerges(cells, feed) : cells, part.fail);
  for await (const chunk of utf8Chunks(part.chunks(), part.fail)) {
    reader.push(chunk);
    giveRows(feed, rows.take());
    if (feed.isSurprised) return null;
  }
  reader.end();
  cells.countHiddenColumns();
  return [...sheetNotices(tallies), ...mergesNotice(walk.notFollowed())];
}

function giveRows(feed: Feed, built: readonly BuiltRow[]): void {
  for (const { row, cells } of built) {
    // The table keeps texts as UTF-8.
    if (!cells.every((text) => text.isWellFormed())) feed.isSurprised = true;
    feed.table.row(feed.walk.place(row, cells));
    feed.lastRow = row;
  }
}

function watchMerges(cells: CellReader, feed: Feed): XmlHandler {
  return {
    ...cells,
    open(token) {
      if (token.name === 'mergeCell') feed.isSurprised = true;
      cells.open(token);
    },
  };
}

function rowTaker(
  feed: Feed,
  rows: RowBuilder,
  part: Part,
  { sharedStrings, formats, date1904 }: CellSource,
): RowTaker {
  const { table, walk } = feed;
  const shared = sharedStrings ?? startTextStore();
  const numbers = startFormattedNumbers(part.name, formats, startNumberTexts(date1904));
  const endings = startRowEndings();
  let plain: PlainRowTaker | null = null;
  return {
    opened: (token) => rememberEnding(endings, token),
    take(bytes, at, places) {
      giveRows(feed, rows.takeSome());
      // Blank rows between say something.
      if (places.row !== feed.lastRow) return at;
      const first = places.row + 1;
      const target = table.plainFrom(first);
      const shape = target?.plainShape() ?? null;
      if (target === null || shape === null) return at;
      plain ??= startPlainRows(target, shape.headers.length, { file: part.name, shared, numbers, endings });
      const count = plain.take(bytes, at, { first, until: Math.min(walk.nextReached(first), LAST_ROW + 1), shape });
      if (count === 0) return at;
      places.row += count;
      feed.lastRow = places.row;
      rows.skipRows(places.row, plain.lastColumn, plain.gapCells);
      return plain.end;
    },
  };
}
