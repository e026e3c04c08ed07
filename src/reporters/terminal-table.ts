import Table from 'cli-table3';
import type { Text } from '../i18n/text.ts';
import type { TableBlock, TableColumn } from '../report/document.ts';
import {
  type Canvas,
  inlineLines,
  type MeasuredInline,
  measureInline,
  paintLine,
  type StyledText,
  widthOf,
  wrapInline,
} from './terminal-text.ts';

const GAP = '  ';
/** A left-aligned column is not made narrower than this while another one can give way. */
const COMFORTABLE_WIDTH = 12;
/** The least any column needs: one wide character. */
const LEAST_WIDTH = 2;

const NOT_SHOWN: Text = { en: 'not shown at this width: ', zh: '此宽度下未显示：' };
const COLON: Text = { en: ': ', zh: '：' };
const SEPARATOR: Text = { en: ', ', zh: '、' };

/**
 * Stands where a text goes while the package lays out a line. It measures text by an older Unicode version than ours
 * (newer emoji and most combining marks come out wrong) and character by character, several times over; to an escape
 * code it gives no column.
 */
const PLACE = '\u001b[0m';

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
};
const PLAIN = { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true };

interface MeasuredColumn {
  readonly column: TableColumn;
  readonly title: MeasuredInline;
  readonly cells: readonly MeasuredInline[];
  /** Width of the widest cell. */
  readonly natural: number;
}

function measure(block: TableBlock): MeasuredColumn[] {
  return block.columns.map((column, index) => {
    const title = measureInline(block.header === false ? '' : column.title, 'muted');
    const cells = block.rows.map((row) => measureInline(row[index] ?? ''));
    const natural = cells.reduce((widest, { width }) => Math.max(widest, width), title.width);
    return { column, title, cells, natural: Math.max(natural, 1) };
  });
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, widths.length - 1);
}

/** Index of the column to leave out next, or -1. `forced` also takes columns of priority 0, from the right. */
function nextToDrop(columns: readonly MeasuredColumn[], forced: boolean): number {
  let candidate = -1;
  let highest = forced ? -1 : 0;
  if (columns.length < 2) return -1;
  columns.forEach(({ column }, index) => {
    if (column.priority > highest || (column.priority === highest && candidate >= 0)) {
      candidate = index;
      highest = column.priority;
    }
  });
  return candidate;
}

/** Leaves out columns, highest priority number first, until the rest fits or may not be left out. */
function dropColumns(measured: readonly MeasuredColumn[], width: number): MeasuredColumn[] {
  const kept = [...measured];
  const dropWhile = (tooWide: () => boolean, forced: boolean) => {
    while (tooWide()) {
      const index = nextToDrop(kept, forced);
      if (index < 0) return;
      kept.splice(index, 1);
    }
  };
  const wrapped = (entry: MeasuredColumn) => Math.min(entry.natural, entry.column.wrapTo ?? entry.natural);
  dropWhile(() => totalWidth(kept.map(wrapped)) > width, false);
  dropWhile(() => totalWidth(kept.map((entry) => Math.min(entry.natural, LEAST_WIDTH))) > width, true);
  return kept;
}

/** The column that can best give way: one that is meant to wrap, else long text, else whatever is widest. */
function widestToShrink(columns: readonly MeasuredColumn[], widths: readonly number[]): number {
  const floors = [
    ({ column }: MeasuredColumn) => column.wrapTo ?? Number.POSITIVE_INFINITY,
    ({ column }: MeasuredColumn) => (column.align === 'left' ? COMFORTABLE_WIDTH : Number.POSITIVE_INFINITY),
    () => LEAST_WIDTH,
  ];
  for (const floor of floors) {
    let widest = -1;
    columns.forEach((entry, index) => {
      const width = widths[index] ?? 0;
      if (width > floor(entry) && width > (widths[widest] ?? 0)) widest = index;
    });
    if (widest >= 0) return widest;
  }
  return -1;
}

function fitWidths(columns: readonly MeasuredColumn[], width: number): number[] {
  const widths = columns.map((entry) => Math.min(entry.natural, Math.max(width, LEAST_WIDTH)));
  while (totalWidth(widths) > width) {
    const index = widestToShrink(columns, widths);
    if (index < 0) break;
    widths[index] = (widths[index] ?? 0) - 1;
  }
  return widths;
}

/** The lines of one cell. */
type WrappedCell = readonly (readonly StyledText[])[];

