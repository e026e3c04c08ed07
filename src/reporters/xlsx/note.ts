import type { CommentModel } from 'exceljs/lib/stream/xlsx/worksheet-writer.js';
import { cutEnd } from '../../i18n/cut-end.ts';
import { displayWidth } from '../../i18n/width.ts';
import { MOST_COLUMNS, MOST_ROWS, type WorkbookColumn } from '../../report/workbook/workbook.ts';
import { workbookText } from './cell-text.ts';

/** Characters to a line of a note, and pixels that they take. */
const LINE_CHARACTERS = 46;
const NOTE_PIXELS = 330;
const LINE_PIXELS = 15;
const MARGIN_PIXELS = 14;
const ROW_PIXELS = 20;
const MOST_LINES = 30;
const DEFAULT_PIXELS = 64;

/** exceljs counts places in columns of 68 and rows of 18 parts. */
const FONT = { name: 'Calibri', size: 9 };

/** A note is read at a glance: of a long cell its beginning is enough. */
const MOST_OF_TEXT = 1_000;
const MOST_OF_NOTE = 8_000;

function noteText(text: string): string {
  const lines = text.split('\n').map((line) => cutEnd(line, MOST_OF_TEXT));
  return cutEnd(lines.join('\n'), MOST_OF_NOTE);
}

function pixelsOf({ width }: WorkbookColumn): number {
  return Math.round(width * 7 + 5);
}

function linesOf(text: string): number {
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / LINE_CHARACTERS)), 0);
  return Math.min(lines, MOST_LINES);
}

/** The column at which a note that begins beside a cell has its width. */
function rightEdge(left: number, columns: readonly WorkbookColumn[]): number {
  let column = left;
  for (let pixels = 0; pixels < NOTE_PIXELS && column < MOST_COLUMNS - 1; column++) {
    const each = columns[column];
    pixels += each === undefined ? DEFAULT_PIXELS : pixelsOf(each);
  }
  return column;
}

/**
 * A note beside its cell, as large as its text: exceljs would make each two columns wide and four rows high.
 * @param position 0-based column of the cell, `row` 1-based
 */
export function noteModel(
  text: string,
  row: number,
  position: number,
  columns: readonly WorkbookColumn[],
): CommentModel {
  const short = noteText(text);
  const left = Math.min(position + 1, MOST_COLUMNS - 2);
  const rows = Math.ceil((linesOf(short) * LINE_PIXELS + MARGIN_PIXELS) / ROW_PIXELS);
  const top = Math.max(0, Math.min(row - 1, MOST_ROWS - 1 - rows));
  return {
    type: 'note',
    note: {
      texts: [{ font: FONT, text: workbookText(short) }],
      margins: { insetmode: 'auto', inset: [0.13, 0.13, 0.25, 0.25] },
      protection: { locked: 'True', lockText: 'True' },
      editAs: 'absolute',
    },
    anchor: { left, top, right: Math.max(left + 1, rightEdge(left, columns)), bottom: top + rows },
  };
}
