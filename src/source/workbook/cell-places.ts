import { cellName } from '../cell-name.ts';
import type { Fail } from './archive.ts';
import { attributeOf, findAttribute, wholeNumber, wholeNumberOf, type XmlToken } from './xml-token.ts';

/** Rows and columns that a sheet has. */
export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_383;

/** Where the reading of a sheet is. */
export interface CellPlaces {
  /** 1-based. */
  row: number;
  /** 0-based; -1 before the first cell of a row. */
  column: number;
  /** True when the row said its number. */
  rowIsNamed: boolean;
  readonly fail: Fail;
}

export function startPlaces(fail: Fail): CellPlaces {
  return { row: 0, column: -1, rowIsNamed: false, fail };
}

/**
 * Moves to the row of a tag: the one it names, else the next.
 * @throws FunnelintError `file/damaged` when no sheet has such a row
 */
export function toRow(places: CellPlaces, token: XmlToken): void {
  const named = wholeNumberOf(token, 'r', places.row + 1);
  if (!(named > 0)) {
    const shown = attributeOf(token, 'r') ?? '';
    throw places.fail({ en: `“${shown}” is no row number`, zh: `“${shown}”不是行号` });
  }
  places.column = -1;
  places.rowIsNamed = findAttribute(token, 'r') !== -1;
  places.row = named;
  if (named > LAST_ROW) throw beyond(places.fail, cellName(0, named));
}

function beyond(fail: Fail, cell: string): Error {
  return fail({ en: `${cell} is beyond the last cell of a sheet`, zh: `${cell} 超出工作表的行列上限` });
}

/**
 * Moves to the cell of a tag: the one it names, else the next of the row.
 * @throws FunnelintError `file/damaged` for a name that is none, or is one of another row
 */
export function toCell(places: CellPlaces, token: XmlToken): void {
  const at = findAttribute(token, 'r');
  if (at === -1) places.column++;
  else toNamedCell(places, token, at);
  if (places.column > LAST_COLUMN) throw beyond(places.fail, cellName(places.column, places.row));
}

/** A million cells are named, so the name is read off the bytes. */
function toNamedCell(places: CellPlaces, token: XmlToken, attribute: number): void {
  const { bytes, attributes } = token;
  const end = attributes[attribute + 3] as number;
  let at = attributes[attribute + 2] as number;
  let column = 0;
  for (; at < end; at++) {
    const letter = ((bytes[at] as number) | 0x20) - 0x60;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  const row = wholeNumber(bytes, at, end);
  if (column === 0 || !(row > 0)) throw noName(places, token);
  if (column > LAST_COLUMN + 1 || row > LAST_ROW) throw beyond(places.fail, attributeOf(token, 'r') ?? '');
  if (row !== places.row) adoptRow(places, token, row);
  places.column = column - 1;
}

function noName({ fail, row }: CellPlaces, token: XmlToken): Error {
  const shown = attributeOf(token, 'r') ?? '';
  return fail({ en: `row ${row}: “${shown}” is no cell name`, zh: `第 ${row} 行：“${shown}”不是单元格名称` });
}

/** A row without a number is the one that its first cell names. */
function adoptRow(places: CellPlaces, token: XmlToken, named: number): void {
  const { fail, row } = places;
  if (places.rowIsNamed || places.column !== -1 || named < row) {
    const shown = attributeOf(token, 'r') ?? '';
    throw fail({ en: `cell ${shown} stands in row ${row}`, zh: `单元格 ${shown} 位于第 ${row} 行` });
  }
  places.row = named;
}