function usedWidth(cells: readonly WrappedCell[]): number {
  return cells.reduce((widest, lines) => lines.reduce((sum, line) => Math.max(sum, widthOf(line)), widest), 1);
}

/** The blanks of a line without texts: before the first place, between each two, and behind the last. */
function blanksOfLine(columns: readonly MeasuredColumn[], widths: readonly number[]): readonly string[] {
  const colAligns = columns.map((entry) => entry.column.align);
  const table = new Table({ colWidths: [...widths], colAligns, chars: BORDERLESS, style: PLAIN });
  table.push(columns.map(() => PLACE));
  return table.toString().split(PLACE);
}

/** Puts a text into each place; it takes as many of the blanks on its open side as it is wide. */
function fillLine(
  texts: readonly (readonly StyledText[])[],
  columns: readonly MeasuredColumn[],
  blanks: readonly string[],
  paint: Canvas['paint'],
): string {
  let filled = blanks[0] ?? '';
  texts.forEach((text, index) => {
    const width = widthOf(text);
    const isRight = columns[index]?.column.align === 'right';
    if (isRight) filled = filled.slice(0, filled.length - width);
    if (width > 0) filled += paintLine(text, paint);
    filled += (blanks[index + 1] ?? '').slice(isRight ? 0 : width);
  });
  return filled.trimEnd();
}

/** As much of a text as has room, on one line; what was cut shows as `…`. */
function cutInline(cell: MeasuredInline, width: number): StyledText[] {
  const kept: StyledText[] = [];
  let used = 0;
  for (const cluster of cell.clusters()) {
    used += cluster.width;
    if (used > width - 1) break;
    kept.push(cluster);
  }
  return [...kept, { text: '…', width: 1, tone: 'plain' }];
}

function linesOfCell(cell: MeasuredInline, { cut }: TableColumn, width: number): WrappedCell {
  return cut && cell.width > width ? [cutInline(cell, width)] : wrapInline(cell, width);
}

function hasTitle({ title }: MeasuredColumn): boolean {
  return title.spans.some(({ text }) => text !== '');
}

function drawGrid(columns: readonly MeasuredColumn[], rowCount: number, { width, paint }: Canvas): string[] {
  const room = fitWidths(columns, width);
  const wrapped = columns.map((entry, column) =>
    [entry.title, ...entry.cells].map((cell) => linesOfCell(cell, entry.column, room[column] ?? LEAST_WIDTH)),
  );
  const widths = wrapped.map(usedWidth);
  const blanks = blanksOfLine(columns, widths);
  const linesOfRow = (row: number) => {
    const height = wrapped.reduce((most, column) => Math.max(most, column[row]?.length ?? 0), 1);
    return Array.from({ length: height }, (_, line) => {
      const texts = wrapped.map((column) => column[row]?.[line] ?? []);
      return fillLine(texts, columns, blanks, paint);
    });
  };
  const body = Array.from({ length: rowCount }, (_, row) => linesOfRow(row + 1)).flat();
  if (!columns.some(hasTitle)) return body;
  const rule = widths.map((width) => paint('muted', '─'.repeat(width))).join(GAP);
  return [...linesOfRow(0), rule, ...body];
}

/** Whether an earlier table without titles has said that these are missing: such tables come in rows of the same make. */
function isTold({ header }: TableBlock, names: string, { told }: Canvas): boolean {
  if (header !== false || told === undefined) return false;
  if (told.has(names)) return true;
  told.add(names);
  return false;
}

/** A table without vertical lines; what does not fit is left out and named, then the widest column wraps. */
export function tableLines(block: TableBlock, canvas: Canvas): string[] {
  const measured = measure(block);
  const kept = dropColumns(measured, canvas.width);
  const dropped = measured.filter((entry) => !kept.includes(entry)).map((entry) => entry.column.title);
  const notes = kept.flatMap(({ column }) =>
    column.note === undefined ? [] : [column.title + COLON[canvas.lang] + column.note],
  );
  const below = [...(block.caption === undefined ? [] : [block.caption]), ...notes];
  const names = dropped.filter((title) => title !== '').join(SEPARATOR[canvas.lang]);
  if (names !== '' && !isTold(block, names, canvas)) below.push(NOT_SHOWN[canvas.lang] + names);
  return [
    ...(kept.length > 0 ? drawGrid(kept, block.rows.length, canvas) : []),
    ...below.flatMap((line) => inlineLines(line, canvas, 'muted')),
  ];
}
