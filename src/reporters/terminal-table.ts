import Table from 'cli-table3';
import type { Text } from '../i18n/text.ts';
import type { TableBlock, TableColumn } from '../report/document.ts';
import { createStandIns } from './stand-ins.ts';
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

/** The table package takes time with the square of the cells, so long tables are drawn in parts. */
const LINES_AT_ONCE = 40;

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

type Paint = Canvas['paint'];

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

/** One printed line of a table, a text for each column. */
type TableLine = readonly string[];

/** The lines of one cell. */
type WrappedCell = readonly (readonly StyledText[])[];

function sideBySide(cells: readonly WrappedCell[], paint: Paint): TableLine[] {
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines) => paintLine(lines[line] ?? [], paint)));
}

function usedWidth(cells: readonly WrappedCell[]): number {
  return cells.reduce((widest, lines) => lines.reduce((sum, line) => Math.max(sum, widthOf(line)), widest), 1);
}

function layOut(lines: readonly TableLine[], columns: readonly MeasuredColumn[], widths: readonly number[]): string[] {
  const colAligns = columns.map((entry) => entry.column.align);
  const drawn: string[] = [];
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const table = new Table({ colWidths: [...widths], colAligns, chars: BORDERLESS, style: PLAIN });
    for (const line of lines.slice(from, from + LINES_AT_ONCE)) table.push([...line]);
    drawn.push(...table.toString().split('\n'));
  }
  return drawn;
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

function drawGrid(columns: readonly MeasuredColumn[], rowCount: number, canvas: Canvas): string[] {
  const standIns = createStandIns();
  const paint: Paint = (tone, text) => canvas.paint(tone, standIns.hide(text));
  const room = fitWidths(columns, canvas.width);
  const wrapped = columns.map((entry, column) =>
    [entry.title, ...entry.cells].map((cell) => linesOfCell(cell, entry.column, room[column] ?? LEAST_WIDTH)),
  );
  const widths = wrapped.map(usedWidth);
  const linesOfRow = (row: number) =>
    sideBySide(
      wrapped.map((column) => column[row] ?? []),
      paint,
    );
  const head = columns.some(hasTitle) ? linesOfRow(0) : [];
  const body = Array.from({ length: rowCount }, (_, row) => linesOfRow(row + 1)).flat();
  const drawn = layOut([...head, ...body], columns, widths).map((line) => standIns.restore(line).trimEnd());
  if (head.length === 0) return drawn;
  // The package measures every cell several times over, so it is spared the rule, whose widths are known.
  const rule = widths.map((width) => canvas.paint('muted', '─'.repeat(width))).join(GAP);
  return [...drawn.slice(0, head.length), rule, ...drawn.slice(head.length)];
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
