import { damaged } from '../container.ts';
import { BREAK, classFormats, savedText, shownText, sourceText, styleFormat } from './cell-text.ts';
import { type BuiltTable, type CellBudget, MOST_CELLS, startTable, type TableBuilder } from './table-builder.ts';

/** A table of a page, in the order in which they start. */
export interface PageTable extends BuiltTable {
  readonly caption: string;
  readonly hidden: boolean;
  /** False when the page ends within it. */
  readonly hasEnd: boolean;
}

/** What a page has of interest. */
export interface Page {
  readonly tables: readonly PageTable[];
  /** It asks for a password: a login page, which a download has saved instead of the list. */
  readonly asksPassword: boolean;
}

export type Attributes = Readonly<Record<string, string | undefined>>;

/** Receives the elements and texts of a page, each element closed where it ends or where the page implies so. */
export interface PageReader {
  open(name: string, attributes: Attributes): void;
  text(text: string): void;
  close(name: string, implied: boolean): void;
  finish(): Page;
}

const MOST_DEPTH = 500;
const MOST_COLUMN_SPAN = 1000;
const MOST_ROW_SPAN = 65_534;
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);
const BLOCKS: ReadonlySet<string> = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'dl',
  'dt',
  'dd',
  'pre',
  'hr',
  'blockquote',
]);
const SECTIONS: ReadonlySet<string> = new Set(['thead', 'tbody', 'tfoot']);

interface OpenCell {
  readonly pieces: string[];
  readonly attributes: Attributes;
}

interface OpenTable {
  readonly builder: TableBuilder;
  readonly hidden: boolean;
  /** Unseen elements around it. */
  readonly outerUnseen: number;
  /** Where it stands among the tables of the page. */
  readonly index: number;
  readonly caption: string[];
  inCaption: boolean;
  inRow: boolean;
  cell: OpenCell | null;
  /** Columns that `col` elements have described. */
  columns: number;
}

interface Read {
  readonly file: string;
  readonly date1904: boolean;
  readonly budget: CellBudget;
  readonly open: OpenTable[];
  readonly tables: (PageTable | null)[];
  /** One an open element: true when it, and so what is in it, is not shown. */
  readonly unseen: boolean[];
  unseenDepth: number;
  styles: string;
  inStyle: boolean;
  formats: ReturnType<typeof classFormats> | null;
  asksPassword: boolean;
}

export function startPage(file: string, date1904: boolean): PageReader {
  const read: Read = {
    file,
    date1904,
    budget: { left: MOST_CELLS },
    open: [],
    tables: [],
    unseen: [],
    unseenDepth: 0,
    styles: '',
    inStyle: false,
    formats: null,
    asksPassword: false,
  };
  return {
    open: (name, attributes) => open(read, name, attributes),
    text: (text) => takeText(read, text),
    close: (name, implied) => close(read, name, implied),
    finish: () => ({
      tables: read.tables.flatMap((table) => (table === null ? [] : [table])),
      asksPassword: read.asksPassword,
    }),
  };
}

function isHidden({ style = '', hidden }: Attributes): boolean {
  return hidden !== undefined || (style !== '' && /display\s*:\s*none/i.test(style.slice(0, 4096)));
}

function open(read: Read, name: string, attributes: Attributes): void {
  const wasUnseen = read.unseenDepth > 0;
  const structure = openStructure(read, name, attributes);
  // Hidden rows and cells are read like the others and told; what is hidden within a cell is no part of its text.
  const unseen = UNSEEN.has(name) || (!structure && isHidden(attributes));
  if (read.unseen.push(unseen) > MOST_DEPTH) {
    throw damaged(read.file, { en: 'its elements are nested too deeply', zh: '元素嵌套过深' });
  }
  if (unseen) read.unseenDepth++;
  if (structure || wasUnseen) return;
  if (name === 'style') read.inStyle = true;
  else if (name === 'input' && /^password$/i.test(attributes['type'] ?? '')) read.asksPassword = true;
  else if (name === 'br' || BLOCKS.has(name)) collect(read, BREAK);
}

/** True for an element that tables are made of. */
function openStructure(read: Read, name: string, attributes: Attributes): boolean {
  if (name === 'table') {
    openTable(read, attributes);
    return true;
  }
  const table = read.open.at(-1);
  if (table === undefined) return false;
  if (name === 'tr') {
    endRow(read, table);
    startRow(table, isHidden(attributes));
  } else if (name === 'td' || name === 'th') {
    endCell(read, table);
    if (!table.inRow) startRow(table, false);
    table.cell = { pieces: [], attributes };
  } else if (name === 'col') describeColumns(table, attributes);
  else if (name === 'caption') table.inCaption = true;
  else if (SECTIONS.has(name)) {
    endRow(read, table);
    table.builder.endSection();
  } else return false;
  return true;
}

