import { NO_CELL, type RawColumn } from './sheet.ts';

const FIRST_CAPACITY = 1024;

/** An `Int32Array` that grows as numbers are pushed. */
export interface GrowingInts {
  push(value: number): void;
  /** The numbers pushed so far, in an array of exactly their length. */
  finish(): Int32Array;
}

export function growingInts(): GrowingInts {
  let values = new Int32Array(FIRST_CAPACITY);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) values = doubled(values);
      values[length++] = value;
    },
    finish: () => values.slice(0, length),
  };
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Collects the kept columns of a table as dictionaries, row by row. */
export interface ColumnBuilder {
  /** Takes the kept cells of one row; a cell past the end of the row is `NO_CELL`. */
  push(cells: readonly string[]): void;
  finish(): RawColumn[];
}

interface Column {
  readonly header: string;
  readonly position: number;
  readonly codeOf: Map<string, number>;
  readonly values: string[];
  codes: Int32Array<ArrayBuffer>;
  /** The cell above and its code: neighbours are often alike, and comparing costs less than looking up. */
  lastText: string | null;
  lastCode: number;
}

/** Starts the columns at the given positions of a header row. */
export function startColumns(headers: readonly string[], positions: readonly number[]): ColumnBuilder {
  const columns = positions.map(
    (position): Column => ({
      header: headers[position] ?? '',
      position,
      codeOf: new Map(),
      values: [],
      codes: new Int32Array(FIRST_CAPACITY),
      lastText: null,
      lastCode: NO_CELL,
    }),
  );
  let rows = 0;
  return {
    push(cells) {
      for (const column of columns) {
        if (rows === column.codes.length) column.codes = doubled(column.codes);
        column.codes[rows] = encode(column, cells);
      }
      rows++;
    },
    finish: () =>
      columns.map(({ header, position, codes, values }) => ({
        header,
        position,
        codes: codes.slice(0, rows),
        values,
      })),
  };
}

function encode(column: Column, cells: readonly string[]): number {
  const text = cells[column.position];
  if (text === undefined) return NO_CELL;
  if (text === column.lastText) return column.lastCode;
  let code = column.codeOf.get(text);
  if (code === undefined) {
    code = column.values.length;
    column.codeOf.set(text, code);
    column.values.push(text);
  }
  column.lastText = text;
  column.lastCode = code;
  return code;
}
