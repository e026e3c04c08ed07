import { displayWidth } from '../../i18n/width.ts';
import type { Cell, WorkbookColumn } from '../../report/workbook/workbook.ts';

const LINE_POINTS = 13.5;
const MARGIN_POINTS = 3;
const TITLE_POINTS = 26;
const SECTION_POINTS = 20;
/** Characters to a line that is read at a glance. */
const LINE_CHARACTERS = 150;
/** Beyond this a spreadsheet shows no more of a row. */
const MOST_POINTS = 400;

function linesOf(cell: Cell, width: number): number {
  if (cell.wrap !== true || cell.type !== 'text') return 1;
  const room = Math.max(1, width - 1);
  return cell.text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / room)), 0);
}

/** How many columns, from the left, make the width of a cell that runs over several. */
export function columnsAcross(columns: readonly WorkbookColumn[], position: number): number {
  let width = 0;
  let count = 0;
  for (let next = columns[position]; next !== undefined && width < LINE_CHARACTERS; next = columns[position + count]) {
    width += next.width;
    count++;
  }
  return Math.max(1, count);
}

function widthOf(cell: Cell, columns: readonly WorkbookColumn[], position: number): number {
  if (cell.across !== true) return columns[position]?.width ?? 10;
  const across = columns.slice(position, position + columnsAcross(columns, position));
  return across.reduce((sum, { width }) => sum + width, 0);
}

/**
 * Height of a row in points; null where the usual one will do. Spreadsheets find it by themselves, but not all of them,
 * and not before the row is touched.
 */
export function rowHeight(cells: readonly (Cell | null)[], columns: readonly WorkbookColumn[]): number | null {
  let lines = 1;
  for (let position = 0; position < cells.length; position++) {
    const cell = cells[position];
    if (cell == null) continue;
    if (cell.look === 'title') return TITLE_POINTS;
    if (cell.look === 'section') return SECTION_POINTS;
    if (cell.wrap === true) lines = Math.max(lines, linesOf(cell, widthOf(cell, columns, position)));
  }
  return lines === 1 ? null : Math.min(MOST_POINTS, lines * LINE_POINTS + MARGIN_POINTS);
}