function openTable(read: Read, attributes: Attributes): void {
  const index = read.tables.push(null) - 1;
  const outerUnseen = read.unseenDepth;
  // What is hidden as a whole is read as such: its texts are seen within it.
  read.unseenDepth = 0;
  read.open.push({
    builder: startTable(read.file, read.budget),
    outerUnseen,
    hidden: outerUnseen > 0 || isHidden(attributes),
    index,
    caption: [],
    inCaption: false,
    inRow: false,
    cell: null,
    columns: 0,
  });
}

function startRow(table: OpenTable, hidden: boolean): void {
  table.inRow = true;
  table.builder.openRow(hidden);
}

function describeColumns(table: OpenTable, attributes: Attributes): void {
  const span = spanOf(attributes['span'], MOST_COLUMN_SPAN);
  if (isHidden(attributes)) table.builder.hideColumns(table.columns, table.columns + span);
  table.columns += span;
}

function takeText(read: Read, text: string): void {
  if (read.inStyle && read.open.length === 0) read.styles += text;
  else if (read.unseenDepth === 0) collect(read, sourceText(text));
}

function collect({ open }: Read, text: string): void {
  const table = open.at(-1);
  if (table === undefined) return;
  if (table.cell !== null) table.cell.pieces.push(text);
  else if (table.inCaption) table.caption.push(text);
}

function close(read: Read, name: string, implied: boolean): void {
  const unseen = read.unseen.pop() === true;
  if (unseen) read.unseenDepth--;
  if (name === 'style') read.inStyle = false;
  const table = read.open.at(-1);
  if (table === undefined) return;
  if (name === 'table') closeTable(read, table, !implied);
  else if (name === 'td' || name === 'th') endCell(read, table);
  else if (name === 'tr') endRow(read, table);
  else if (name === 'caption') table.inCaption = false;
  else if (SECTIONS.has(name)) {
    endRow(read, table);
    table.builder.endSection();
  } else if (!unseen && BLOCKS.has(name)) collect(read, BREAK);
}

function endRow(read: Read, table: OpenTable): void {
  endCell(read, table);
  if (table.inRow) table.builder.closeRow();
  table.inRow = false;
}

function endCell(read: Read, table: OpenTable): void {
  const { cell } = table;
  if (cell === null) return;
  table.cell = null;
  const { attributes } = cell;
  const rows = spanOf(attributes['rowspan'], MOST_ROW_SPAN);
  table.builder.addCell(cellText(read, cell), {
    columns: spanOf(attributes['colspan'], MOST_COLUMN_SPAN),
    rows: attributes['rowspan']?.trim() === '0' ? Number.POSITIVE_INFINITY : rows,
    hidden: isHidden(attributes),
  });
}

function cellText(read: Read, { pieces, attributes }: OpenCell): string {
  const shown = shownText(pieces);
  const text = attributes['x:str'];
  if (text !== undefined && text !== '') return text;
  const number = attributes['x:num'] ?? null;
  if (number === null || number === '') return shown;
  read.formats ??= classFormats(read.styles);
  const format = styleFormat(attributes['style'] ?? '') ?? read.formats.get((attributes['class'] ?? '').toLowerCase());
  return savedText(shown, { number, format: format ?? null }, read.date1904);
}

function spanOf(written: string | undefined, most: number): number {
  const span = Number.parseInt(written ?? '1', 10);
  return span >= 1 ? Math.min(span, most) : 1;
}

/** A table within a cell is one of its own when it has rows and columns, else a way to lay out the text of the cell. */
function closeTable(read: Read, table: OpenTable, hasEnd: boolean): void {
  endRow(read, table);
  read.open.pop();
  read.unseenDepth = table.outerUnseen;
  const built = table.builder.finish();
  const outer = read.open.at(-1)?.cell;
  if (outer !== undefined && outer !== null && !isData(built)) {
    for (const { cells } of built.rows) outer.pieces.push(BREAK, cells.filter((text) => text !== '').join(' '));
    outer.pieces.push(BREAK);
    return;
  }
  read.tables[table.index] = { ...built, caption: shownText(table.caption), hidden: table.hidden, hasEnd };
}

/** True for a table of several rows and columns. */
export function isData({ rows, filledColumns }: BuiltTable): boolean {
  return rows.length >= 2 && filledColumns >= 2;
}
