import { cellName } from '../cell-name.ts';
import type { FormatParts } from '../excel-date.ts';
import type { Fail } from './archive.ts';
import { type CellPlaces, LAST_COLUMN, startPlaces, toCell, toRow } from './cell-places.ts';
import { type NumberTexts, otherText, startNumberTexts } from './cell-text.ts';
import { startNumberCells } from './number-cells.ts';
import type { CellFormats } from './number-formats.ts';
import { startPlainCells, type TakePlainCells } from './plain-cells.ts';
import type { RowBuilder } from './row-builder.ts';
import { sharedIndex } from './shared-strings.ts';
import { count, type SheetTallies } from './sheet-notices.ts';
import { startTextCollector, type TextCollector } from './text-collector.ts';
import { type TextStore, textOfNumber } from './text-store.ts';
import { resolveEscapes } from './xml-text.ts';
import { attributeOf, isOn, textOf, wholeNumberOf, wordOf, type XmlHandler, type XmlToken } from './xml-token.ts';

/** What the cells of all sheets of a workbook lean on. */
export interface CellSource {
  /** Null when the workbook has no shared strings. */
  readonly sharedStrings: TextStore | null;
  readonly formats: CellFormats;
  readonly date1904: boolean;
}

/** Reads the XML of a sheet into rows. */
export interface CellReader extends XmlHandler {
  /** To be called when all is read. */
  countHiddenColumns(): void;
}

/** Takes rows whole, so that their cells are not told one by one. */
export interface RowTaker {
  /** Takes rows that start at `at`, behind the last one that was read. Returns the offset behind the last one taken, and moves `places` to it. */
  take(bytes: Buffer, at: number, places: CellPlaces): number;
  /** Told of each row that is shown and that was not taken. */
  opened(token: XmlToken): void;
}

interface Cells {
  readonly source: CellSource;
  readonly taker: RowTaker | null;
  readonly rows: RowBuilder;
  readonly fail: Fail;
  readonly tallies: SheetTallies;
  readonly places: CellPlaces;
  readonly numbers: NumberTexts;
  readonly inlineText: TextCollector;
  readonly hiddenColumns: { readonly first: number; readonly last: number }[];
  inData: boolean;
  inRow: boolean;
  rowIsOpen: boolean;
  rowIsHidden: boolean;
  inCell: boolean;
  inValue: boolean;
  inInline: boolean;
  type: string;
  style: number;
  value: string | null;
  hasInline: boolean;
  isFormula: boolean;
}

export function startCells(
  source: CellSource,
  rows: RowBuilder,
  fail: Fail,
  tallies: SheetTallies,
  taker: RowTaker | null = null,
): CellReader {
  const cells: Cells = {
    source,
    taker,
    rows,
    fail,
    tallies,
    places: startPlaces(fail),
    numbers: startNumberTexts(source.date1904),
    inlineText: startTextCollector(fail),
    hiddenColumns: [],
    inData: false,
    inRow: false,
    rowIsOpen: false,
    rowIsHidden: false,
    inCell: false,
    inValue: false,
    inInline: false,
    type: 'n',
    style: 0,
    value: null,
    hasInline: false,
    isFormula: false,
  };
  const takePlain = plainCells(cells);
  return {
    open: (token) => open(cells, token),
    text: (token) => text(cells, token),
    close: (token) => close(cells, token),
    take(bytes, at) {
      if (cells.inRow) return cells.inCell ? at : takePlain(bytes, at);
      return taker !== null && cells.inData ? taker.take(bytes, at, cells.places) : at;
    },
    countHiddenColumns: () => countHiddenColumns(cells),
  };
}

function plainCells(cells: Cells): TakePlainCells {
  const { source, places, numbers } = cells;
  const { sharedStrings, formats } = source;
  return startPlainCells({
    places,
    sharedText: (index) => (sharedStrings === null ? null : textOfNumber(sharedStrings, index)),
    numberText: startNumberCells(formats, numbers),
    add: (column, found) => addCell(cells, column, found),
  });
}

function open(cells: Cells, token: XmlToken): void {
  if (cells.inInline) cells.inlineText.open(token);
  else if (cells.inCell) openInCell(cells, token.name);
  else if (cells.inRow) {
    if (token.name === 'c') openCell(cells, token);
  } else if (token.name === 'row' && cells.inData) openRow(cells, token);
  else if (token.name === 'sheetData') cells.inData = true;
  else if (token.name === 'col') addHiddenColumns(cells, token);
}

function openInCell(cells: Cells, name: string): void {
  if (name === 'v') {
    cells.inValue = true;
    cells.value ??= '';
  } else if (name === 'f') cells.isFormula = true;
  else if (name === 'is') {
    cells.inInline = true;
    cells.hasInline = true;
    cells.inlineText.start();
  }
}

function openRow(cells: Cells, token: XmlToken): void {
  toRow(cells.places, token);
  cells.inRow = true;
  cells.rowIsOpen = false;
  cells.rowIsHidden = isOn(attributeOf(token, 'hidden'));
  if (!cells.rowIsHidden) cells.taker?.opened(token);
}

