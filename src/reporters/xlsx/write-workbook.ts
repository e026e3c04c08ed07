import WorksheetWriter, {
  type EntryStream,
  type SheetHost,
  type WriterRow,
} from 'exceljs/lib/stream/xlsx/worksheet-writer.js';
import StylesXform from 'exceljs/lib/xlsx/xform/style/styles-xform.js';
import type { Lang } from '../../i18n/text.ts';
import type { Workbook, WorkbookRow, WorkbookSheet } from '../../report/workbook/workbook.ts';
import { createCellStyles } from './cell-styles.ts';
import { cellValue } from './cell-value.ts';
import { noteModel } from './note.ts';
import { packageParts } from './package.ts';
import { columnsAcross, rowHeight } from './row-height.ts';
import { createZip, type Zip } from './zip.ts';

/** Rows between two looks at what is ready. */
const ROWS_PER_PIECE = 500;
const A4 = 9;
/** In inches. */
const MARGINS = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.3, footer: 0.3 };
/** Characters that a line of a printed page has, in letters that can still be read. */
const PAGE_CHARACTERS = 275;

/** Characters that are turned into bytes at once: a row at a time would leave more garbage than work. */
const PIECE_CHARACTERS = 1 << 18;

function entryStream(zip: Zip, name: string): EntryStream {
  const entry = zip.entry(name.replace(/^\/+/, ''));
  let pending = '';
  const flush = (): void => {
    if (pending !== '') entry.write(Buffer.from(pending));
    pending = '';
  };
  return {
    write: (data) => {
      pending += typeof data === 'string' ? data : data.toBuffer().toString();
      if (pending.length >= PIECE_CHARACTERS) flush();
    },
    end: () => {
      flush();
      entry.end();
    },
    pause: () => {},
  };
}

interface SheetWriter {
  readonly sheet: WorkbookSheet;
  readonly target: WorksheetWriter;
  readonly styleOf: ReturnType<typeof createCellStyles>;
  readonly lang: Lang;
}

function writeCell(target: WriterRow, { row, cells }: WorkbookRow, position: number, writer: SheetWriter): void {
  const cell = cells[position];
  if (cell == null) return;
  const written = target.getCell(position + 1);
  written.value = cellValue(cell, writer.lang);
  written.style = writer.styleOf(cell, position > 0 && writer.sheet.spaced === true);
  if (cell.note !== undefined) written._comment = { model: noteModel(cell.note, row, position, writer.sheet.columns) };
}

/** Cells that run over others become one with them. */
function mergeAcross({ row, cells }: WorkbookRow, { target, sheet: { columns } }: SheetWriter): void {
  for (let position = 0; position < cells.length; position++) {
    if (cells[position]?.across !== true) continue;
    const end = position + columnsAcross(columns, position);
    if (end > position + 1) target.mergeCells(row, position + 1, row, end);
  }
}

function writeRow(drawn: WorkbookRow, writer: SheetWriter): void {
  const { row, cells } = drawn;
  const target = writer.target.getRow(row);
  const height = rowHeight(cells, writer.sheet.columns);
  if (height !== null) target.height = height;
  for (let position = 0; position < cells.length; position++) writeCell(target, drawn, position, writer);
  mergeAcross(drawn, writer);
  target.commit();
}

/** A page beside the other where a single one would be too small to read. */
function pagesAcross({ columns, printed = columns.length }: WorkbookSheet): number {
  const characters = columns.slice(0, printed).reduce((sum, { width }) => sum + width, 0);
  return Math.max(1, Math.ceil(characters / PAGE_CHARACTERS));
}

/** A sheet under way; it begins with what stays in sight, its filter, and how it is printed. */
function startSheet(sheet: WorkbookSheet, id: number, workbook: SheetHost): WorksheetWriter {
  const { name, columns, frozen, filter } = sheet;
  const isFrozen = frozen.rows > 0 || frozen.columns > 0;
  const target = new WorksheetWriter({
    id,
    name,
    workbook,
    useSharedStrings: false,
    views: [isFrozen ? { state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows } : { state: 'normal' }],
    pageSetup: {
      orientation: 'landscape',
      paperSize: A4,
      fitToPage: true,
      fitToWidth: pagesAcross(sheet),
      fitToHeight: 0,
      margins: MARGINS,
    },
    ...(filter === null
      ? {}
      : { autoFilter: { from: { row: filter.row, column: 1 }, to: { row: filter.lastRow, column: filter.columns } } }),
  });
  target.columns = columns.map(({ width }) => ({ width }));
  return target;
}

/** Writes the rows of a sheet and gives what is ready in between, so that no sheet stands in memory as a whole. */
function* writeSheet(writer: SheetWriter, zip: Zip): Generator<Uint8Array> {
  let pending = ROWS_PER_PIECE;
  let next = 1;
  for (const row of writer.sheet.rows()) {
    // An empty row writes nothing; skipped ones would be gone through once for each of them.
    for (; next < row.row; next++) writer.target.getRow(next).commit();
    writeRow(row, writer);
    next = row.row + 1;
    if (--pending > 0) continue;
    pending = ROWS_PER_PIECE;
    yield* zip.take();
  }
  writer.target.commit();
  yield* zip.take();
}

/**
 * The bytes of a workbook, the same for the same workbook: exceljs writes the sheets, and an archive of our own takes
 * the place of its own one, which stamps every entry with the time of day and takes more than it has compressed.
 */
export async function* writeWorkbook(workbook: Workbook, lang: Lang): AsyncGenerator<Uint8Array> {
  const zip = createZip();
  const styles = new StylesXform(true);
  const host: SheetHost = { styles, commentRefs: [], _openStream: (name) => entryStream(zip, name) };
  const styleOf = createCellStyles();
  const writers: WorksheetWriter[] = [];
  for (const [index, sheet] of workbook.sheets.entries()) {
    const target = startSheet(sheet, index + 1, host);
    writers.push(target);
    yield* writeSheet({ sheet, target, styleOf, lang }, zip);
  }
  const { title, asOf: day, sheets } = workbook;
  for (const [name, content] of packageParts({
    title,
    day,
    sheets,
    writers,
    comments: host.commentRefs,
    stylesXml: styles.xml,
  })) {
    const entry = zip.entry(name);
    entry.write(Buffer.from(content));
    entry.end();
  }
  yield* zip.take();
  yield* zip.finish();
}