function openCell(cells: Cells, token: XmlToken): void {
  toCell(cells.places, token);
  cells.inCell = true;
  cells.type = wordOf(token, 't', TYPES) ?? 'n';
  cells.style = wholeNumberOf(token, 's', 0);
  cells.value = null;
  cells.hasInline = false;
  cells.isFormula = false;
}

function text(cells: Cells, token: XmlToken): void {
  if (cells.inInline) cells.inlineText.text(token);
  else if (cells.inValue) cells.value = (cells.value ?? '') + textOf(token);
}

function close(cells: Cells, token: XmlToken): void {
  const { name } = token;
  if (cells.inInline) {
    if (name === 'is') cells.inInline = false;
    else cells.inlineText.close(token);
  } else if (cells.inCell) {
    if (name === 'v') cells.inValue = false;
    else if (name === 'c') closeCell(cells);
  } else if (cells.inRow) {
    if (name === 'row') closeRow(cells);
  } else if (name === 'sheetData') cells.inData = false;
}

function closeRow(cells: Cells): void {
  cells.inRow = false;
  if (cells.rowIsOpen) cells.rows.closeRow();
}

function closeCell(cells: Cells): void {
  cells.inCell = false;
  const found = textOfCell(cells);
  if (found === null) return;
  addCell(cells, cells.places.column, found);
}

function addCell(cells: Cells, column: number, found: string): void {
  const { rows, places } = cells;
  // Only here the row is known for sure: one without a number is what its first cell says.
  if (!cells.rowIsOpen) rows.openRow(places.row, cells.rowIsHidden);
  cells.rowIsOpen = true;
  rows.addCell(column, found);
}

/** Null for a cell without a value, such as one that is only coloured. */
function textOfCell(cells: Cells): string | null {
  const { type, value, hasInline, isFormula } = cells;
  if (type === 's' && value !== null) return sharedText(cells, value.trim());
  if (type === 'inlineStr' || type === 'str' || (value === null && hasInline)) {
    if (hasInline) return cells.inlineText.finish();
    if (value !== null) return resolveEscapes(value);
  } else if (value !== null && value.trim() !== '') return typedText(cells, value);
  if (!isFormula) return null;
  count(cells.tallies.uncalculated, cells.places.row, cells.places.column);
  return '';
}

function sharedText(cells: Cells, value: string): string | null {
  if (value === '') return null;
  const { sharedStrings } = cells.source;
  const found = sharedStrings === null ? null : textOfNumber(sharedStrings, sharedIndex(value));
  if (found === null) throw noSharedText(cells, value);
  return found;
}

function noSharedText({ source, places, fail }: Cells, value: string): Error {
  const { sharedStrings } = source;
  const cell = cellName(places.column, places.row);
  if (sharedStrings === null) {
    return fail({ en: `cell ${cell} has a shared text, and these are missing`, zh: `${cell} 引用的共享文本缺失` });
  }
  const shown = value.slice(0, 20);
  return fail({
    en: `cell ${cell} has the shared text ${shown}, and there are ${sharedStrings.count}`,
    zh: `${cell} 引用第 ${shown} 个共享文本，而总共只有 ${sharedStrings.count} 个`,
  });
}

/** A value that is not of its type is given as it is written, which is told. */
function typedText(cells: Cells, value: string): string {
  const { type, numbers, places, tallies } = cells;
  const found = type === 'n' ? numbers(value, formatOf(cells)) : otherText(type, value, formatOf(cells));
  if (found !== null) return found;
  count(tallies.odd, places.row, places.column);
  return resolveEscapes(value);
}

/** By how often they come. */
const TYPES = ['s', 'n', 'str', 'inlineStr', 'b', 'e', 'd'] as const;

const PLAIN: FormatParts = { date: false, time: false, percent: false };

function formatOf({ source, type, style, places, tallies }: Cells): FormatParts {
  if (type !== 'n' && type !== 'd') return PLAIN;
  const format = source.formats.of(style);
  if (format !== null) return format;
  if (type === 'n') count(tallies.unformatted, places.row, places.column);
  return PLAIN;
}

function addHiddenColumns({ hiddenColumns }: Cells, token: XmlToken): void {
  if (!isOn(attributeOf(token, 'hidden')) || hiddenColumns.length > LAST_COLUMN) return;
  const first = Number(attributeOf(token, 'min')) - 1;
  const last = Number(attributeOf(token, 'max')) - 1;
  if (first >= 0 && last >= first) hiddenColumns.push({ first, last });
}

/** Hidden columns to the right of all cells are a way to tidy a sheet and hide nothing. */
function countHiddenColumns({ hiddenColumns, rows, tallies }: Cells): void {
  const used = rows.lastColumn();
  for (const { first, last } of hiddenColumns) {
    for (let column = first; column <= Math.min(last, used); column++) count(tallies.hiddenColumns, 0, column);
  }
}
